"""Groups of a course, computed a second time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from .oracle_intervals import mean, rate
from .oracle_people import ONE, SEVEN, People, Row


class Groups(People):
    """Figures of groups; each method answers one family as {key: values}."""

    def learner_groups(self) -> dict[Any, Any]:
        """The groups of each learner in a course."""
        found: dict[Any, Any] = {}
        for course in self.courses:
            today, inside = self.today(course), self.enrolled(course)
            for group, who in self.groups_of(course).items():
                for learner in who:
                    spans = [
                        (b, e)
                        for each, b, e, row in self.spans(course)
                        if (each, row["group_id"]) == (learner, group)
                    ]
                    now = any(b <= today <= e for b, e in spans)
                    found[learner, course, group] = {"now": now}
            for row in self.graded():
                if row["course_id"] == course and row["learner_id"] not in inside:
                    for group in row["groups"]:
                        found[row["learner_id"], course, group] = {"now": False}
        return found

    def group_figures(self) -> dict[Any, Any]:
        """The five figures of each group of a course."""
        return {
            (group, course): self._headline(course, who)
            for course in self.courses
            for group, who in self.groups_of(course).items()
        }

    def _headline(self, course: str, who: set[str]) -> Row:
        items = self.active_items(course)
        pairs = [(learner, item) for learner in who for item in items]
        grades = [self.best(course, *pair) * 100 for pair in pairs if self.completed(course, *pair)]
        seen = sum(bool(self.active_days(course, learner)) for learner in who)
        return {
            "enrolled": len(who),
            "items": len(items),
            "submissions": sum(len(self.handed(course, learner)) for learner in who),
            "attendance_rate": rate(0, 0) if self.gradebook(course) else rate(seen, len(who)),
            "response_rate": rate(sum(bool(self.handed(course, *p)) for p in pairs), len(pairs)),
            "completion_rate": rate(len(grades), len(pairs)),
            "average_grade": mean(grades, 100),
            "average_grade_all": mean(grades + [0] * (len(pairs) - len(grades)), 100),
        }

    def group_history(self) -> dict[Any, Any]:
        """How each group stood at the end of each week, from the first with somebody in it."""
        found: dict[Any, Any] = {}
        for course in self.courses:
            since, until = self.period(course)
            end = min(until, self.today(course))
            week, monday = 0, since
            while monday <= end:
                last = min(monday + SEVEN - ONE, until)
                final = monday + SEVEN > end
                for group in self.groups_of(course):
                    if who := self._in_group(course, group, since, last):
                        now = self._in_group(course, group, monday, last)
                        found[group, course, week] = {
                            "starts_on": monday,
                            **self._week(course, now, monday, last),
                            **self._until(course, who, date.max if final else last),
                        }
                week, monday = week + 1, monday + SEVEN
        return found

    def _in_group(self, course: str, group: str, first: date, last: date) -> set[str]:
        return {
            who
            for who, begins, leaves, row in self.spans(course)
            if row["group_id"] == group and begins <= last and leaves >= first
        }

    def _week(self, course: str, who: set[str], monday: date, last: date) -> Row:
        if self.gradebook(course):
            return {"enrolled": None, "attended": None}
        seen = [w for w in who if any(monday <= d <= last for d in self.active_days(course, w))]
        return {"enrolled": len(who), "attended": len(seen)}

    def _until(self, course: str, who: set[str], last: date) -> Row:
        """Cumulative counts by a day; the last week has all that is known."""
        items = self.active_items(course)
        handed = [
            [r for r in self.handed(course, learner, item) if r["day"] <= last]
            for learner in who
            for item in items
        ]
        best = [max((r["score"] or 0 for r in rows), default=0) for rows in handed]
        zero = Fraction(str(self.terms.grade_zero_threshold)) / 100
        done = [int(score * 1_000_000) for score in best if Fraction(score) > zero]
        came = [w for w in who if any(d <= last for d in self.active_days(course, w))]
        return {
            "learners": len(who),
            "active": None if self.gradebook(course) else len(came),
            "pairs": len(who) * len(items),
            "submitted": sum(map(bool, handed)),
            "completed": len(done),
            "grade_sum": sum(done),
            "grade_squares": sum(score * score for score in done),
        }
