"""The sandbox's journal: one line for each request, without secrets.

Headers, bodies and the values of a query are not written. Equal requests have the same `asked`, a
digest of path and query without parameters that carry a secret.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import TextIO

from gradeline.sandbox.exchange import Request

#: Parameters by which the systems take a secret.
SECRET_PARAMETERS = frozenset(
    {"client_key", "client_secret", "access_token", "oauth_token", "api_key", "secret_key", "token"}
)


_BOT = re.compile(r"/bot\d+:[^/]+")


@dataclass(frozen=True, kw_only=True)
class JournalEntry:
    """One request and the status of its response."""

    at: str  #: when it arrived: ISO 8601, UTC
    monotonic_s: float  #: the same on a clock that never steps; for windows of limits
    twin: str
    method: str
    path: str  #: without the query
    asked: str  #: digest of the request, see `resource`
    ordinal: int  #: how many equal requests came before
    status: int  #: of the response, by the twin or the fault
    fault: str | None


def without_token(path: str) -> str:
    """Return a path without the token that Telegram takes in it."""
    return _BOT.sub("/bot…", path)


def resource(request: Request) -> str:
    """Return a short digest of method, path and query, secrets left out."""
    query = [pair for pair in request.query if pair[0].lower() not in SECRET_PARAMETERS]
    text = json.dumps([request.method, request.path, query])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Journal:
    """Records every request; with a file, also as one line of JSON each, written at once."""

    def __init__(self, file: Path | None = None) -> None:
        self._entries: list[JournalEntry] = []
        self._lock = Lock()
        self._out: TextIO | None = file.open("a", encoding="utf-8") if file else None

    def record(self, entry: JournalEntry) -> None:
        """Record one request."""
        with self._lock:
            self._entries.append(entry)
            if self._out is not None:
                self._out.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
                self._out.flush()

    def entries(self, twin: str | None = None) -> list[JournalEntry]:
        """Return the requests so far, in the order of their responses."""
        with self._lock:
            return [entry for entry in self._entries if twin is None or entry.twin == twin]

    def clear(self) -> None:
        """Forget the requests so far; the file keeps them."""
        with self._lock:
            self._entries.clear()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._out is not None:
            self._out.close()


def read_journal(file: Path) -> list[JournalEntry]:
    """Return the requests that a sandbox of any process has written to `file`."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [JournalEntry(**json.loads(line)) for line in lines if line]


def most_within(entries: Iterable[JournalEntry], period_s: float) -> int:
    """Return the greatest number of requests that arrived within any `period_s` seconds."""
    instants = sorted(entry.monotonic_s for entry in entries)
    most = first = 0
    for last, instant in enumerate(instants):
        while instant - instants[first] >= period_s:
            first += 1
        most = max(most, last - first + 1)
    return most
