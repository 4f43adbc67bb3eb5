"""What was asked of the sandbox: one line for each request, and nothing secret in it.

Neither headers, bodies nor the values of a query are written. Requests that ask the same are told
by `asked`, a digest of path and query in which parameters that carry a secret have no part.
"""

from __future__ import annotations

import hashlib
import json
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


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One request and what became of it."""

    at: str  #: when it arrived: ISO 8601, UTC
    monotonic_s: float  #: the same on a clock that never steps; for windows of limits
    twin: str
    method: str
    path: str  #: without the query
    asked: str  #: the same for two requests that ask the same
    ordinal: int  #: how many times this was asked before
    status: int  #: what the twin (or the fault) answered
    fault: str | None


def resource(request: Request) -> str:
    """A short digest of what is asked for: method, path and query, secrets left out."""
    query = [pair for pair in request.query if pair[0].lower() not in SECRET_PARAMETERS]
    asked = json.dumps([request.method, request.path, query])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


class Journal:
    """Keeps every request; with a file, also as one line of JSON each, written at once."""

    def __init__(self, file: Path | None = None) -> None:
        self._entries: list[Entry] = []
        self._lock = Lock()
        self._out: TextIO | None = file.open("a", encoding="utf-8") if file else None

    def note(self, entry: Entry) -> None:
        """Keep one request."""
        with self._lock:
            self._entries.append(entry)
            if self._out is not None:
                self._out.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
                self._out.flush()

    def entries(self, twin: str | None = None) -> list[Entry]:
        """The requests so far, in the order in which they were answered."""
        with self._lock:
            return [entry for entry in self._entries if twin is None or entry.twin == twin]

    def clear(self) -> None:
        """Forget what was asked so far; the file keeps it."""
        with self._lock:
            self._entries.clear()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._out is not None:
            self._out.close()


def read_journal(file: Path) -> list[Entry]:
    """The requests that a sandbox, in this process or another, has written to `file`."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Entry(**json.loads(line)) for line in lines if line]


def most_within(entries: Iterable[Entry], period_s: float) -> int:
    """The greatest number of requests that arrived within any `period_s` seconds."""
    instants = sorted(entry.monotonic_s for entry in entries)
    most = first = 0
    for last, instant in enumerate(instants):
        while instant - instants[first] >= period_s:
            first += 1
        most = max(most, last - first + 1)
    return most
