"""Levels: which one the answers of a learner reach, and one step a day towards it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gradeline.records.vocabulary import StudyLevel

#: A level needs this share of right answers ...
LEAST_PERCENT_RIGHT = 70
#: ... over so many last answers on its words and those of all lower levels.
LAST_ANSWERS = 50


@dataclass(frozen=True, kw_only=True)
class RecentAnswers:
    """The last answers on words of a level and all lower ones."""

    answers: int
    right: int


@dataclass(frozen=True, kw_only=True)
class LearnerLevel:
    """The level that a learner has."""

    level_id: int
    changed_on: date | None = None  #: school day of the last step


def reach_level(
    levels: Sequence[StudyLevel], rating: int, recent: Mapping[int, RecentAnswers]
) -> int:
    """Return the highest level that a rating and the last answers reach; else the lowest one.

    Args:
        levels: from low to high.
        rating: `client_rating`.
        recent: level → the last 50 answers, or fewer where there are no more, on its words and
            those of all lower levels.
    """
    reached = [
        level.level_id
        for level in levels
        if level.min_rating <= rating and _is_known(recent.get(level.level_id))
    ]
    return reached[-1] if reached else levels[0].level_id


def step_level(
    levels: Sequence[StudyLevel], now: LearnerLevel, reached: int, today: date
) -> LearnerLevel:
    """Return a learner's level one step nearer to the one reached, unless it changed today."""
    ids = [level.level_id for level in levels]
    here, there = ids.index(now.level_id), ids.index(reached)
    if here == there or now.changed_on == today:
        return now
    return LearnerLevel(level_id=ids[here + (1 if there > here else -1)], changed_on=today)


def _is_known(recent: RecentAnswers | None) -> bool:
    return bool(
        recent and recent.answers and recent.right * 100 >= recent.answers * LEAST_PERCENT_RIGHT
    )
