"""Packing: figures as families gave them become the rows that results are kept as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
import pyarrow as pa

from gradeline.metrics.leaderboards import SCOPES
from gradeline.records.measures import STAT_MEASURES, Measure

#: Parts that let figures of several groups be added up exactly.
_PARTS = ("numerator", "sum", "sum_squares")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_encode = msgspec.json.Encoder(decimal_format="number").encode

Row = Mapping[str, Any]


def instant_of(us: int | None) -> datetime | None:
    """The instant of microseconds since 1970."""
    return None if us is None else _EPOCH + timedelta(microseconds=us)


def measure(row: Row, name: str, as_of: datetime | None) -> Measure:
    """One measure of a row of a family."""
    return Measure(
        value=row[name],
        n=row[f"{name}_n"] or 0,
        low=row.get(f"{name}_low"),
        high=row.get(f"{name}_high"),
        as_of=as_of,
    )


def stats(accuracy: pa.Table, learners: frozenset[str] | None) -> pa.Table:
    """Rows of materialized_stats; of learners only these, null = all of them."""
    kept = accuracy if learners is None else _without_other_learners(accuracy, learners)
    names = ("type", "entity_id", "group_id", "course_id", "level_id", "topic_id")
    documents = pa.array(list(_documents(kept)), pa.string())
    return kept.select(names).append_column("metrics", documents)


def _without_other_learners(accuracy: pa.Table, learners: frozenset[str]) -> pa.Table:
    kinds, who = accuracy["type"].to_pylist(), accuracy["learner_id"].to_pylist()
    keep = [kind != "learner" or one in learners for kind, one in zip(kinds, who, strict=True)]
    return accuracy.filter(pa.array(keep, pa.bool_()))


def _documents(table: pa.Table) -> Iterator[str]:
    """Each row's measures as one JSON document: name → {value, n, low, high, as_of, its sums}."""
    as_of = [instant_of(us) for us in table["newest"].to_pylist()]
    makers = [_measures(table, name, as_of) for name in STAT_MEASURES]
    for place in range(table.num_rows):
        document = {name: make(place) for name, make in zip(STAT_MEASURES, makers, strict=True)}
        yield _encode(document).decode()


def _measures(
    table: pa.Table, name: str, as_of: Sequence[datetime | None]
) -> Callable[[int], dict[str, Any]]:
    columns = {
        part: table[column].to_pylist()
        for part, column in _columns_of(name).items()
        if column in table.column_names
    }
    columns["as_of"] = as_of
    # One tuple per row is far quicker than one look-up per part and row.
    rows = list(zip(*columns.values(), strict=True))
    names = tuple(columns)
    return lambda place: dict(zip(names, rows[place], strict=True))


def _columns_of(name: str) -> dict[str, str]:
    parts = {part: f"{name}_{part}" for part in ("n", "low", "high", *_PARTS)}
    return {"value": name, **parts}


def leaderboards(figures: Mapping[str, pa.Table]) -> pa.Table:
    """Rows of leaderboards: rankings in order of rank, then who was there first, then the id."""
    found = [row for scope in SCOPES for row in _boards(scope, figures[f"leaderboard_{scope}"])]
    names = ("scope", "scope_id", "rankings", "size")
    kinds = (pa.string(), pa.string(), pa.string(), pa.int64())
    columns = zip(*found, strict=True) if found else ((), (), (), ())
    return pa.table(
        {
            name: pa.array(list(column), kind)
            for name, column, kind in zip(names, columns, kinds, strict=True)
        }
    )


def _boards(scope: str, table: pa.Table) -> Iterator[tuple[str, str, str, int]]:
    keys = SCOPES[scope]
    rows = sorted(table.to_pylist(), key=lambda row: (*(row[key] for key in keys), *_place(row)))
    for scope_id, ranked in groupby(rows, key=itemgetter(*keys) if keys else lambda _: ""):
        board = list(ranked)
        shown = [
            {name: row[name] for name in ("rank", "learner_id", "name", "score")} for row in board
        ]
        yield scope, scope_id, _encode(shown).decode(), board[0]["size"]


def _place(row: Row) -> tuple[Any, ...]:
    never = row["raised_us"] is None
    return row["rank"], never, row["raised_us"] or 0, row["learner_id"]


def progress(figures: pa.Table, people: Row, groups: Row) -> pa.Table:
    """Rows of progress_summary, with the names of learners and groups."""
    who, where = figures["learner_id"].to_pylist(), figures["group_id"].to_pylist()
    known = [people.get(each, (None, None)) for each in who]
    as_of = [instant_of(us) for us in figures["newest"].to_pylist()]
    named = figures.drop(["newest", "avg_accuracy_n", "average_grade_n"]).rename_columns(
        {"avg_accuracy_numerator": "correct"}
    )
    extra = {
        "group_name": pa.array([groups.get(each) for each in where], pa.string()),
        "name": pa.array([name for name, _ in known], pa.string()),
        "email": pa.array([email for _, email in known], pa.string()),
        "as_of": pa.array(as_of, pa.timestamp("us", tz="UTC")),
    }
    for name, column in extra.items():
        named = named.append_column(name, column)
    return named.drop(["average_grade_sum", "average_grade_sum_squares"])
