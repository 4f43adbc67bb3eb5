"""Results: what metrics computed, published in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
from pgpq import ArrowToPostgresBinaryEncoder, encoders
from pgpq import schema as pg
from psycopg import sql

from gradeline.records.course_figures import CourseFigures
from gradeline.records.measures import Measure
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

if TYPE_CHECKING:
    from pgpq._pgpq import EncoderBuilder  # a name of its type stub alone

_FILE = "results"
#: The course id under which the key of the school as a whole is kept.
SCHOOL = ""
_JSON = frozenset({"metrics", "rankings", "figures", "examples"})
#: Rows sent at a time: about 15 MB where each holds a JSON document.
_BATCH_ROWS = 10_000


@dataclass(frozen=True, kw_only=True)
class _Result:
    """A table of results: its key, and which of its rows a build replaces."""

    name: str
    key: tuple[str, ...]
    touched: str  #: the query with the condition for the rows that a build replaces


_FIGURES = "course_figures"
_READERS = "reader_course_figures"
_RESULTS: Mapping[str, _Result] = {
    result.name: result
    for result in (
        _Result(name="materialized_stats", key=("type", "entity_id"), touched="touched_stats"),
        _Result(name="leaderboards", key=("scope", "scope_id"), touched="touched_all"),
        _Result(name="progress_summary", key=("learner_id", "course_id"), touched="touched_course"),
        _Result(name="group_figures", key=("group_id", "course_id"), touched="touched_course"),
        _Result(
            name="group_history", key=("group_id", "course_id", "week"), touched="touched_course"
        ),
        _Result(
            name="item_figures",
            key=("course_id", "group_id", "item_id"),
            touched="touched_course",
        ),
        _Result(name="form_figures", key=("course_id", "group_id"), touched="touched_course"),
        _Result(name="daily_statistics", key=("day",), touched="touched_all"),
        _Result(
            name="unmatched_rows",
            key=("course_id", "table", "reason"),
            touched="touched_unmatched",
        ),
        _Result(name="graded_attempts", key=("course_id", "attempt_id"), touched="touched_detail"),
        _Result(name="graded_attempts_since", key=("course_id",), touched="touched_detail"),
        _Result(name=_FIGURES, key=("course_id",), touched="touched_course"),
        _Result(name=_READERS, key=("course_id",), touched="touched_course"),
    )
}


@dataclass(frozen=True, kw_only=True)
class StagedRows:
    """Rows in a temporary table of one connection, to be published in a table of results."""

    result: _Result
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Build:
    """Results to publish: which rows they replace, and with what."""

    as_of: datetime  #: facts later than this were left out
    terms: Mapping[str, str]  #: settings that its numbers depend on
    courses: frozenset[str]  #: ids of courses that were computed again or no longer exist
    learners: frozenset[str] | None  #: whose own figures were computed again; None = all
    rows: Sequence[StagedRows]  #: one for each table; leaderboards and days have all their rows
    figures: Sequence[CourseFigures]  #: of `courses`
    keys: Mapping[str, str]  #: course id, or SCHOOL → what its numbers depend on
    shown: Sequence[CourseFigures] = ()  #: the figures as readers see them


def stage(connection: Connection, name: str, rows: pa.Table | pa.RecordBatchReader) -> StagedRows:
    """Copy rows into a temporary table, from which `publish` moves them to the table `name`.

    No reader sees them and no transaction is needed: they are gone with the connection.

    Args:
        connection: the one that publishes the build later.
        name: of the table of results, e.g. `leaderboards`.
        rows: columns of that table, its key among them; those in `_JSON` are JSON text.
    """
    staged = StagedRows(result=_RESULTS[name], columns=tuple(rows.schema.names))
    names = _names(staged)
    connection.execute(_sql("stage", names))
    _copy(connection, rows, names)
    connection.execute(_sql("analyze", names))
    return staged


def publish(connection: Connection, build: Build, *, expected: Mapping[str, str]) -> int | None:
    """Publish a build in the caller's transaction.

    Rows that did not change are not written. Readers see the old results until the transaction
    commits and all new ones after it; builds wait for each other.

    Args:
        connection: the one that the build's rows were staged on.
        build: what to publish.
        expected: the `keys` that the build started from.

    Returns:
        The build's number; None where another build was published since the keys were read: then
        nothing is changed.
    """
    connection.execute(query(_FILE, "lock"))
    if keys(connection) != expected:
        return None
    number = _build(connection, build)
    values = {
        "build_id": number,
        "courses": sorted(build.courses),
        "all_learners": build.learners is None,
        "learners": sorted(build.learners or ()),
    }
    courses = {_FIGURES: build.figures, _READERS: build.shown}
    staged = [stage(connection, name, _figures_table(own)) for name, own in courses.items()]
    for rows in (*build.rows, *staged):
        _replace(connection, rows, values)
    connection.execute(query(_FILE, "extend"))
    _store_kpis(connection, build.figures, number)
    _store_keys(connection, build, number)
    return number


def confirm(connection: Connection) -> None:
    """Say that nothing has changed since the newest build, so that it is not out of date.

    What was said in the last hour is not said again: then nothing is written.
    """
    if connection.execute(query(_FILE, "confirm")).rowcount:
        connection.execute(query(_FILE, "extend"))


def course_ids(connection: Connection) -> list[str]:
    """Read the ids of the courses that have results, sorted."""
    return sorted(course_id for (course_id,) in connection.execute(query(_FILE, "course_ids")))


def keys(connection: Connection) -> Mapping[str, str]:
    """Read what the numbers of each course, and of SCHOOL, depend on: course id → digest."""
    return dict(connection.execute(query(_FILE, "keys")).fetchall())


def course_keys(connection: Connection) -> Mapping[str, str]:
    """Read what the numbers of each course depend on, without SCHOOL: course id → digest."""
    return {name: key for name, key in keys(connection).items() if name != SCHOOL}


def learners_of(connection: Connection, courses: Collection[str]) -> frozenset[str]:
    """Read the ids of the learners who have results in any of these courses."""
    rows = connection.execute(query(_FILE, "learners_of"), {"courses": sorted(courses)})
    return frozenset(learner_id for (learner_id,) in rows)


def links(connection: Connection) -> pa.Table:
    """Read learner_links as a table: source, external_id, learner_id (all string), sorted."""
    rows = connection.execute(query(_FILE, "links")).fetchall()
    names = ("source", "external_id", "learner_id")
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {name: pa.array(list(c), pa.string()) for name, c in zip(names, columns, strict=True)}
    )


def _build(connection: Connection, build: Build) -> int:
    row = connection.execute(
        query(_FILE, "build"),
        {
            "as_of": build.as_of,
            "terms": json.dumps(dict(build.terms), sort_keys=True),
            "courses": len(build.figures),
        },
    ).fetchone()
    return int(row[0]) if row else 0


def _replace(connection: Connection, staged: StagedRows, values: Mapping[str, object]) -> None:
    """Replace the rows that a build touches, except those that did not change."""
    names = _names(staged)
    for step in ("delete_outdated", "insert_new", "unstage"):
        connection.execute(_sql(step, names), values)


def _copy(
    connection: Connection,
    rows: pa.Table | pa.RecordBatchReader,
    names: Mapping[str, sql.Composable],
) -> None:
    encoder = ArrowToPostgresBinaryEncoder.new_with_encoders(
        rows.schema, {field.name: _encoder(field) for field in rows.schema}
    )
    with connection.cursor().copy(_sql("copy", names)) as copy:
        copy.write(encoder.write_header())
        batches = rows.to_batches(_BATCH_ROWS) if isinstance(rows, pa.Table) else rows
        for batch in batches:
            copy.write(encoder.write_batch(batch))
        copy.write(encoder.finish())


def _encoder(field: pa.Field) -> EncoderBuilder:
    if field.name in _JSON:
        return encoders.StringEncoderBuilder.new_with_output(field, pg.Jsonb())
    return ArrowToPostgresBinaryEncoder.infer_encoder(field)


def _names(staged: StagedRows) -> Mapping[str, sql.Composable]:
    result, columns = staged.result, staged.columns
    rest = [name for name in columns if name not in result.key]
    names: dict[str, sql.Composable] = {
        "table": sql.Identifier(result.name),
        "staged": sql.Identifier(f"staged_{result.name}"),
        "columns": _listed("{}", columns),
        "key": _listed("{}", result.key),
        "touched": sql.SQL(query(_FILE, result.touched)),
    }
    for side in ("old", "new"):
        names[f"{side}_key"] = _listed(f"{side}.{{}}", result.key)
        names[f"{side}_values"] = _listed(f"{side}.{{}}", rest)
    return names


def _listed(form: str, names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(form).format(sql.Identifier(name)) for name in names)


def _sql(name: str, names: Mapping[str, sql.Composable]) -> sql.Composed:
    return sql.SQL(query(_FILE, name)).format(**names)


def _figures_table(figures: Sequence[CourseFigures]) -> pa.Table:
    return pa.table(
        {
            "course_id": pa.array([course.course_id for course in figures], pa.string()),
            "figures": pa.array(
                [msgspec.json.encode(course).decode() for course in figures], pa.string()
            ),
        }
    )


def _store_kpis(connection: Connection, figures: Sequence[CourseFigures], number: int) -> None:
    rows = [
        (course.course_id, name, measure)
        for course in figures
        for name, measure in course.kpis.items()
        if measure.as_of is not None
    ]
    measures: list[Measure] = [measure for _, _, measure in rows]
    values = {
        "build_id": number,
        "course_ids": [course_id for course_id, _, _ in rows],
        "kpis": [name for _, name, _ in rows],
        "as_ofs": [measure.as_of for measure in measures],
        "values": [measure.value for measure in measures],
        "ns": [measure.n for measure in measures],
        "lows": [measure.low for measure in measures],
        "highs": [measure.high for measure in measures],
    }
    connection.execute(query(_FILE, "store_kpis"), values)


def _store_keys(connection: Connection, build: Build, number: int) -> None:
    outdated = sorted({*build.courses, *build.keys, SCHOOL})
    connection.execute(query(_FILE, "delete_keys"), {"courses": outdated})
    connection.execute(
        query(_FILE, "store_keys"),
        {"build_id": number, "course_ids": list(build.keys), "keys": list(build.keys.values())},
    )
