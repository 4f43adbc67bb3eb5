"""One-time links that sign a person in: a random code, kept as a hash, for a short time."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote

#: How long a link signs in.
LIFE = timedelta(minutes=30)
_BYTES = 32
_PATH = "/sign-in"


@dataclass(frozen=True, kw_only=True)
class OneTimeCode:
    """The code of a link just made; its text is shown once and kept nowhere."""

    text: str
    digest: bytes  #: what is kept

    def link(self, public_url: str) -> str:
        """Return the link that a person opens."""
        return f"{public_url.rstrip('/')}{_PATH}?link={quote(self.text, safe='')}"


def make_code() -> OneTimeCode:
    """Return a new code."""
    text = secrets.token_urlsafe(_BYTES)
    return OneTimeCode(text=text, digest=sha256(text.encode()).digest())
