"""What an exported document shows about a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gradeline.records.measures import Measure


@dataclass(frozen=True, kw_only=True)
class ExportReport:
    """The figures of one group, over all of its attempts or some of them."""

    group_id: str
    name: str
    courses: tuple[str, ...]  #: in which the group is
    topic_ids: tuple[str, ...]  #: only these topics; empty = all
    since: date | None  #: first school day
    until: date | None  #: last school day
    stat: Mapping[str, Measure]  #: the figures of STAT_MEASURES
    leaderboard: tuple[Mapping[str, Any], ...]  #: rank, score, and who where names are shown
    header: tuple[str, ...]  #: of `learners`: columns of the CSV file
    learners: tuple[tuple[str, ...], ...]  #: cells of it; empty where names are not shown

    @property
    def as_of(self) -> datetime | None:
        """The time of the latest data."""
        return max((one.as_of for one in self.stat.values() if one.as_of), default=None)
