"""A second computation of every number, in plain Python from the text of METRICS: no engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from gradeline.metrics.at_risk import REASONS

from .oracle_answers import Answers
from .oracle_courses import Courses
from .oracle_groups import Groups
from .oracle_intervals import mean, rate
from .oracle_items import Items
from .oracle_people import SEVEN, Row


class Oracle(Groups, Courses, Answers, Items):
    """All families of one school under terms, each as {key: values}."""

    def reasons(self, course: str, learner: str, at: date, *, then: bool) -> set[str]:
        """Why a learner is at risk at a day; `then` = as it could be seen on that day."""
        days = {day for day in self.seen_days(course, learner) if day <= at}
        visible = not self.gradebook(course)
        _, missing = self.owed(course, learner, at, then=then)
        since, _until = self.period(course)
        begun = [
            b
            for who, b, e, _ in self.spans(course)
            if who == learner and e >= since and b <= _until
        ]
        found = {
            "silent": visible and not any(day > at - SEVEN for day in days) and bool(missing),
            "missing": len(missing) >= 3,
            "never_seen": visible and not days and (at - max(min(begun), since)).days + 1 >= 7,
            "failing": self._failing(course, learner, at if then else date.max),
        }
        answers = sorted(
            (
                r
                for r in self.graded()
                if r["kind"] == "answer"
                and (r["course_id"], r["learner_id"]) == (course, learner)
                and (not then or r["day"] <= at)
            ),
            key=lambda r: (r["at"], r["attempt_id"]),
        )
        found["dropping"] = len(answers) >= 40 and _share(answers[-20:], _right) <= _share(
            answers[:-20], _right
        ) - Fraction(1, 5)
        known = [r for r in answers if r["hints"] is not None]
        found["leaning"] = len(known) > 20 and _share(known[-20:], _hints) >= max(
            2 * _share(known[:-20], _hints), Fraction(1, 2)
        )
        return {reason for reason, holds in found.items() if holds}

    def _failing(self, course: str, learner: str, by: date) -> bool:
        """Whether three items or more are graded by a day, and failed on average."""
        grades = []
        for item in self.active_items(course):
            rows = [row for row in self.handed(course, learner, item) if row["day"] <= by]
            scores = [row["score"] for row in rows if row["correct"] is not None]
            grades += [Fraction(max(scores)) * 100] if scores else []
        passed = Fraction(str(self.terms.pass_mark))
        return len(grades) >= 3 and sum(grades) / len(grades) < passed

    def at_risk(self) -> dict[Any, Any]:
        """Who enrolled today is at risk, and why."""
        found = {}
        for course in self.courses:
            today = self.today(course)
            for learner in self.enrolled(course) & self.enrolled(course, today, today):
                if told := self.reasons(course, learner, today, then=False):
                    found[learner, course] = told
        return found

    def at_risk_quality(self) -> dict[Any, Any]:
        """Precision and recall at 25, 50 and 75 % of finished courses."""
        found = {}
        for course, row in self.courses.items():
            starts, ends = row["starts_on"], row["ends_on"]
            if not starts or not ends or ends >= self.as_of_day:
                continue
            for share in (25, 50, 75):
                at = starts + timedelta(days=(ends - starts).days * share // 100)
                who = self.enrolled(course) & self.enrolled(course, at, at)
                outcome = {w: self._outcome(course, w) for w in who}
                known = {w for w in who if outcome[w]}
                bad = {w for w in known if outcome[w] != "pass"}
                told = {w for w in known if self.reasons(course, w, at, then=True)}
                if known:
                    found[course, share] = {
                        "enrolled": len(known),
                        "precision": rate(len(told & bad), len(told)),
                        "recall": rate(len(told & bad), len(bad)),
                    }
        return found

    def _outcome(self, course: str, learner: str) -> str | None:
        since, until = self.period(course)
        today = self.today(course)
        places = [
            ((b <= today <= e, b.toordinal()), row)
            for who, b, e, row in self.spans(course)
            if who == learner and b <= until and e >= since and row["outcome"]
        ]
        if not places:
            return None
        first = max(place for place, _ in places)
        # Ids sort before what is in no group.
        told = [(r["group_id"] is None, r["group_id"] or "", r) for p, r in places if p == first]
        outcome: str = min(told, key=lambda place: place[:2])[2]["outcome"]
        return outcome

    def progress(self) -> dict[Any, Any]:
        """The summary of each learner and course."""
        found = {}
        ranks, risk, plans = self.leaderboard("course"), self.at_risk(), self.plan_learner()
        for course in self.courses:
            who = {row["learner_id"] for row in self.graded() if row["course_id"] == course}
            for learner in who | self.enrolled(course):
                key = (learner, course)
                found[key] = self._progress(course, learner)
                found[key] |= {name: plans.get(key, {}).get(name, 0) for name in _PLAN}
                ranked = ranks.get((course, learner), {})
                found[key] |= {name: ranked.get(name) for name in ("rank", "score")}
                found[key]["at_risk"] = [each for each in REASONS if each in risk.get(key, ())]
        return found

    def _progress(self, course: str, learner: str) -> Row:
        mine = [r for r in self.graded() if (r["course_id"], r["learner_id"]) == (course, learner)]
        inside, today = learner in self.enrolled(course), self.today(course)
        items = self.active_items(course) if inside else []
        grades = [
            self.best(course, learner, item) * 100
            for item in items
            if self.completed(course, learner, item)
        ]
        return {
            "enrolled": inside,
            "enrolled_today": inside and learner in self.enrolled(course, today, today),
            "attempts": len(mine),
            "avg_accuracy": rate(sum(r["correct"] for r in mine), len(mine)),
            "submitted": sum(bool(self.handed(course, learner, item)) for item in items),
            "completed": len(grades),
            "average_grade": mean(grades, 100),
            "last_active_on": max(self.active_days(course, learner), default=None)
            if inside
            else None,
        }

    def daily_statistics(self) -> dict[Any, Any]:
        """The grader's days."""
        rows = [row for row in self.attempts if row["source"].startswith("grader")]
        if not rows:
            return {}
        found, day = {}, min(row["day"] for row in rows)
        while day <= self.as_of_day:
            those = [row for row in rows if row["day"] == day]
            marks = [r["told"] for r in those if r["kind"] == "answer" and r["told"] is not None]
            found[day] = {
                "attempts": len(those),
                "successful": sum(marks),
                "failed": len(marks) - sum(marks),
                "runs": sum(row["kind"] == "run" for row in those),
                "unique_users": len({row["learner_id"] for row in those}),
                "success_rate": sum(marks) * 100 / len(marks) if marks else None,
            }
            day += timedelta(days=1)
        return found


_PLAN = ("due", "done", "missing", "days_behind")


def _share(rows: list[Row], of: Callable[[Row], int]) -> Fraction:
    return Fraction(sum(of(row) for row in rows), len(rows))


def _right(row: Row) -> int:
    return int(row["correct"])


def _hints(row: Row) -> int:
    return int(row["hints"])
