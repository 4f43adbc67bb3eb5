"""Filters of a page: period and topic, in its address, so that it can be sent as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, TypeAlias
from urllib.parse import urlencode

from fastapi import Depends, Query

from gradeline.base.errors import BadRequest
from gradeline.warehouse.results.attempts import Selection

_LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What figures of answers are narrowed to; None = nothing."""

    since: date | None = None  #: the first school day
    until: date | None = None  #: the last one
    topic: str | None = None  #: its id
    item: str | None = None  #: its id
    learner: str | None = None  #: the short key of a learner

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any((self.since, self.until, self.topic, self.item, self.learner))

    @property
    def has_period(self) -> bool:
        """Whether days are left out."""
        return bool(self.since or self.until)

    @property
    def query(self) -> str:
        """They as the end of an address: empty, or with its question mark."""
        given = {
            "from": self.since,
            "to": self.until,
            "topic": self.topic,
            "item": self.item,
            "learner": self.learner,
        }
        values = {name: str(value) for name, value in given.items() if value is not None}
        return f"?{urlencode(values)}" if values else ""

    def select(self, base: Selection) -> Selection:
        """Return a selection narrowed to period, topic and item; the learner is looked up first."""
        narrowed = {"since": self.since, "until": self.until}
        named = {"topic_id": self.topic, "item_id": self.item}
        return replace(base, **narrowed, **named)  # type: ignore[arg-type]


def _day(text: str) -> date | None:
    """Return a day; an empty field of a form is none.

    Raises:
        BadRequest: it is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"{text!r} is no day.") from None


def read_filters(
    since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
    topic: Annotated[str, Query(max_length=_LONGEST)] = "",
    item: Annotated[str, Query(max_length=_LONGEST)] = "",
    learner: Annotated[str, Query(max_length=_LONGEST)] = "",
) -> Filters:
    """Read the filters of an address.

    Raises:
        BadRequest: a day is none, or the period ends before it begins.
    """
    first, last = _day(since), _day(until)
    if first and last and first > last:
        raise BadRequest(f"The period ends on {last}, before it begins on {first}.")
    return Filters(
        since=first,
        until=last,
        topic=topic or None,
        item=item or None,
        learner=learner or None,
    )


#: For the parameter of a route: its filters.
Filtered: TypeAlias = Annotated[Filters, Depends(read_filters)]
