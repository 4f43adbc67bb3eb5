"""Figures computed from graded attempts at the moment they are asked for.

Row security decides which attempts whoever asks may see. The definitions are those of
`metrics/accuracy.py`; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from psycopg import sql
from psycopg.rows import DictRow, dict_row

from gradeline.records.intervals import mean, rate, rounded
from gradeline.records.measures import Measure
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "attempts"

#: Which of the ids a selection names → the type of materialized_stats that has its figures.
_TYPES: Mapping[frozenset[str], str] = MappingProxyType(
    {
        frozenset(names): "_".join(names)
        for names in (
            ("group",),
            ("level",),
            ("topic",),
            ("course",),
            ("learner",),
            ("group", "level"),
            ("group", "topic"),
            ("group", "course"),
            ("course", "level"),
            ("course", "topic"),
        )
    }
)
#: Field of a selection → the condition that it makes.
_CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "learner_id": "learner_id = %(learner_id)s",
        "group_id": "group_ids && ARRAY[%(group_id)s]",
        "course_id": "course_id = %(course_id)s",
        "level_id": "level_id = %(level_id)s",
        "topic_id": "topic_id = %(topic_id)s",
        "item_id": "item_id = %(item_id)s",
        "topic_ids": "topic_id = ANY(%(topic_ids)s)",
        "since": "day >= %(since)s",
        "until": "day <= %(until)s",
    }
)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which graded attempts figures are about; None = all that may be seen."""

    learner_id: str | None = None
    group_id: str | None = None
    course_id: str | None = None
    level_id: str | None = None
    topic_id: str | None = None
    item_id: str | None = None
    topic_ids: Sequence[str] | None = None  #: any of these topics
    since: date | None = None  #: the first school day
    until: date | None = None  #: the last one

    def within(self, since: date | None) -> Selection:
        """Return the same from a day on; None = as it is."""
        return replace(self, since=since) if since else self

    @property
    def row(self) -> tuple[str, str] | None:
        """Return type and entity id of the row of materialized_stats with these figures, if any."""
        ids = {n.removesuffix("_id"): v for n, v in asdict(self).items() if n.endswith("_id") and v}
        kind = _TYPES.get(frozenset(ids))
        if kind is None or self.topic_ids or self.since or self.until:
            return None
        return kind, "|".join(ids[name] for name in kind.split("_"))


def sum_attempts(connection: Connection, selection: Selection) -> Mapping[str, Measure]:
    """Compute the figures of STAT_MEASURES over the selected graded attempts."""
    (row,) = _rows(connection, "sums", selection)
    return _measures(row)


class Key(StrEnum):
    """What graded attempts are told apart by."""

    ITEM = "item_id"
    TOPIC = "topic_id"


def sum_by(
    connection: Connection, selection: Selection, key: Key
) -> Mapping[str, Mapping[str, Measure]]:
    """Compute the same by item or topic: its id → its figures."""
    return {row["key"]: _measures(row) for row in _rows(connection, "by", selection, key=key)}


def sum_items(connection: Connection, selection: Selection) -> Mapping[str, Mapping[str, Measure]]:
    """Compute the same by item: item id → its figures."""
    return sum_by(connection, selection, Key.ITEM)


@dataclass(frozen=True, kw_only=True)
class LearnerAnswers:
    """The graded attempts of one learner among those selected."""

    learner_id: str
    accuracy: Measure
    first_try: Measure


def sum_learners(connection: Connection, selection: Selection) -> tuple[LearnerAnswers, ...]:
    """Compute the share of right answers of each learner, sorted by id."""
    return tuple(
        LearnerAnswers(
            learner_id=row["learner_id"],
            accuracy=rate(row["right"], row["n"], row["newest"]),
            first_try=rate(row["first_right"], row["first_n"], row["newest"]),
        )
        for row in _rows(connection, "by_learner", selection)
    )


@dataclass(frozen=True, kw_only=True)
class GradedAttempt:
    """One graded attempt."""

    attempt_id: str
    learner_id: str
    course_id: str  #: empty = of no course that is known
    item_id: str | None
    topic_id: str | None
    correct: bool
    first: bool  #: the learner's first one in the item
    score: float | None  #: 0–1
    hints: int | None
    seconds: float | None
    response: str | None  #: what was answered, its first 200 characters; None = not known
    at: datetime


