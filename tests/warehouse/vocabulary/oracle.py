"""Rating, level, weights and streaks computed a second time, from METRICS' words alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(frozen=True)
class Told:
    """An answer that counts: when, on a word of which level, whether it was right."""

    at: datetime
    order: tuple[int, int]  #: quiz, position
    level: int
    right: bool


@dataclass
class Learner:
    """A learner as the definitions have them."""

    answers: list[Told] = field(default_factory=list)
    rating: int = 0
    level: int = 1
    stepped: date | None = None
    weights: list[int] = field(default_factory=list)

    def quiz(self, told: list[Told], weight_of: dict[int, int], today: date) -> None:
        """A quiz that ended today."""
        self.answers += told
        self.weights.append(sum(weight_of[one.level] for one in told if one.right))
        self.rating += self.weights[-1]

    def step(self, least: dict[int, int], today: date) -> None:
        """One step towards the level reached, unless there was one today."""
        reached = max(
            (level for level in least if least[level] <= self.rating and self.knows(level)),
            default=1,
        )
        if reached != self.level and self.stepped != today:
            self.level += 1 if reached > self.level else -1
            self.stepped = today

    def knows(self, level: int) -> bool:
        """Whether 70 % of the last 50 answers on words up to a level are right."""
        newest_first = sorted(self.answers, key=lambda one: (one.at, one.order), reverse=True)
        last = [one.right for one in newest_first if one.level <= level][:50]
        return bool(last) and sum(last) / len(last) >= 0.70

    def longest_streak(self, school_day) -> int:
        """The most days in a row with an answer."""
        days = {school_day(one.at) for one in self.answers}
        begins = [day for day in days if day - timedelta(days=1) not in days]
        runs = [sum(1 for _ in _run(day, days)) for day in begins]
        return max(runs, default=0)


def _run(day: date, days: set[date]):
    while day in days:
        yield day
        day += timedelta(days=1)
