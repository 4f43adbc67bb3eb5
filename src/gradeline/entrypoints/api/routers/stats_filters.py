"""Filters of figures: what may be asked for, and what can be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, TypeAlias

from fastapi import Depends, Query

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import BadRequest, NotFound
from gradeline.records.measures import Measure
from gradeline.warehouse import Connection
from gradeline.warehouse.results.attempts import Selection, kept_since, sum_attempts
from gradeline.warehouse.results.stats import Entity, find_entity, read_stat

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


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Figures, and the days that they are about."""

    stat: Mapping[str, Measure] | None  #: None = too few learners, or not for whoever asks
    since: date | None
    until: date | None


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


def read_figures(
    connection: Connection, principal: Principal, selection: Selection, *, filtered: bool
) -> Figures:
    """Read prepared figures, or compute them from graded attempts as whoever asks sees these.

    Args:
        connection: sees what whoever asks may see.
        principal: who asks.
        selection: what the figures are about.
        filtered: whether somebody asked for less than the route gives by itself.

    Raises:
        BadRequest: attempts of days that are not kept one by one would have to be counted.
    """
    prepared = read_stat(connection, _as_prepared(principal, selection))
    if prepared is not None or principal.role is Role.READER:
        if prepared is None and filtered:
            raise BadRequest(
                "Figures without names are prepared for a course, level or topic, and for a level"
                " or topic of a course; others are not computed, nor what is about few learners.",
                hint="Ask with fewer filters.",
            )
        return Figures(stat=prepared, since=None, until=None)
    since = kept_since(connection, selection)
    begins = selection.since
    if since is not None and (begins is None or begins < since):
        if filtered:
            raise BadRequest(
                f"Attempts before {since} are not kept one by one, so they cannot be counted.",
                hint=f"Ask with from={since} or later, or raise STATS_DETAIL_DAYS and run again.",
                where=("query", "from"),
            )
        begins = since
    stat = sum_attempts(connection, replace(selection, since=begins))
    return Figures(stat=stat, since=begins, until=selection.until)


def _as_prepared(principal: Principal, selection: Selection) -> Selection:
    """Return what the prepared figures are of: of a curator with one group always that group."""
    alone = principal.role is Role.CURATOR and len(principal.groups) == 1
    if alone and selection.group_id is None and selection.learner_id is None:
        return replace(selection, group_id=next(iter(principal.groups)))
    return selection