def list_attempts(
    connection: Connection, selection: Selection, *, most: int
) -> tuple[GradedAttempt, ...]:
    """Read the last of the selected graded attempts, the newest first, so many at most."""
    rows = _rows(connection, "listed", selection, most=most)
    return tuple(
        GradedAttempt(
            attempt_id=row["attempt_id"],
            learner_id=row["learner_id"],
            course_id=row["course_id"],
            item_id=row["item_id"],
            topic_id=row["topic_id"],
            correct=row["correct"],
            first=row["first"],
            score=None if row["score_millionths"] is None else row["score_millionths"] / 1e6,
            hints=row["hints"],
            seconds=None if row["duration_ms"] is None else row["duration_ms"] / 1e3,
            response=row["response"],
            at=row["at"],
        )
        for row in rows
    )


@dataclass(frozen=True, kw_only=True)
class AnswerWeek:
    """The graded attempts of a week."""

    starts_on: date  #: a Monday
    answers: int
    right: int
    seconds: float  #: spent on those whose duration is known


def sum_weeks(connection: Connection, selection: Selection) -> tuple[AnswerWeek, ...]:
    """Sum the selected graded attempts by week, the first one first; weeks without any are none."""
    return tuple(
        AnswerWeek(
            starts_on=row["week"],
            answers=row["n"],
            right=row["right"],
            seconds=row["duration_ms"] / 1e3,
        )
        for row in _rows(connection, "by_week", selection)
    )


def plan_on(connection: Connection, group_id: str, course_id: str, day: date) -> Measure:
    """Compute how much of what was due by a day the learners of a group had completed then.

    Of groups whose due dates are their own (`rolling`), and where earlier attempts are not kept one
    by one, it is another number than the published one: compare the two before it is shown.
    """
    values = {"group_id": group_id, "course_id": course_id, "day": day}
    pairs, done = connection.execute(query(_FILE, "plan_on"), values).fetchone() or (0, 0)
    return rate(done, pairs)


def kept_since(connection: Connection, selection: Selection) -> date | None:
    """Return the first day from which on all selected attempts are kept; None = all are."""
    row = connection.execute(query(_FILE, "left_out_since"), asdict(selection)).fetchone()
    since: date | None = row[0] if row else None
    return since


def _rows(
    connection: Connection,
    name: str,
    selection: Selection,
    *,
    key: Key = Key.ITEM,
    most: int | None = None,
) -> list[DictRow]:
    values = {field: value for field, value in asdict(selection).items() if value is not None}
    if selection.topic_ids is not None:
        values["topic_ids"] = list(selection.topic_ids)
    conditions = [sql.SQL(_CONDITIONS[field]) for field in values]
    chosen = sql.SQL(" AND ").join([sql.SQL("true"), *conditions])
    cursor = connection.cursor(row_factory=dict_row)
    statement = sql.SQL(query(_FILE, name)).format(chosen=chosen, key=sql.Identifier(key))
    return cursor.execute(statement, {**values, "most": most}).fetchall()


def _measures(row: DictRow) -> Mapping[str, Measure]:
    newest: datetime | None = row["newest"]
    timed: Any = row["ms_median"]

    def mean_of(name: str, n: str, unit: float, top: float | None) -> Measure:
        sums = int(row[f"{name}_sum"]), int(row[f"{name}_squares"])
        return mean(sums, row[n], unit=unit, top=top, as_of=newest)

    return {
        "total_attempts": Measure(value=float(row["n"]), n=row["n"], as_of=newest),
        "total_users": Measure(value=float(row["users"]), n=row["users"], as_of=newest),
        "avg_accuracy": rate(row["right"], row["n"], newest),
        "first_try_accuracy": rate(row["first_right"], row["first_n"], newest),
        "unaided_accuracy": rate(row["unaided_right"], row["unaided_n"], newest),
        "avg_score": mean_of("score", "scores", 1e6, 1),
        "hints_usage": rate(row["helped"], row["hints_n"], newest),
        "hints_per_attempt": mean_of("hints", "hints_n", 1, None),
        "avg_time": mean_of("ms", "timed", 1e3, None),
        "median_time": Measure(
            value=None if timed is None else rounded(timed / 1e3), n=row["timed"], as_of=newest
        ),
    }
