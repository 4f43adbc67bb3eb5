"""What learners do between submissions, hour by hour, in every year: made from the hour alone.

Equal hours give equal attempts. The two presentations take turns: that of 2013 is taught again
from each October of an odd year, that of 2014 from each October of an even year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from gradeline.sandbox.school.school import Course, Item, Learner, School

HOUR = timedelta(hours=1)
#: How many attempts an hour of the day has on average, from 0 to 23 h UTC: quiet nights, busy
#: evenings, 700 a day.
_BY_HOUR = (4, 0, 0, 0, 0, 3, 8, 18, 30, 38, 42, 40, 36, 38, 44, 48, 52, 58, 62, 60, 50, 36, 22, 11)
_SUBMITS = 0.35


@dataclass(frozen=True, kw_only=True)
class PracticeAttempt:
    """One try at an item: run as a trial, or submitted for a mark."""

    learner: Learner
    course: Course
    item: Item
    at: datetime
    correct: bool | None  #: None = run, not marked

    @property
    def submitted(self) -> bool:
        """Whether it was submitted."""
        return self.correct is not None


def hour_of(at: datetime) -> datetime:
    """Return the start of the hour, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the starts of the hours that touch [start, end]."""
    hour = hour_of(start)
    while hour <= end:
        yield hour
        hour += HOUR


class Practice:
    """The attempts of the school, by hour."""

    def __init__(self, school: School) -> None:
        self._school = school
        self._ability = {course.slug: _abilities(course) for course in school.courses}

    def hour(self, start: datetime) -> list[PracticeAttempt]:
        """Return the attempts of the hour that starts then, by time; no two at one instant."""
        course = self._school.course_of(start.date())
        dice = Random(f"practice {start.isoformat()}")  # noqa: S311 - dice, not a secret
        mean = _BY_HOUR[start.hour]
        count = dice.randint(mean * 2 // 3, mean * 4 // 3)
        instants = sorted(dice.sample(range(3600 * 1000), count))
        return [
            self._attempt(course, start + timedelta(milliseconds=at, microseconds=at % 997), dice)
            for at in instants
        ]

    def _attempt(self, course: Course, at: datetime, dice: Random) -> PracticeAttempt:
        learner = dice.choice(course.enrolments).learner
        item = dice.choice(course.items)
        correct = None
        if dice.random() < _SUBMITS:
            correct = dice.random() < self._ability[course.slug].get(learner.number, 0.3)
        return PracticeAttempt(learner=learner, course=course, item=item, at=at, correct=correct)


def _abilities(course: Course) -> dict[int, float]:
    """Return the mean share of points of each learner in the course."""
    scores: dict[int, list[int]] = {}
    for submission in course.submissions:
        if submission.score is not None:
            scores.setdefault(submission.learner.number, []).append(submission.score)
    return {number: sum(points) / len(points) / 100 for number, points in scores.items()}
