"""Sweeping: objects that no ledger row has named for a day are taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from gradeline.base.errors import LakeError
from gradeline.lake.lake import Lake, StoredObject

#: How long an object stays after the last row that named it: whoever reads an old snapshot
#: must have finished by then.
GRACE = timedelta(days=1)

#: Since when each unnamed object has been seen so: when it was written says nothing about when
#: its row moved on to other facts.
UNNAMED_KEY = "lake/unnamed.json"


@dataclass(frozen=True, kw_only=True)
class ObjectSweep:
    """What a sweep did."""

    deleted: int  #: objects taken away
    freed: int  #: their bytes
    waiting: int  #: objects that no row names, kept until their day is over
    unfinished: int  #: left-overs of killed writers taken away


def sweep(lake: Lake, named: Collection[str], now: datetime) -> ObjectSweep:
    """Delete raw and fact objects that nothing has named for a day; run again, it does no more.

    An object goes at the second sweep that meets it unnamed, a day or more after the first.

    Args:
        lake: the lake to sweep.
        named: all keys that ledger rows name, read while no slice is being collected: a key
            about to be named again must not be missing here.
        now: the present instant, UTC.
    """
    seen = _seen(lake)
    unnamed = {found.key: found for found in _objects(lake) if found.key not in named}
    since = {key: seen.get(key, now) for key in unnamed}
    over = [found for key, found in unnamed.items() if _is_over(found, since[key], now)]
    lake.delete(found.key for found in over)
    waiting = {key: since[key] for key in unnamed.keys() - {found.key for found in over}}
    if waiting != seen:
        lake.replace(UNNAMED_KEY, msgspec.json.encode(waiting, order="sorted"))
    return ObjectSweep(
        deleted=len(over),
        freed=sum(found.size for found in over),
        waiting=len(waiting),
        unfinished=lake.sweep_unfinished(GRACE.total_seconds()),
    )


def _objects(lake: Lake) -> Iterator[StoredObject]:
    yield from lake.list("lake/raw/")
    yield from lake.list("lake/facts/")


def _is_over(found: StoredObject, since: datetime, now: datetime) -> bool:
    # Both: an object deleted and written again keeps its old mark until the next sweep.
    return now - since >= GRACE and now - found.modified >= GRACE


def _seen(lake: Lake) -> dict[str, datetime]:
    if not lake.exists(UNNAMED_KEY):
        return {}
    try:
        return msgspec.json.decode(lake.get(UNNAMED_KEY), type=dict[str, datetime])
    except msgspec.MsgspecError as error:
        raise LakeError(
            f"{UNNAMED_KEY} in {lake.url} is not what a sweep writes.",
            hint="Delete it; unnamed objects then wait one more day.",
        ) from error
