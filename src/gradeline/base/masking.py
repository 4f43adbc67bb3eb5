"""Secrets of this process, and texts in which they are replaced by `***`.

Every error of ours masks its message, the log masks its lines, and whatever shortens a text of
another system masks the whole text first: a secret that is cut is no longer found.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from threading import Lock
from urllib.parse import quote, quote_plus

#: A shorter secret is not masked: it may be part of ordinary words.
_SHORTEST = 6
#: A shorter one is masked only where it stands alone: `hunter22`, but not in `hunter2200`.
_SHORTEST_ANYWHERE = 12
MASK = "***"


class Masker:
    """Replaces secrets in texts; threads may share it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._lock = Lock()
        self._secrets: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        self.add(secrets)

    def add(self, secrets: Iterable[str]) -> None:
        """Mask these too from now on, however they are escaped."""
        with self._lock:
            known = self._secrets.union(filter(None, secrets))
            if known == self._secrets:
                return
            spelled = {form for secret in known for form in _spellings(secret)}
            # The longest first: one secret may begin with another.
            ordered = sorted(spelled, key=lambda form: (-len(form), form))
            forms = [_pattern_of(form) for form in ordered if len(form) >= _SHORTEST]
            self._pattern = re.compile("|".join(forms)) if forms else None
            self._secrets = known

    def clear(self) -> None:
        """Mask nothing any more."""
        with self._lock:
            self._secrets, self._pattern = frozenset(), None

    def mask(self, text: str) -> str:
        """Return the text with every secret replaced."""
        pattern = self._pattern
        return text if pattern is None else pattern.sub(MASK, text)


#: Of this process: settings are added when they are read, tokens when they are received.
SECRETS = Masker()


def shorten(text: str, longest: int) -> str:
    """Return the beginning of a text of another system in one line, without secrets."""
    line = " ".join(SECRETS.mask(text).split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def _spellings(secret: str) -> Iterator[str]:
    """Yield the secret as it is, and as URLs, JSON, HTML, Python and Basic headers spell it."""
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    yield json.dumps(secret).replace("/", r"\/")[1:-1]
    yield html.escape(secret)
    yield repr(secret)[1:-1]
    yield base64.b64encode(secret.encode(errors="surrogateescape")).decode()


def _pattern_of(form: str) -> str:
    words = re.escape(form)
    return words if len(form) >= _SHORTEST_ANYWHERE else rf"(?<!\w){words}(?!\w)"
