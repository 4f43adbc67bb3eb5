"""The figures of a group of a course, and how they were week by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gradeline.records.measures import COURSE_KPIS, Measure


@dataclass(frozen=True, kw_only=True)
class GroupFigures:
    """The headline figures of one or several groups of a course, over their members by day."""

    group_ids: tuple[str, ...]  #: the groups; who is in several of them counts once
    course_id: str
    name: str  #: of several groups all names
    enrolled: int  #: learners whose membership overlaps the course's period
    items: int  #: active items of the course
    submissions: int | None  #: None = of several groups
    kpis: Mapping[str, Measure]  #: the five of METRICS, in their order


@dataclass(frozen=True, kw_only=True)
class GroupWeek:
    """How one group of a course stood at the end of a week, by what is known now."""

    week: int  #: of the course, from 0
    starts_on: date  #: its first day
    attendance: Measure  #: of this week: learners active ÷ learners in the group in it
    kpis: Mapping[str, Measure]  #: the five of METRICS, from the first week to this one


def changes(weeks: Sequence[GroupWeek]) -> Mapping[str, float]:
    """Return how each KPI changed from the end of the week before the last one until now."""
    if len(weeks) < 2:
        return {}
    before, current = weeks[-2].kpis, weeks[-1].kpis
    values = ((name, before[name].value, current[name].value) for name in COURSE_KPIS)
    return {name: new - old for name, old, new in values if old is not None and new is not None}


@dataclass(frozen=True, kw_only=True)
class GroupCard:
    """How one group of a course stands today; the counts are of learners enrolled today."""

    figures: GroupFigures
    learners: int
    on_plan: Measure  #: those without overdue work, of those for whom something is due
    active: Measure  #: those with activity in the last seven days
    at_risk: int
    changes: Mapping[str, float]  #: KPI → its change since the end of the week before
