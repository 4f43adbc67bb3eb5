"""A lease: the right to change something in a bucket, held by one process at a time.

It is an object that is created once and then changed only by who knows its present version. Each
holder has a fence, a number above those of all before it, to mark what it changes.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from gradeline.base.clock import now
from gradeline.base.errors import LakeError, LeaseHeld, LeaseLost
from gradeline.lake.lake import Lake
from gradeline.lake.versions import ObjectVersion

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class LeaseTimes:
    """How long things take, in seconds."""

    life_s: float = 900.0  #: a lease that was not renewed for so long is taken over
    renew_s: float = 60.0  #: between two renewals
    look_s: float = 5.0  #: between two looks at a lease that somebody else holds


class LeaseState(msgspec.Struct, frozen=True, kw_only=True):
    """What the object says."""

    fence: int
    holder: str
    expires_at: datetime  #: UTC; a holder that ended has put this instant into the past


_TIMES = LeaseTimes()
_STATE = msgspec.json.Decoder(LeaseState)


class Lease:
    """A lease that this process holds; renewed by a thread until it is released."""

    def __init__(
        self, lake: Lake, key: str, state: LeaseState, version: ObjectVersion, times: LeaseTimes
    ) -> None:
        self.fence = state.fence
        self.holder = state.holder
        self._lake, self._key, self._times = lake, key, times
        self._version = version
        self._valid_until = time.monotonic() + times.life_s
        self._lost = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew_on, name="lease", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Return if the lease is still ours.

        Raises:
            LeaseLost: somebody else has it, or it could not be renewed in time.
        """
        if self._lost or time.monotonic() >= self._valid_until:
            raise lease_lost(self._lake)

    def release(self) -> None:
        """Stop renewing and let others have it at once; if that fails it expires by itself."""
        self._ended.set()
        self._thread.join()
        if self._lost:
            return
        try:
            self._write(now())
        except LakeError as error:
            _log.warning("the lease %s could not be released: %s", self._key, error)

    def _renew_on(self) -> None:
        while not self._lost and not self._ended.wait(self._times.renew_s):
            begun = time.monotonic()
            try:
                renewed = self._write(now() + timedelta(seconds=self._times.life_s))
            except LakeError as error:
                _log.warning("the lease %s could not be renewed yet: %s", self._key, error)
                continue
            if renewed:
                self._valid_until = begun + self._times.life_s

    def _write(self, expires_at: datetime) -> bool:
        """Write a new expiry; False, and the lease is lost, if somebody else has written it."""
        state = LeaseState(fence=self.fence, holder=self.holder, expires_at=expires_at)
        written = self._lake.write_version(self._key, msgspec.json.encode(state), self._version)
        if written is None:
            self._lost = True
            return False
        self._version = written
        return True


def lease_lost(lake: Lake) -> LeaseLost:
    """Return the error of a holder that was overtaken."""
    return LeaseLost(
        f"Another process took over the database in {lake.url} while this one worked.",
        hint="What this one did since its last save is done again by the next run.",
    )


@contextmanager
def hold_lease(
    lake: Lake,
    key: str,
    say: Callable[[str], None],
    times: LeaseTimes = _TIMES,
    *,
    above: int = 0,
) -> Iterator[Lease]:
    """Hold the lease `key` for the length of the block.

    One that its holder left without releasing it is waited for until it expires.

    Args:
        lake: a bucket.
        key: of the object.
        say: prints a message when there is something to wait for.
        times: how long things take.
        above: a fence that was seen; the new one is above it, even if the object was deleted.

    Raises:
        LeaseHeld: somebody holds it and is alive.
        LakeError: the store does not answer, or has no conditional writes.
    """
    lease = _take(lake, key, say, times, above)
    try:
        yield lease
    finally:
        lease.release()


def _take(lake: Lake, key: str, say: Callable[[str], None], times: LeaseTimes, above: int) -> Lease:
    holder, begun = uuid.uuid4().hex, time.monotonic()
    first: LeaseState | None = None
    while True:
        found = lake.read_version(key)
        state = None if found is None else _decode(lake, key, found)
        # Without a renewal for a whole life it is dead, whatever its holder's clock said.
        waited = time.monotonic() - begun >= times.life_s
        if state is None or state.expires_at <= now() or (state == first and waited):
            new = LeaseState(
                fence=max(above, state.fence if state else 0) + 1,
                holder=holder,
                expires_at=now() + timedelta(seconds=times.life_s),
            )
            version = lake.write_version(key, msgspec.json.encode(new), found)
            if version is not None:
                return Lease(lake, key, new, version, times)
            continue
        if first is None:
            first = state
            say(
                f"Another process works with the database in {lake.url}, or died at it: waiting"
                f" until it answers, at most until {state.expires_at:%H:%M:%S} UTC."
            )
        elif state != first:
            raise LeaseHeld(
                f"Another process works with the database in {lake.url}.",
                hint="Only one can at a time. Run again when it has ended.",
            )
        time.sleep(times.look_s)


def _decode(lake: Lake, key: str, found: ObjectVersion) -> LeaseState:
    try:
        return _STATE.decode(found.content)
    except msgspec.MsgspecError as error:
        raise LakeError(
            f"{key} in {lake.url} is not what Gradeline writes.",
            hint="If no run is under way, delete it and run again.",
        ) from error
