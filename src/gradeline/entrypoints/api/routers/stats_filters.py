"""Filters of figures: what may be asked for, and what can be answered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, TypeAlias

from fastapi import Depends, Query

from gradeline.base.errors import BadRequest, NotFound
from gradeline.warehouse import Connection
from gradeline.warehouse.results.attempts import Selection
from gradeline.warehouse.results.stats import Entity, find_entity

_LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class StatFilters:
    """What figures are narrowed to; ids or keys."""

    course: str | None
    level: str | None
    topic: str | None
    since: date | None
    until: date | None

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any((self.course, self.level, self.topic, self.since, self.until))


async def read_filters(
    course: Annotated[
        str | None, Query(max_length=_LONGEST, description="Only attempts in this course.")
    ] = None,
    level: Annotated[
        str | None, Query(max_length=_LONGEST, description="Only attempts at this level.")
    ] = None,
    topic: Annotated[
        str | None, Query(max_length=_LONGEST, description="Only attempts at this topic.")
    ] = None,
    since: Annotated[
        date | None, Query(alias="from", description="The first school day, `YYYY-MM-DD`.")
    ] = None,
    until: Annotated[
        date | None, Query(alias="to", description="The last school day, `YYYY-MM-DD`.")
    ] = None,
) -> StatFilters:
    """Read the filters of a request.

    Raises:
        BadRequest: the period ends before it begins.
    """
    if since and until and since > until:
        raise BadRequest(
            f"The period ends on {until}, before it begins on {since}.", where=("query", "from")
        )
    return StatFilters(
        course=course or None, level=level or None, topic=topic or None, since=since, until=until
    )


#: For the parameter of a route: its filters.
Filters: TypeAlias = Annotated[StatFilters, Depends(read_filters)]


def select(connection: Connection, base: Selection, filters: StatFilters) -> Selection:
    """Return the selection of a route narrowed by its filters.

    Raises:
        NotFound: a filter names what may not be seen, or does not exist.
        BadRequest: the route is about another one already.
    """
    chosen = {"since": filters.since, "until": filters.until}
    for name, entity in (
        ("course", Entity.COURSE),
        ("level", Entity.LEVEL),
        ("topic", Entity.TOPIC),
    ):
        wanted, own = getattr(filters, name), getattr(base, f"{name}_id")
        if wanted is None:
            continue
        found = find_entity(connection, entity, wanted)
        if found is None:
            raise NotFound
        if own is not None and found.id != own:
            raise BadRequest(
                f"This is about the {name} {own}; the filter names another one.",
                where=("query", name),
            )
        chosen[f"{name}_id"] = found.id  # type: ignore[assignment]
    return replace(base, **chosen)  # type: ignore[arg-type]
