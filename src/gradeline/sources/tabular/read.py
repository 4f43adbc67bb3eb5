"""Reading one slice: a mapping's query over one file, each row checked, good ones to Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from gradeline.records.counts import Counts, LineCounts
from gradeline.records.slices import RejectedRecord
from gradeline.records.tables import CANONICAL
from gradeline.sources.reading.rejects import RejectSpool
from gradeline.sources.source import Reading
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular import views
from gradeline.sources.tabular.checked_rows import check_rows, place_columns
from gradeline.sources.tabular.checks import (
    DUPLICATE,
    RowCheck,
    is_wall_time,
    row_checks,
    typed_columns,
)
from gradeline.sources.tabular.ids import all_normal_sql
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.line_counts import count_lines, has_all_lines
from gradeline.sources.tabular.mapped_rows import open_mapped
from gradeline.sources.tabular.rejected_rows import LineRejects, spool_bad_rows
from gradeline.sources.tabular.streams import content_schema

_COPY = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2"
#: Events repeat a few learners and types: small dictionaries are a tenth faster, for they stay in
#: the processor's cache. Texts with more values in a row group are written without one.
_EVENTS_COPY = f"{_COPY}, DICTIONARY_SIZE_LIMIT 8192"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read_slice(job: Job, facts: Path) -> Reading:
    """Write the valid rows of a slice to `facts` and count what became of the others.

    Raises:
        InputBroken: a file cannot be read as what its name says, or lacks a column.
        MappingBroken: the SQL has a mistake.
        DiskFull: the disk is full.
    """
    try:
        with (
            views.map_reading_errors(job.query.file, job.files[0].name),
            views.open_reader(job.spool, job.timezone) as connection,
        ):
            return _read(connection, job, facts)
    except BaseException:
        facts.unlink(missing_ok=True)
        raise


def _read(connection: duckdb.DuckDBPyConnection, job: Job, facts: Path) -> Reading:
    views.restrict_files(
        connection, [*(views.to_parquet(file, job.clean) for file in job.files), facts]
    )
    rejects = LineRejects.of(job)
    given, known = open_mapped(connection, job.mapping, job.query, job.files, job.clean)
    select, lost = typed_columns(job.query.table, given)
    columns = ", ".join([*select, *place_columns(job)])
    connection.execute(f"CREATE TEMP VIEW typed AS SELECT {columns} FROM mapped")
    checks = row_checks(job.query.table, given, known)
    if not job.query.united and _casts_lose_nothing(connection, job.query.table, given, lost):
        _copy(connection, job, facts, "_own_line - 1", "typed")
        found = _summarise_facts(connection, job, facts, checks)
        if found.sound and _ids_are_normal(connection, job, facts):
            lines = _count_lines_of_facts(connection, job, facts, found)
            return replace(_reading(found, job, _SkippedRows(), rejects), lines=lines)
    return _read_row_by_row(connection, job, facts, [*lost, *checks], rejects)


@dataclass(frozen=True, kw_only=True)
class _SkippedRows:
    """The rows that are not stored."""

    duplicates: int = 0
    rejected: int = 0
    rows: Iterable[RejectedRecord] = ()


def _casts_lose_nothing(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    given: Mapping[str, str],
    lost: Sequence[RowCheck],
) -> bool:
    """Whether what casting lost will show in the rows written: as nulls where none may be.

    A time that the clock skips becomes another one, which would not show.
    """
    required = {field.name for field in content_schema(table) if not field.nullable}
    hiding = [
        check.fails_when
        for check in lost
        if check.column not in required
        or given[check.column] == "VARCHAR"
        or is_wall_time(given[check.column])
    ]
    return not hiding or _fetch_one(
        connection, f"SELECT count(*) FROM typed WHERE {' OR '.join(hiding)}"
    ) == (0,)


def _ids_are_normal(connection: duckdb.DuckDBPyConnection, job: Job, facts: Path) -> bool:
    """Whether all ids that were written are in their one spelling, as in most files."""
    rows = f"read_parquet({literal(str(facts))})"
    return _fetch_one(connection, all_normal_sql(job.query.table, rows)) == (True,)


def _copy(
    connection: duckdb.DuckDBPyConnection, job: Job, facts: Path, position: str, rows: str
) -> None:
    """Write rows as facts, in order; events stay as their file has them, which is in order."""
    columns = ", ".join(quoted(name) for name in content_schema(job.query.table).names)
    events = job.query.table == "events"
    order, form = ("", _EVENTS_COPY) if events else (" ORDER BY position", _COPY)
    # A type of one value is written without looking at every row; the file holds plain text.
    name = literal(str(job.slice))
    connection.execute(
        f"COPY (SELECT {name}::ENUM({name}) AS slice, {position} AS position, {columns} "
        f"FROM {rows}{order}) TO {literal(str(facts))} ({form})"
    )


@dataclass(frozen=True, kw_only=True)
class _FactSummary:
    """The result of one scan of a fact file."""

    sound: bool  #: all rows are good and none is there twice, so that none needs judging
    stored: int
    checksum: str
    courses: frozenset[str] | None
    first_line: int | None  #: the least position and one
    last_line: int | None  #: the greatest position and one
    first_us: int | None  #: oldest `at`, in microseconds since 1970
    last_us: int | None


def _summarise_facts(
    connection: duckdb.DuckDBPyConnection, job: Job, facts: Path, checks: Sequence[RowCheck]
) -> _FactSummary:
    """Check all rows of a fact file and add them up, in one scan.

    Most files are sound, and checking them once written is several times cheaper than checking
    rows on their way: the file knows the ends of its columns, and its texts are dictionaries.
    """
    key = CANONICAL[job.query.table].key
    names = content_schema(job.query.table).names
    named = quoted(key[0]) if len(key) == 1 else f"({', '.join(map(quoted, key))})"
    given = quoted(key[0]) if len(key) == 1 else "*"
    course = '"course_id"' if "course_id" in names else "NULL"
    at = '"at"' if "at" in names else "NULL::TIMESTAMPTZ"
    good, stored, low, high, mix, digest, courses, first, last = _fetch_one(
        connection,
        f"SELECT count({given}) = count(DISTINCT {named}) AND count(position) = count(*) "
        "AND coalesce(min(position) >= 0, true) "
        f"AND {_none_fails_sql(_checks_that_may_fail(connection, facts, checks))}, "
        "count(*), min(position), max(position), sum(hash(position)::HUGEINT), "
        f"printf('%016x', coalesce(sum(hash({', '.join(map(quoted, names))})::HUGEINT) % "
        f"18446744073709551616, 0)::UBIGINT), list(DISTINCT {course}), "
        f"epoch_us(min({at})), epoch_us(max({at})) FROM read_parquet({literal(str(facts))})",
    )
    return _FactSummary(
        sound=good
        and (not stored or _positions_are_unique(connection, facts, (stored, low, high, mix))),
        stored=stored,
        checksum=digest,
        courses=frozenset(courses or ()) - {None} if "course_id" in names else None,
        first_line=None if low is None else low + 1,
        last_line=None if high is None else high + 1,
        first_us=first,
        last_us=last,
    )


def _checks_that_may_fail(
    connection: duckdb.DuckDBPyConnection, facts: Path, checks: Sequence[RowCheck]
) -> Sequence[RowCheck]:
    """Return the checks that the statistics of the fact file do not rule out."""
    if not checks:
        return ()
    never_fails = ", ".join(f"coalesce({check.never_fails}, false)" for check in checks)
    cannot_fail = _fetch_one(
        connection, f"SELECT {never_fails} FROM read_parquet({literal(str(facts))})"
    )
    return [check for check, no in zip(checks, cannot_fail, strict=True) if not no]


def _none_fails_sql(checks: Sequence[RowCheck]) -> str:
    """Return SQL over all rows: whether none has one of these faults.

    Each is counted by itself, so that what is asked of a text is asked once for its dictionary.
    """
    found = " + ".join(f"count(*) FILTER (WHERE {check.fails_when})" for check in checks)
    return f"{found or 0} = 0"


def _positions_are_unique(
    connection: duckdb.DuckDBPyConnection, facts: Path, found: tuple[int, int, int, int]
) -> bool:
    """Whether no position comes twice, from how many there are, the ends and the hashes' sum."""
    count, first, last, mix = found
    if last - first + 1 == count:
        # Rows that are all the lines from first to last have this sum; that other rows have it
        # has a chance of 2⁻⁶⁴. It costs an eighth of counting distinct ones.
        lines = f"SELECT sum(hash(line)::HUGEINT) FROM range({first}, {last + 1}) AS lines(line)"
        return _fetch_one(connection, lines) == (mix,)
    rows = f"SELECT count(DISTINCT position) FROM read_parquet({literal(str(facts))})"
    return _fetch_one(connection, rows) == (count,)


