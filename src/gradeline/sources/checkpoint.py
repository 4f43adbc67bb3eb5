"""Where following a source goes on, remembered in the home from poll to poll and run to run."""

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
class Checkpoint:
    """How far the changes of a source are known."""

    since: datetime  #: every change before it is known, UTC
    #: digests of changes around it that are known too; those of that time are read again
    seen: frozenset[str] = field(default_factory=frozenset)


class _CheckpointJson(msgspec.Struct):
    since: datetime
    seen: list[str]


_CHECKPOINTS = msgspec.json.Decoder(_CheckpointJson)


class CheckpointFile:
    """The checkpoint of one system, in a folder of the home; one process at a time follows it.

    Args:
        folder: where the file is.
        system: the system's name in messages.
        address: the system's URL; another address has another checkpoint.
    """

    def __init__(self, folder: Path, system: str, address: str) -> None:
        self._path = folder / f"followed-{sha256(address.encode()).hexdigest()[:8]}.json"
        self._system = system

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes of this home from following the system inside the block.

        Raises:
            WrongUse: another one follows it.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._path.with_suffix(".lock"), blocking=False)
        try:
            lock.acquire()
        except Timeout:
            raise WrongUse(
                f"Another worker of this home follows {self._system} already.",
                hint="Stop the other worker first.",
            ) from None
        try:
            yield
        finally:
            lock.release()

    def read(self) -> Checkpoint | None:
        """Return the checkpoint; None where there is none, or one that cannot be read."""
        try:
            stored = _CHECKPOINTS.decode(self._path.read_bytes())
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return Checkpoint(since=stored.since.astimezone(UTC), seen=frozenset(stored.seen))

    def write(self, checkpoint: Checkpoint) -> None:
        """Replace the checkpoint, whole or not at all."""
        stored = _CheckpointJson(since=checkpoint.since, seen=sorted(checkpoint.seen))
        half = self._path.with_suffix(".half")
        half.write_bytes(msgspec.json.encode(stored))
        half.replace(self._path)
