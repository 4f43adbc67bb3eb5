"""Accuracy and leaderboards, computed a second time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from .oracle_intervals import mean, rate
from .oracle_people import People, Row


class Answers(People):
    """Figures of answers; each method answers one family as {key: values}."""

    def accuracy(self) -> dict[Any, Any]:
        """Figures by type and entity."""
        keys = {
            "group": ("group_id",), "level": ("level_id",), "topic": ("topic_id",),
            "course": ("course_id",), "learner": ("learner_id",),
            "group_level": ("group_id", "level_id"), "group_topic": ("group_id", "topic_id"),
            "course_level": ("course_id", "level_id"), "course_topic": ("course_id", "topic_id"),
            "group_course": ("group_id", "course_id"),
        }  # fmt: skip
        firsts = self._firsts()
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.graded():
            for kind, names in keys.items():
                for group in row["groups"] if "group_id" in names else (None,):
                    placed = {**row, "group_id": group}
                    if all(placed[name] is not None for name in names):
                        found[kind, "|".join(placed[name] for name in names)].append(row)
        return {entity: self._accuracy(rows, firsts) for entity, rows in found.items()}

    def daily_statistics(self) -> dict[Any, Any]:
        """The grader's days."""
        tried = [(self.day(r["at"]), r) for r in self.told if r["source"] == "grader"]
        day = min((day for day, _ in tried), default=date.max)
        found = {}
        while day <= self.as_of_day:
            found[day] = self._daily([r for on, r in tried if on == day])
            day += timedelta(days=1)
        return found

    def _daily(self, rows: list[Row]) -> Row:
        marks = [r["correct"] for r in rows if r["kind"] == "answer"]
        right, wrong = marks.count(True), marks.count(False)
        return {
            "attempts": len(rows),
            "successful": right,
            "failed": wrong,
            "runs": sum(r["kind"] == "run" for r in rows),
            "unique_users": len({r["learner_id"] for r in rows}),
            "success_rate": float(Fraction(100 * right, right + wrong)) if right + wrong else None,
        }

    def _firsts(self) -> set[str]:
        first: dict[Any, Row] = {}
        for row in sorted(self.graded(), key=lambda r: (r["at"], r["attempt_id"])):
            if row["item_id"] is not None:
                first.setdefault((row["learner_id"], row["course_id"], row["item_id"]), row)
        return {row["attempt_id"] for row in first.values()}

    def _accuracy(self, rows: list[Row], firsts: set[str]) -> Row:
        def right(chosen: Iterable[Row]) -> tuple[Any, ...]:
            those = list(chosen)
            return rate(sum(r["correct"] for r in those), len(those))

        hints = [r["hints"] for r in rows if r["hints"] is not None]
        times = [r["duration_s"] for r in rows if r["duration_s"] is not None]
        return {
            "total_attempts": len(rows),
            "total_users": len({r["learner_id"] for r in rows}),
            "avg_accuracy": right(rows),
            "first_try_accuracy": right(r for r in rows if r["attempt_id"] in firsts),
            "unaided_accuracy": right(r for r in rows if r["hints"] == 0),
            "avg_score": mean([r["score"] for r in rows if r["score"] is not None], 1),
            "hints_usage": rate(sum(each >= 1 for each in hints), len(hints)),
            "hints_per_attempt": mean(hints, None),
            "avg_time": mean(times, None),
            "median_time": float(median(times)) if times else None,
        }

    def points(self) -> list[tuple[str, str | None, str | None, Decimal, Any]]:
        """Learner, course, level, best score × weight and when it was reached, per item answered."""
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.attempts:
            if row["kind"] != "run":
                found[row["learner_id"], row["course_id"], row["item_id"]].append(row)
        answered = {
            key: rows for key, rows in found.items() if any(r["correct"] is not None for r in rows)
        }
        weights: dict[Any, Decimal] = {}
        for _, course, item in answered:
            weight = self.known_items.get((course, item), {}).get("weight")
            weights[course, item] = Decimal(1) if weight is None else weight
        result = []
        for (learner, course, item), rows in answered.items():
            of_course = [w for (c, i), w in weights.items() if c == course and i is not None]
            weight = weights[course, item] if any(of_course) else Decimal(1)
            if item is None:
                weight = Decimal(0)
            best = max((r["score"] for r in rows if r["score"] is not None), default=Decimal(0))
            level = max((r["level_id"] for r in rows if r["level_id"] is not None), default=None)
            raised = min((r["at"] for r in rows if r["score"] == best), default=None)
            product = best * weight
            result.append((learner, course, level, product, raised if product > 0 else None))
        return result

    def leaderboard(self, scope: str) -> dict[Any, Any]:
        """Rank, score and size by scope."""
        boards: dict[Any, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        groups = self._groups()
        for learner, course, level, product, _ in self.points():
            where = {
                "global": [()],
                "course": [(course,)] if course else [],
                "level": [(level,)] if level else [],
                "group": [(g,) for w, c, g in groups if (w, c) == (learner, course)],
            }[scope]
            for place in where:
                boards[place][learner] += product
        found = {}
        for place, scores in boards.items():
            shown = {w: round(score, 6) for w, score in scores.items()}
            for learner, score in shown.items():
                rank = 1 + sum(other > score for other in shown.values())
                found[(*place, learner)] = {"rank": rank, "score": float(score), "size": len(shown)}
        return found

    def _groups(self) -> set[tuple[str, str, str]]:
        begun = {
            (r["learner_id"], r["course_id"], r["group_id"])
            for r in self.members
            if r["group_id"] and (r["starts_on"] or date.min) <= self.as_of_day
        }
        answered = {
            (r["learner_id"], r["course_id"], group)
            for r in self.attempts
            for group in r["groups"]
            if r["course_id"]
        }
        return begun | answered
