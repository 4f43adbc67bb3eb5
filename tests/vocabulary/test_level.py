"""Levels: the thresholds, the share of right answers, one step a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gradeline.records.vocabulary import StudyLevel
from gradeline.vocabulary.level import LearnerLevel, RecentAnswers, reach_level, step_level

LEVELS = [
    StudyLevel(level_id=n, lev_name=f"A{n}", cefr=f"A{n}", min_rating=least, word_weight=n)
    for n, least in ((1, 0), (2, 200), (3, 800))
]
TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("rating", "recent", "reached"),
    [
        (0, {}, 1),
        (199, {1: (50, 50), 2: (50, 50)}, 1),
        (200, {1: (50, 50), 2: (50, 35)}, 2),
        (200, {1: (50, 50), 2: (50, 34)}, 1),
        (5000, {1: (50, 50), 2: (50, 10), 3: (50, 40)}, 3),
        (5000, {1: (10, 7), 2: (10, 7), 3: (10, 6)}, 2),
        (5000, {}, 1),
    ],
)
def test_a_level_needs_its_rating_and_seven_of_ten_right(rating, recent, reached):
    """The highest level of which both hold; the lowest one where none does."""
    told = {level: RecentAnswers(answers=n, right=right) for level, (n, right) in recent.items()}
    assert reach_level(LEVELS, rating, told) == reached


def test_a_level_changes_by_one_step_a_day():
    """Up or down, towards the level reached, and never twice on a school day."""
    start = LearnerLevel(level_id=1)
    first = step_level(LEVELS, start, 3, TODAY)
    assert first == LearnerLevel(level_id=2, changed_on=TODAY)
    assert step_level(LEVELS, first, 3, TODAY) == step_level(LEVELS, first, 1, TODAY) == first
    tomorrow = TODAY + timedelta(days=1)
    assert step_level(LEVELS, first, 3, tomorrow).level_id == 3
    assert step_level(LEVELS, first, 1, tomorrow).level_id == 1
    assert step_level(LEVELS, first, 2, tomorrow) == first
