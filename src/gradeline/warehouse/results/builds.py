"""Results: what metrics computed, published whole and read back as reports show it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
from pgpq import ArrowToPostgresBinaryEncoder, encoders
from pgpq import schema as pg
from psycopg import sql

from gradeline.records.course_figures import CourseFigures
from gradeline.records.measures import Measure
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.results.course import read_course
from gradeline.warehouse.sql import query

if TYPE_CHECKING:
    from pgpq._pgpq import EncoderBuilder  # a name of its type stub alone

__all__ = [
    "SCHOOL",
    "Build",
    "StagedRows",
    "course_ids",
    "course_keys",
    "keys",
    "learners_of",
    "links",
    "publish",
    "read_course",
    "stage",
]

_FILE = "results"
#: The course id under which the key of the school as a whole is kept.
SCHOOL = ""
_JSON = frozenset({"metrics", "rankings", "figures"})
#: Rows sent at a time: about 15 MB where each holds a JSON document.
_BATCH_ROWS = 10_000


@dataclass(frozen=True, kw_only=True)
class _Result:
    """A table of results: what names its rows and which of them a build touches."""

    name: str
    key: tuple[str, ...]
    touched: str  #: the query that is the condition


_FIGURES = "course_figures"
_RESULTS: Mapping[str, _Result] = MappingProxyType(
    {
        result.name: result
        for result in (
            _Result(name="materialized_stats", key=("type", "entity_id"), touched="touched_stats"),
            _Result(name="leaderboards", key=("scope", "scope_id"), touched="touched_all"),
            _Result(
                name="progress_summary", key=("learner_id", "course_id"), touched="touched_course"
            ),
            _Result(name="daily_statistics", key=("day",), touched="touched_all"),
            _Result(name=_FIGURES, key=("course_id",), touched="touched_course"),
        )
    }
)


@dataclass(frozen=True, kw_only=True)
class StagedRows:
    """Rows that wait beside a table of results; only the connection they came by sees them."""

    result: _Result
    columns: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Build:
    """Results that are to replace what they touch, all at once."""

    as_of: datetime  #: facts later than this did not exist for it
    terms: Mapping[str, str]  #: settings that its numbers depend on
    courses: frozenset[str]  #: computed again, or gone
    learners: frozenset[str] | None  #: whose own figures were computed again; null = all
    rows: Sequence[StagedRows]  #: of all that is touched: leaderboards and days whole
    figures: Sequence[CourseFigures]  #: of `courses`
    keys: Mapping[str, str]  #: course id, or SCHOOL → what its numbers depend on


def stage(connection: Connection, name: str, rows: pa.Table | pa.RecordBatchReader) -> StagedRows:
    """Let rows wait for the build that puts them into the table of that name, while it is made.

    No reader sees them, and no transaction of the caller's is needed: they go with the connection.
    """
    staged = StagedRows(result=_RESULTS[name], columns=tuple(rows.schema.names))
    names = _names(staged)
    connection.execute(_sql("stage", names))
    _copy(connection, rows, names)
    connection.execute(_sql("look", names))
    return staged


def publish(connection: Connection, build: Build, *, expected: Mapping[str, str]) -> int | None:
    """Replace what is touched by what was sent, in the caller's transaction; the build's number.

    Rows that are as they were are not written. Readers see the results of before until the
    transaction commits, and all of the new ones after it; builds wait for each other. Where the
    keys are no longer those `expected`, another build came first: null, and nothing is changed.
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
    for staged in (*build.rows, stage(connection, _FIGURES, _figures_table(build.figures))):
        _replace(connection, staged, values)
    connection.execute(query(_FILE, "extend"))
    _note_kpis(connection, build.figures, number)
    _note_keys(connection, build, number)
    return number


def course_ids(connection: Connection) -> list[str]:
    """The courses that have results, sorted."""
    return sorted(course_id for (course_id,) in connection.execute(query(_FILE, "course_ids")))


def keys(connection: Connection) -> Mapping[str, str]:
    """What the numbers of each course depend on, and those of SCHOOL, as last published."""
    return dict(connection.execute(query(_FILE, "keys")).fetchall())


def course_keys(connection: Connection) -> Mapping[str, str]:
    """What the numbers of each course depend on, as last published."""
    found = dict(keys(connection))
    found.pop(SCHOOL, None)
    return MappingProxyType(found)


def learners_of(connection: Connection, courses: Collection[str]) -> frozenset[str]:
    """Learners who have results in any of these courses."""
    rows = connection.execute(query(_FILE, "learners_of"), {"courses": sorted(courses)})
    return frozenset(learner_id for (learner_id,) in rows)


def links(connection: Connection) -> pa.Table:
    """The rows of learner_links, in order."""
    rows = connection.execute(query(_FILE, "links")).fetchall()
    names = ("source", "external_id", "learner_id")
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table(
        {name: pa.array(list(each), pa.string()) for name, each in zip(names, columns, strict=True)}
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
    """Make these the rows of what is touched, leaving alone those that are right already."""
    names = _names(staged)
    for step in ("take_away", "put_in", "unstage"):
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
    each = [sql.SQL(form).format(sql.Identifier(name)) for name in names]
    return sql.SQL(", ").join(each)


def _sql(name: str, names: Mapping[str, sql.Composable]) -> sql.Composed:
    return sql.SQL(query(_FILE, name)).format(**names)


def _figures_table(figures: Sequence[CourseFigures]) -> pa.Table:
    return pa.table(
        {
            "course_id": pa.array([each.course_id for each in figures], pa.string()),
            "figures": pa.array(
                [msgspec.json.encode(each).decode() for each in figures], pa.string()
            ),
        }
    )


def _note_kpis(connection: Connection, figures: Sequence[CourseFigures], number: int) -> None:
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
    connection.execute(query(_FILE, "note_kpis"), values)


def _note_keys(connection: Connection, build: Build, number: int) -> None:
    outdated = sorted({*build.courses, *build.keys, SCHOOL})
    connection.execute(query(_FILE, "forget_keys"), {"courses": outdated})
    connection.execute(
        query(_FILE, "note_keys"),
        {
            "build_id": number,
            "course_ids": list(build.keys),
            "keys": list(build.keys.values()),
        },
    )
