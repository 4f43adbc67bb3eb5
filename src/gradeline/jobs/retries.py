"""Retries: after which error a job is tried again, when, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gradeline.base.errors import (
    DiskFull,
    GradelineError,
    LoginRefused,
    RequestError,
    SchemaNewer,
    TransactionConflict,
    WarehouseUnavailable,
    WrongUse,
)

_MINUTE = timedelta(minutes=1)

#: error → waits before the second, third, … try; its nearest class counts. No wait = no try.
RETRIES: Mapping[type[Exception], tuple[timedelta, ...]] = {
    WrongUse: (),
    RequestError: (),  # what was asked is not theirs to see, or cannot be had
    SchemaNewer: (),
    LoginRefused: (),
    TransactionConflict: (_MINUTE, _MINUTE, 5 * _MINUTE),
    WarehouseUnavailable: (_MINUTE, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, 60 * _MINUTE),
    DiskFull: (60 * _MINUTE, 60 * _MINUTE, 60 * _MINUTE),
    GradelineError: (5 * _MINUTE, 15 * _MINUTE, 60 * _MINUTE),
    #: what we did not expect comes again
    Exception: (),
}

#: So often a job is begun whose workers died of it; then it has failed.
MOST_DEATHS = 3


def next_try(error: Exception, tries: int, now: datetime) -> datetime | None:
    """Return when a job is tried again.

    Args:
        error: that ended its last try.
        tries: those that ended before that one.
        now: the end of the last try.

    Returns:
        The instant of the next try; None = it has failed.
    """
    waits = next(RETRIES[kind] for kind in type(error).__mro__ if kind in RETRIES)
    return now + waits[tries] if tries < len(waits) else None
