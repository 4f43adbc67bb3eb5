"""Sweep: delete objects that no ledger row has named for a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from gradeline.base.errors import LakeError
from gradeline.lake.lake import Lake, StoredObject

#: How long an object stays after the last row that named it: readers of an old snapshot must
#: have finished by then.
GRACE = timedelta(days=1)

#: The object that stores since when each object is unnamed: the time when it was written says
#: nothing about when the ledger stopped naming it.
UNNAMED_KEY = "lake/unnamed.json"


@dataclass(frozen=True, kw_only=True)
class ObjectSweep:
    """Result of a sweep."""

    deleted: int  #: objects deleted
    freed: int  #: bytes of the deleted objects
    waiting: int  #: objects that no row names, kept for a day
    unfinished: int  #: unfinished objects of killed writers that were deleted


def sweep(lake: Lake, named: Collection[str], now: datetime) -> ObjectSweep:
    """Delete raw and fact objects that the ledger has not named for a day.

    An object is deleted by the second sweep that finds it unnamed, a day or more after the first.

    Args:
        lake: the lake to sweep.
        named: all keys that ledger rows name, read while no slice is being collected: a key
            about to be named again must be among them.
        now: the present instant, UTC.
    """
    seen = _seen(lake)
    unnamed = {item.key: item for item in _objects(lake) if item.key not in named}
    since = {key: seen.get(key, now) for key in unnamed}
    expired = [item for key, item in unnamed.items() if _is_expired(item, since[key], now)]
    lake.delete(item.key for item in expired)
    waiting = {key: since[key] for key in unnamed.keys() - {item.key for item in expired}}
    if waiting != seen:
        lake.replace(UNNAMED_KEY, msgspec.json.encode(waiting, order="sorted"))
    return ObjectSweep(
        deleted=len(expired),
        freed=sum(item.size for item in expired),
        waiting=len(waiting),
        unfinished=lake.sweep_unfinished(GRACE.total_seconds()),
    )


def _objects(lake: Lake) -> Iterator[StoredObject]:
    yield from lake.list("lake/raw/")
    yield from lake.list("lake/facts/")


def _is_expired(item: StoredObject, since: datetime, now: datetime) -> bool:
    # Both: an object that was deleted and written again keeps its old mark until the next sweep.
    return now - since >= GRACE and now - item.modified >= GRACE


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