def _count_lines_of_facts(
    connection: duckdb.DuckDBPyConnection, job: Job, facts: Path, found: _FactSummary
) -> tuple[LineCounts, ...]:
    """Count the lines of the leading file that gave no row; each other one gave one."""
    span = (found.stored, found.first_line, found.last_line)
    if not job.query.by_line or has_all_lines(connection, job, span):
        return ()
    rows = f"SELECT 0 AS _from, position + 1 AS _line FROM read_parquet({literal(str(facts))})"
    return count_lines(connection, job, f"({rows})")


def _read_row_by_row(
    connection: duckdb.DuckDBPyConnection,
    job: Job,
    facts: Path,
    checks: list[RowCheck],
    rejects: LineRejects,
) -> Reading:
    """Check each row, write the valid ones and spool the others for quarantine."""
    all_checks = check_rows(connection, job, checks)
    _copy(connection, job, facts, "position", "checked WHERE _bad = 0")
    duplicates, rejected = _fetch_one(
        connection,
        f"SELECT count(*) FILTER (_bad = {DUPLICATE}), count(*) FILTER (_bad > 0) FROM checked",
    )
    rows = RejectSpool(facts.with_suffix(".broken"))
    if rejected:
        spool_bad_rows(connection, job, all_checks, rows)
    found = _summarise_facts(connection, job, facts, [])
    skipped = _SkippedRows(duplicates=duplicates, rejected=rejected, rows=rows)
    lines = count_lines(connection, job, "checked")
    return replace(_reading(found, job, skipped, rejects), lines=lines)


def _reading(found: _FactSummary, job: Job, counts: _SkippedRows, rejects: LineRejects) -> Reading:
    quarantined = counts.rejected + rejects.count
    return Reading(
        counts=Counts(
            received=found.stored + counts.duplicates + quarantined,
            stored=found.stored,
            already_there=counts.duplicates,
            quarantined=quarantined,
        ),
        broken=chain(rejects, counts.rows),
        broken_elsewhere=rejects.elsewhere,
        checksum=found.checksum,
        courses=found.courses,
        earliest=_instant(found.first_us),
        latest=_instant(found.last_us),
        notes=_notes(job),
    )


def _notes(job: Job) -> Mapping[str, object]:
    encodings = views.encoding_notes(job.files, job.clean)
    return {"encodings": encodings} if encodings else {}


def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


def _fetch_one(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    """Return the one row of a query, fetched to its end so that the connection is free again."""
    (row,) = connection.execute(sql).fetchall()
    return tuple(row)
