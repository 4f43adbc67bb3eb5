"""Where who follows a school has come to, remembered from look to look and over its own end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from gradeline.base.errors import WrongUse


@dataclass(frozen=True, kw_only=True)
class Look:
    """Where a look at the school's log of events begins."""

    since: datetime  #: everything before it was looked at, UTC
    #: digests of events of the minute before it, which is looked at again, that are known
    seen: frozenset[str] = field(default_factory=frozenset)


class _Kept(msgspec.Struct):
    since: datetime
    seen: list[str]


class Looks:
    """The last look at one school, in a folder of the home; only one process follows it."""

    def __init__(self, folder: Path, address: str) -> None:
        self._path = folder / f"followed-{sha256(address.encode()).hexdigest()[:8]}.json"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, no other process of this home follows the school.

        Raises:
            WrongUse: another one does.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._path.with_suffix(".lock"), blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise WrongUse(
                "Another worker with this data folder already follows LearnWorlds.",
                hint="Stop the other worker first.",
            ) from None
        try:
            yield
        finally:
            lock.release()

    def last(self) -> Look | None:
        """Where the next look begins; null = nothing is known of any."""
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return Look(since=kept.since.astimezone(UTC), seen=frozenset(kept.seen))

    def keep(self, look: Look) -> None:
        """The next look begins there; who dies before this looks at the same once more."""
        half = self._path.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(_Kept(since=look.since, seen=sorted(look.seen))))
        half.replace(self._path)
