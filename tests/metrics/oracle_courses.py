"""Courses and the plan, computed a second time."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from .oracle_intervals import mean, rate
from .oracle_people import ONE, SEVEN, People, Row


class Courses(People):
    """Figures of courses and their plans; each method answers one family as {key: values}."""

    def course_kpis(self) -> dict[Any, Any]:
        """The five figures of each course."""
        return {course: self._kpis(course) for course in self.courses}

    def _kpis(self, course: str) -> Row:
        who, items = self.enrolled(course), self.active_items(course)
        pairs = [(learner, item) for learner in who for item in items]
        grades = [self.best(course, *pair) * 100 for pair in pairs if self.completed(course, *pair)]
        return {
            "enrolled": len(who),
            "items": len(items),
            "submissions": sum(len(self.handed(course, learner)) for learner in who),
            "attendance_rate": rate(0, 0)
            if self.gradebook(course)
            else rate(sum(bool(self.active_days(course, w)) for w in who), len(who)),
            "response_rate": rate(sum(bool(self.handed(course, *p)) for p in pairs), len(pairs)),
            "completion_rate": rate(len(grades), len(pairs)),
            "average_grade": mean(grades, 100),
            "average_grade_all": mean(grades + [0] * (len(pairs) - len(grades)), 100),
        }

    def attendance(self) -> dict[Any, Any]:
        """Who was enrolled and active in each week."""
        found = {}
        for course in self.courses:
            if self.gradebook(course):
                continue
            since, until = self.period(course)
            week, monday = 0, since
            while monday <= min(until, self.today(course)):
                last = min(monday + SEVEN - ONE, until)
                who = self.enrolled(course, monday, last)
                seen = [
                    w for w in who if any(monday <= d <= last for d in self.active_days(course, w))
                ]
                found[course, week] = {
                    "starts_on": monday,
                    "attended": len(seen),
                    "enrolled": len(who),
                    "attendance_rate": rate(len(seen), len(who)),
                }
                week, monday = week + 1, monday + SEVEN
        return found

    def grades(self) -> dict[Any, Any]:
        """Pairs in each band."""
        found: dict[Any, Any] = {}
        for course in self.courses:
            bands: dict[int | None, int] = dict.fromkeys([*range(0, 100, 10), None], 0)
            for learner in self.enrolled(course):
                for item in self.active_items(course):
                    best = self.best(course, learner, item)
                    done = self.completed(course, learner, item)
                    bands[min(int(best * 10), 9) * 10 if done and best is not None else None] += 1
            found |= {(course, low): {"pairs": pairs} for low, pairs in bands.items()}
        return found

    def items_standing(self) -> dict[Any, Any]:
        """How each active item stands."""
        found = {}
        for course in self.courses:
            who = self.enrolled(course)
            for item in self.active_items(course):
                done = [w for w in who if self.completed(course, w, item)]
                found[course, item] = {
                    "response_rate": rate(
                        sum(bool(self.handed(course, w, item)) for w in who), len(who)
                    ),
                    "completion_rate": rate(len(done), len(who)),
                    "average_grade": mean([self.best(course, w, item) * 100 for w in done], 100),
                }
        return found

    def notes(self) -> dict[Any, Any]:
        """What sources do not tell about each course."""
        found = {}
        for course in self.courses:
            marks = [
                row
                for row in self.attempts
                if row["course_id"] == course
                and row["kind"] != "run"
                and row["correct"] is not None
            ]
            finer = any(
                row["told_score"] is not None
                and (row["told"] is None or row["told_score"] != int(row["told"]))
                for row in marks
            )
            found[course] = {
                "members_inferred": course not in self.listed,
                "no_activity": self.gradebook(course),
                "right_or_wrong": any(row["told_score"] is None for row in marks)
                or bool(marks and not finer),
            }
        return found

    def shift(self, course: str, learner: str) -> timedelta:
        """How far the plan of a learner is moved: by the groups that rule, the least of them."""
        starts = self.courses[course]["starts_on"]
        moved = [
            max(timedelta(), row["starts_on"] - starts)
            if (row["group_id"], course) in self.rolling and starts and row["starts_on"]
            else timedelta()
            for row in self.ruling(course, learner)
        ]
        return min(moved)

    def owed(
        self, course: str, learner: str, by: date, *, then: bool = False
    ) -> tuple[list[date], list[date]]:
        """Due days by a day, and those of them not done (by then, or by as-of)."""
        due, missing = [], []
        for row in self.plan:
            day = row["due_on"] + self.shift(course, learner)
            if row["course_id"] != course or day > by:
                continue
            due.append(day)
            done = self.done_on(course, learner, row["item_id"])
            if done is None or (then and done > by):
                missing.append(day)
        return due, missing

    def plan_learner(self) -> dict[Any, Any]:
        """Each enrolled learner against the plan."""
        return {(w, c): self._plan_learner(c, w) for c in self.courses for w in self.enrolled(c)}

    def _plan_learner(self, course: str, learner: str) -> Row:
        today, items = self.today(course), self.active_items(course)
        due, missing = self.owed(course, learner, today)
        days = [self.done_on(course, learner, item) for item in items]
        lately = sum(day is not None and timedelta() <= today - day < 4 * SEVEN for day in days)
        left = sum(day is None for day in days)
        return {
            "due": len(due),
            "done": len(due) - len(missing),
            "missing": len(missing),
            "days_behind": (today - min(missing)).days if missing else 0,
            "pace": (len(due) - len(missing)) / len(due) if due else None,
            "forecast_on": today + timedelta(days=ceil(Fraction(left * 28, lately)))
            if lately >= 2
            else None,
        }

    def plan_course(self) -> dict[Any, Any]:
        """Each course against its plan."""
        found = {}
        for course in self.courses:
            today = self.today(course)
            who = self.enrolled(course) & self.enrolled(course, today, today)
            owed = [self.owed(course, learner, today) for learner in who]
            pairs = sum(len(due) for due, _ in owed)
            missing = sum(len(each) for _, each in owed)
            found[course] = {
                "due": sum(r["course_id"] == course and r["due_on"] <= today for r in self.plan),
                "behind": sum(bool(each) for _, each in owed),
                "up_to_date_rate": rate(pairs - missing, pairs),
            }
        return found
