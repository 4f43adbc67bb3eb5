"""Figures of a selection: the prepared ones, or those of the attempts that whoever asks sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import BadRequest
from gradeline.records.measures import Measure
from gradeline.warehouse import Connection
from gradeline.warehouse.results.attempts import Selection, kept_since, sum_attempts
from gradeline.warehouse.results.stats import read_stat


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Figures, and the days that they are about."""

    stat: Mapping[str, Measure] | None  #: None = too few learners, or not for whoever asks
    since: date | None
    until: date | None


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
