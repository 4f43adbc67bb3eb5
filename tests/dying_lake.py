"""A bucket whose process dies at a counted write: before the bytes are there, or right after."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec
from obstore.store import MemoryStore

from gradeline.base.clock import now
from gradeline.lake import Lake, ObjectVersion
from gradeline.lake.bucket import BucketWriter
from gradeline.lake.lease import LeaseState


class Killed(BaseException):
    """The process is gone."""


class DyingLake(Lake):
    """A lake in memory; others over the same store see what this process wrote."""

    def __init__(self, store: MemoryStore, at: int = 0) -> None:
        super().__init__("memory:", store, BucketWriter(store), None)
        self.steps = 0  #: passed so far: two for each write
        self._at = at

    def _pass(self) -> None:
        self.steps += 1
        if self._at and self.steps >= self._at:
            raise Killed

    def put_new(self, key: str, content: Path | bytes) -> bool:
        """Write a new object."""
        self._pass()
        done = super().put_new(key, content)
        self._pass()
        return done

    def write_version(
        self, key: str, content: bytes, known: ObjectVersion | None
    ) -> ObjectVersion | None:
        """Write an object on a condition."""
        self._pass()
        done = super().write_version(key, content, known)
        self._pass()
        return done

    def replace(self, key: str, content: Path | bytes) -> None:
        """Write an object."""
        self._pass()
        super().replace(key, content)
        self._pass()

    def delete(self, keys: Iterable[str]) -> int:
        """Delete objects."""
        self._pass()
        done = super().delete(keys)
        self._pass()
        return done


def expire(lake: Lake, key: str) -> None:
    """Let the lease of a dead process be a quarter of an hour old."""
    found = lake.read_version(key)
    if found is not None:
        state = msgspec.json.decode(found.content, type=LeaseState)
        old = msgspec.structs.replace(state, expires_at=now())
        lake.write_version(key, msgspec.json.encode(old), found)
