"""Our numbers beside a peer's: every figure of every course, to the ninth decimal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure

#: Stored values are rounded to nine decimals.
NEAR = 1.5e-9
Row = Mapping[str, Any]


class Compared:
    """Counts figures that are equal and collects those that are not."""

    def __init__(self) -> None:
        self.equal = 0
        self.unequal: list[str] = []

    def same(self, what: str, ours: object, theirs: object) -> None:
        """Two plain values; numbers may differ by what rounding to nine decimals does."""
        if _near(ours, theirs):
            self.equal += 1
        else:
            self.unequal.append(f"{what}: {ours!r} beside {theirs!r}")

    def measure(self, what: str, ours: Measure, theirs: Row | None) -> None:
        """A measure with n and interval beside a peer's struct (null = nothing behind it)."""
        if theirs is None:
            self.same(f"{what} value", ours.value, None)
            self.same(f"{what} n", ours.n, 0)
            return
        for part in ("value", "n", "low", "high"):
            self.same(f"{what} {part}", getattr(ours, part), theirs[part])

    def end(self) -> str:
        """How many figures are equal.

        Raises:
            AssertionError: not all of them are.
        """
        if self.unequal:
            shown = "\n  ".join(self.unequal[:20])
            raise AssertionError(f"{len(self.unequal)} figures differ:\n  {shown}")
        return f"{self.equal:,} figures are equal"


def _near(ours: Any, theirs: Any) -> bool:
    if ours is None or theirs is None or isinstance(ours, str) or isinstance(theirs, str):
        return ours == theirs
    one, other = float(ours), float(theirs)
    return abs(one - other) <= NEAR * max(1.0, abs(one))


def compare(reports: Mapping[str, CourseReport], peer: Mapping[str, pa.Table]) -> Compared:
    """Every figure of the course reports beside the peer's tables."""
    compared = Compared()
    compared.same("courses", len(reports), peer["kpis"].num_rows)
    for row in peer["kpis"].to_pylist():
        _course(compared, reports[row["course_id"]], row)
    _weeks(compared, reports, peer["weeks"].to_pylist())
    _bands(compared, reports, peer["bands"].to_pylist())
    _items(compared, reports, peer["item_standings"].to_pylist())
    _plan(compared, reports, peer["plan"].to_pylist())
    _learners(compared, reports, peer["learners"].to_pylist())
    _risks(compared, reports, peer["at_risk"].to_pylist())
    _leaders(compared, reports, peer["leaderboards"].to_pylist())
    _groups(compared, reports, peer["stats"].to_pylist())
    return compared


def _course(compared: Compared, ours: CourseReport, row: Row) -> None:
    for figure in ("enrolled", "items", "submissions"):
        compared.same(f"{ours.course_id} {figure}", getattr(ours, figure), row[figure])
    for name, measure in ours.kpis.items():
        compared.measure(f"{ours.course_id} {name}", measure, row[name])


def _weeks(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    counted = 0
    for row in rows:
        week = reports[row["course_id"]].weeks[row["week"]]
        what = f"{row['course_id']} week {row['week']}"
        compared.same(f"{what} attended", week.attended, row["attended"])
        compared.same(f"{what} enrolled", week.enrolled, row["enrolled"])
        compared.measure(f"{what} attendance", week.attendance_rate, row["attendance_rate"])
        counted += 1
    compared.same("weeks", sum(len(report.weeks) for report in reports.values()), counted)


def _bands(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    found = {(row["course_id"], row["low"]): row["pairs"] for row in rows}
    for course_id, report in reports.items():
        for band in report.bands:
            theirs = found.get((course_id, band.low), 0)
            compared.same(f"{course_id} band {band.low}", band.pairs, theirs)


def _items(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    for row in rows:
        standings = {each.item_id: each for each in reports[row["course_id"]].item_standings}
        item = standings[str(row["item"])]
        for figure in ("response_rate", "completion_rate", "average_grade"):
            compared.measure(f"item {row['item']} {figure}", getattr(item, figure), row[figure])


def _plan(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    for row in rows:
        plan = reports[row["course_id"]].plan
        compared.same(f"{row['course_id']} due", plan.due, row["due"])
        compared.same(f"{row['course_id']} behind", plan.behind, row["behind"])
        compared.measure(
            f"{row['course_id']} up to date", plan.up_to_date_rate, row["up_to_date_rate"]
        )


def _learners(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    standings = {
        (course_id, each.learner_id.rpartition(":")[2]): each
        for course_id, report in reports.items()
        for each in report.learners
    }
    compared.same("learners", len(standings), len(list(rows)))
    for row in rows:
        ours = standings[row["course_id"], str(row["student"])]
        what = f"{row['course_id']} {row['student']}"
        for figure in LEARNER_FIGURES:
            compared.same(f"{what} {figure}", getattr(ours, figure), row[figure])
        compared.measure(f"{what} grade", ours.average_grade, row["average_grade"])
        compared.measure(f"{what} accuracy", ours.avg_accuracy, row["avg_accuracy"])


LEARNER_FIGURES = (
    "enrolled_today",
    "attempts",
    "submitted",
    "completed",
    "due",
    "done",
    "missing",
    "days_behind",
    "pace",
)


def _risks(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    for row in rows:
        reasons = [each.at_risk for each in reports[row["course_id"]].learners]
        for reason in ("silent", "missing", "never_seen"):
            ours = sum(reason in each for each in reasons)
            compared.same(f"{row['course_id']} {reason}", ours, row[reason])
        compared.same(f"{row['course_id']} at risk", sum(map(bool, reasons)), row["at_risk"])


def _leaders(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    boards: dict[str, list[Row]] = {}
    for row in rows:
        if row["scope"] == "course":
            boards.setdefault(row["scope_id"], []).append(row)
    for course_id, board in boards.items():
        ours = reports[course_id].leaderboard
        compared.same(f"{course_id} board", reports[course_id].leaderboard_size, board[0]["size"])
        compared.same(f"{course_id} board rows", len(ours), len(board))
        for own, row in zip(ours, board, strict=False):
            what = f"{course_id} place {row['place']}"
            compared.same(what, own.rank, row["place"])
            compared.same(f"{what} score", own.score, row["score"])
            learner = own.learner_id.rpartition(":")[2]
            compared.same(f"{what} learner", learner, str(row["student"]))


def _groups(compared: Compared, reports: Mapping[str, CourseReport], rows: Iterable[Row]) -> None:
    ours = {
        ("group", each.entity_id.rpartition(":")[2]): each
        for report in reports.values()
        for each in report.groups
    }
    ours |= {("topic", each.entity_id): each for r in reports.values() for each in r.topics}
    seen = 0
    for row in rows:
        name = (row["type"], row["group_id"] if row["type"] == "group" else str(row["item"]))
        if name in ours:
            seen += 1
            _stat(compared, " ".join(name), ours[name].measures, row)
    compared.same("groups and topics", len(ours), seen)


def _stat(compared: Compared, what: str, ours: Mapping[str, Measure], row: Row) -> None:
    for count in ("total_attempts", "total_users"):
        compared.same(f"{what} {count}", ours[count].value, row[count])
    for figure in ("avg_accuracy", "first_try_accuracy", "avg_score"):
        compared.measure(f"{what} {figure}", ours[figure], row[figure])
