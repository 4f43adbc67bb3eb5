"""Who counts and when, in plain Python from the text of METRICS: no engine."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from gradeline.metrics import Terms

Row = dict[str, Any]
SEVEN = timedelta(days=7)
ONE = timedelta(days=1)


class People:
    """One school under terms."""

    def __init__(self, school: dict[str, list[Row]], terms: Terms) -> None:
        self.terms = terms
        self.zone = ZoneInfo(terms.timezone)
        self.as_of_day = self.day(terms.as_of)
        self.courses = {row["course_id"]: row for row in school["courses"]}
        self.known_items = {(row["course_id"], row["item_id"]): row for row in school["items"]}
        self.plan = [row for row in school["plan"] if row["status"] == "active"]
        self.rolling = {
            (row["group_id"], row["course_id"]) for row in school["groups"] if row["rolling"]
        }
        self.ignored = self._ignored(school)
        self.staff = {
            (row["learner_id"], row["course_id"])
            for row in school["memberships"]
            if row["role"] != "learner"
        }
        self.members = [
            row for row in school["memberships"] if row["role"] == "learner" and self.counts(row)
        ]
        self.listed = {
            row["course_id"]
            for row in school["memberships"]
            if not (row["group_id"] or "").startswith("groups:")
        }
        self.told = [
            row for row in school["attempts"] if row["at"] <= terms.as_of and self.counts(row)
        ]
        self.attempts = [self._enriched(row) for row in self.told]
        self.events = [
            row for row in school["events"] if row["at"] <= terms.as_of and self.counts(row)
        ]

    def day(self, at: Any) -> date:
        """The school day of an instant."""
        return at.astimezone(self.zone).date()

    def _ignored(self, school: dict[str, list[Row]]) -> set[str]:
        names = {name.lower() for name in self.terms.ignored_users}
        return {
            row["learner_id"]
            for row in school["learners"]
            if (row["email"] or "").lower() in names or row["learner_id"].lower() in names
        }

    def counts(self, row: Row) -> bool:
        """Whether a row is about somebody who counts."""
        if row["learner_id"] in self.ignored:
            return False
        if row["course_id"] is None:
            return row["learner_id"] not in {learner for learner, _ in self.staff}
        return (row["learner_id"], row["course_id"]) not in self.staff

    def _enriched(self, row: Row) -> Row:
        item = self.known_items.get((row["course_id"], row["item_id"]), {})
        day = self.day(row["at"])
        correct = row["correct"]
        if correct is None and row["score"] is not None and row["kind"] != "run":
            correct = row["score"] >= Decimal(str(self.terms.pass_mark)) / 100
        score = row["score"]
        if score is None and row["correct"] is not None and row["kind"] != "run":
            score = Decimal(int(row["correct"]))
        longest = Decimal(str(self.terms.time_max_minutes)) * 60
        return {
            **row,
            "day": day,
            "correct": correct,
            "score": score,
            "told": row["correct"],  # what the source itself said of it
            "told_score": row["score"],
            "groups": {row["group_id"]}
            if row["group_id"]
            else self.homes(row["learner_id"], row["course_id"], day),
            "topic_id": row["topic_id"] or item.get("topic_id"),
            "level_id": row["level_id"] or item.get("level_id"),
            "duration_s": None if row["duration_s"] is None else min(row["duration_s"], longest),
        }

    def homes(self, learner: str, course: str | None, day: date) -> set[str]:
        """The groups whose membership covers a day."""
        return {
            row["group_id"]
            for row in self.members
            if (row["learner_id"], row["course_id"]) == (learner, course)
            and row["group_id"] is not None
            and (row["starts_on"] or date.min) <= day <= (row["ends_on"] or date.max)
        }

    # --- periods and people ---

    def today(self, course: str) -> date:
        """The course's today."""
        ends = self.courses[course]["ends_on"]
        return min(self.as_of_day, ends) if ends else self.as_of_day

    def period(self, course: str) -> tuple[date, date]:
        """The course's first and last day."""
        row = self.courses[course]
        facts = [
            self.day(each["at"])
            for each in self.attempts + self.events
            if each["course_id"] == course
        ]
        since = row["starts_on"] or (min(facts) if facts else self.today(course))
        return since, row["ends_on"] or self.today(course)

    def spans(self, course: str) -> list[tuple[str, date, date, Row]]:
        """Who was a member from when to when, if they had begun by as-of."""
        return self._members(course) if course in self.listed else self._seen(course)

    def _members(self, course: str) -> list[tuple[str, date, date, Row]]:
        """What memberships say."""
        found = []
        for row in self.members:
            if row["course_id"] != course or (row["starts_on"] or date.min) > self.as_of_day:
                continue
            begins = row["starts_on"] or date.min
            leaves = row["ends_on"] or self.courses[course]["ends_on"] or date.max
            if row["starts_on"] and row["ends_on"] and row["ends_on"] < row["starts_on"]:
                continue
            found.append((row["learner_id"], begins, leaves, row))
        return found

    def _seen(self, course: str) -> list[tuple[str, date, date, Row]]:
        """Who was seen in a course of which no membership is known, from when to when."""
        days: dict[tuple[str, str | None], set[date]] = {}
        for row in self.told + self.events:
            if row["course_id"] == course:
                for group in {None, row.get("group_id")}:
                    seen = days.setdefault((row["learner_id"], group), set())
                    seen.add(self.day(row["at"]))
        nothing = {"starts_on": None, "outcome": None}
        told = [
            (learner, min(seen), max(seen), {"group_id": group, **nothing})
            for (learner, group), seen in days.items()
        ]
        return told + self._members(course)

    def gradebook(self, course: str) -> bool:
        """Whether only grades of a course are known."""
        kinds = {row["kind"] for row in self.told if row["course_id"] == course}
        return kinds == {"carried"} and not any(r["course_id"] == course for r in self.events)

    def enrolled(
        self, course: str, since: date | None = None, until: date | None = None
    ) -> set[str]:
        """Learners enrolled on at least one day of the period, or of these days."""
        first, last = self.period(course)
        first, last = since or first, until or last
        return {
            who
            for who, begins, leaves, _ in self.spans(course)
            if begins <= last and leaves >= first
        }

    def groups_of(self, course: str) -> dict[str, set[str]]:
        """The learners of each group whose membership overlaps the period."""
        since, until = self.period(course)
        found: dict[str, set[str]] = {}
        for who, begins, leaves, row in self.spans(course):
            if row["group_id"] is not None and begins <= until and leaves >= since:
                found.setdefault(row["group_id"], set()).add(who)
        return found

    def ruling(self, course: str, learner: str) -> list[Row]:
        """The memberships that a learner's due dates follow, of groups if there are any."""
        since, until = self.period(course)
        today = self.today(course)
        places = [
            (row["group_id"] is not None, b <= today <= e, b.toordinal(), row)
            for who, b, e, row in self.spans(course)
            if who == learner and b <= until and e >= since
        ]
        ranked = [(group, now, 0 if now else begins, row) for group, now, begins, row in places]
        first = max(place[:3] for place in ranked)
        return [place[3] for place in ranked if place[:3] == first]

    def active_days(self, course: str, learner: str) -> set[date]:
        """Days of the period with activity."""
        since, until = self.period(course)
        return {day for day in self.seen_days(course, learner) if since <= day <= until}

    def seen_days(self, course: str, learner: str) -> set[date]:
        """Days with activity, in the period or not."""
        facts = [row for row in self.attempts if row["kind"] in ("answer", "run")] + self.events
        return {
            self.day(r["at"])
            for r in facts
            if (r["course_id"], r["learner_id"]) == (course, learner)
        }

    def active_items(self, course: str) -> list[str]:
        """Items of A."""
        return [
            item
            for (where, item), row in self.known_items.items()
            if where == course and row["active"]
        ]

    def handed(self, course: str, learner: str, item: str | None = None) -> list[Row]:
        """Submissions of a learner, of one item where it is named."""
        return [
            row
            for row in self.attempts
            if row["kind"] != "run"
            and (row["course_id"], row["learner_id"]) == (course, learner)
            and (item is None or row["item_id"] == item)
        ]

    def best(self, course: str, learner: str, item: str) -> Decimal | None:
        """The highest score, null where none is known."""
        scores = [r["score"] for r in self.handed(course, learner, item) if r["score"] is not None]
        return max(scores, default=None)

    def completed(self, course: str, learner: str, item: str) -> bool:
        """Whether the best grade is above the threshold."""
        best = self.best(course, learner, item)
        return best is not None and best > Decimal(str(self.terms.grade_zero_threshold)) / 100

    def done_on(self, course: str, learner: str, item: str) -> date | None:
        """The day on which it was first completed."""
        limit = Decimal(str(self.terms.grade_zero_threshold)) / 100
        days = [r["day"] for r in self.handed(course, learner, item) if (r["score"] or 0) > limit]
        return min(days, default=None)

    def graded(self) -> list[Row]:
        """Attempts whose `correct` is known."""
        return [r for r in self.attempts if r["kind"] != "run" and r["correct"] is not None]
