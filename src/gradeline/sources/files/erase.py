"""Erase learners from a school's own files, whose columns only the mapping explains.

A column holds learners if it equals, row by row, the `learner_id` that the mapping makes of its
file; in other files of the slice a column of the same name does, unless the file is about
something else, such as courses. What means a learner in any field (an e-mail, an id that is not a
plain number) is found in any text.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.sources.erasure.learners import IsForgotten, LearnerIds, OnErased, words_of
from gradeline.sources.files.erase_xlsx import erase_rows
from gradeline.sources.id_columns import normalized_sql
from gradeline.sources.reading.text_lines import chunks, lines_form
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular.checks import cast_to
from gradeline.sources.tabular.job import Job
from gradeline.sources.tabular.mapping import MappingFolder, Query
from gradeline.sources.tabular.records import is_array, is_packed, records_of
from gradeline.sources.tabular.views import (
    OpenFile,
    columns_of,
    line_rejects,
    map_reading_errors,
    open_reader,
    open_tables,
    restrict_files,
    to_parquet,
)

#: Rows that are compared to find the columns of learners; no other column is equal in all of them.
_SAMPLE_ROWS = 10_000
#: The view of the current query; no file has this name.
_VIEW = "_who"
#: Lines that one record of a CSV file may have, as for its reader.
_SPAN = 1000


def find_joined_tables(job: Job) -> frozenset[str]:
    """Return tables that a slice lacks, but that are joined to its own to find their learners."""
    own = {file.table for file in job.files}
    queries = [query for query in job.mapping.queries.values() if query.leading in own]
    joined = {table for query in queries if _learner_column(query) for table in query.others}
    return frozenset(joined - own)


def find_learners(job: Job, is_forgotten: IsForgotten) -> frozenset[str]:
    """Return the ids and e-mails in a slice's files for which `is_forgotten` is true.

    Raises:
        InputBroken, MappingBroken, DiskFull: as when the slice is read.
    """
    found: set[str] = set()
    with _opened(job) as opened:
        for query in opened.queries:
            _open_query(opened.connection, query)
            kinds = columns_of(opened.connection, _VIEW)
            person = _as_text(_learner_column(query), kinds[_learner_column(query)])
            found |= _distinct(opened.connection, person, _VIEW, is_forgotten)
        for table, columns in opened.columns.items():
            kinds = columns_of(opened.connection, table)
            for column in columns:
                text = _as_text(column, kinds[column])
                found |= _distinct(opened.connection, text, table, is_forgotten)
    for file in job.files:
        for line in line_rejects(file, job.clean):
            found.update(filter(is_forgotten, words_of(line.raw.decode("utf-8", "replace"))))
    return frozenset(found)


def erase_learners(
    job: Job, learners: LearnerIds, spool: Path, on_erased: OnErased
) -> Sequence[Path]:
    """Write a slice's files without these learners.

    Intermediate files in `job.clean` and `job.spool` still name them: delete both afterwards.

    Returns:
        The files in their order: rewritten ones in `spool`, others where they are.

    Raises:
        InputBroken, MappingBroken, DiskFull: as when the slice is read, or one cannot be rewritten.
    """
    with _opened(job) as opened:
        rows = _rows_of(opened, job, learners)
    paths: list[Path] = []
    for number, file in enumerate(job.files):
        erased = _ErasedLines(
            rows=rows.get(file.name, frozenset()),
            rejected=_rejected_lines(file, job.clean, learners),
        )
        if not (erased.rows or erased.rejected):
            paths.append(file.path)
            continue
        to = spool / f"without-{number}.{file.format}"
        # The rows of other files are records of the slice that accounts for them.
        own = number == 0 or file.name in job.accounts
        _WRITERS[file.format](file, erased, to, on_erased if own else _ignore)
        paths.append(to)
    return paths


@dataclass(frozen=True, kw_only=True)
class _SliceViews:
    """The files of one slice as views, and their columns of learners."""

    connection: duckdb.DuckDBPyConnection
    queries: Sequence[Query]  #: those that name learners and read only these files
    columns: Mapping[str, frozenset[str]]  #: table → its columns that hold learners


@dataclass(frozen=True, kw_only=True)
class _ErasedLines:
    """What to erase from a file, by the number of a line, row or element, from 1."""

    rows: frozenset[int]  #: first lines of records
    rejected: frozenset[int]  #: lines that could not be parsed


@contextmanager
def _opened(job: Job) -> Iterator[_SliceViews]:
    with (
        map_reading_errors(job.query.file, job.files[0].name),
        open_reader(job.spool, job.timezone) as connection,
    ):
        files = [*job.files, *job.joined]
        restrict_files(connection, [to_parquet(file, job.clean) for file in files])
        connection.execute(job.mapping.macros)
        tables: dict[str, list[OpenFile]] = defaultdict(list)
        for file in files:
            tables[file.table].append(file)
        open_tables(connection, tables, job.clean)
        queries = [
            query
            for query in job.mapping.queries.values()
            if _learner_column(query) and {query.leading, *query.others} <= set(tables)
        ]
        for lookup in {each for query in queries for each in query.lookups}:
            connection.execute(f"CREATE TEMP VIEW {quoted(lookup.table)} AS {lookup.sql}")
        yield _SliceViews(
            connection=connection,
            queries=queries,
            columns=_columns(connection, job.mapping, queries, tables),
        )


def _columns(
    connection: duckdb.DuckDBPyConnection,
    mapping: MappingFolder,
    queries: Sequence[Query],
    tables: Collection[str],
) -> Mapping[str, frozenset[str]]:
    """Return table → its columns of learners; where it has none, those named as in other tables.

    In a table about something else an `id` is not a learner's: it leads queries, and none of them
    names learners.
    """
    own: dict[str, set[str]] = defaultdict(set)
    for query in queries:
        own[query.leading] |= _columns_equal_to_learner(connection, query)
    named = {column.lower() for columns in own.values() for column in columns}
    leading = {query.leading for query in mapping.queries.values()}
    about_learners = {q.leading for q in mapping.queries.values() if _learner_column(q)}
    return {
        table: frozenset(own[table])
        or frozenset(
            column
            for column in columns_of(connection, table)
            if column.lower() in named and table not in leading - about_learners
        )
        for table in tables
    }


def _learner_column(query: Query) -> str:
    """Return the column of a query that names the learner of a row; empty if there is none."""
    if query.table == LEARNER_LINKS.name:
        return "external_id"
    return "learner_id" if "learner_id" in CANONICAL[query.table].schema.names else ""


def _open_query(connection: duckdb.DuckDBPyConnection, query: Query) -> None:
    # On one line with the query's first, so that DuckDB counts lines as the file does.
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {_VIEW} AS {query.sql}")


def _as_text(column: str, kind: str) -> str:
    """Return SQL for a column's texts in the one spelling of ids."""
    return normalized_sql(cast_to(column, kind, "VARCHAR"))


def _columns_equal_to_learner(connection: duckdb.DuckDBPyConnection, query: Query) -> set[str]:
    """Return the columns of a query's leading table that equal the learner's id in all samples."""
    _open_query(connection, query)
    person = _as_text(_learner_column(query), columns_of(connection, _VIEW)[_learner_column(query)])
    kinds = {
        name: kind
        for name, kind in columns_of(connection, query.leading).items()
        if name not in ("_file", "_line")
    }
    texts = (_as_text(name, kind) for name, kind in kinds.items())
    people = "count(asked._person)"
    same = ", ".join(f"count(*) FILTER ({text} = asked._person) = {people}" for text in texts)
    given = connection.execute(
        f"SELECT {people}, {same} FROM {quoted(query.leading)} AS lead "
        f"JOIN (SELECT _file, _line, {person} AS _person FROM {_VIEW} "
        f"LIMIT {_SAMPLE_ROWS}) AS asked "
        "ON lead._file = asked._file AND lead._line = asked._line"
    ).fetchone()
    if given is None or not given[0]:
        return set()
    return {name for name, agrees in zip(kinds, given[1:], strict=True) if agrees}


def _distinct(
    connection: duckdb.DuckDBPyConnection, text: str, table: str, is_forgotten: IsForgotten
) -> set[str]:
    rows = connection.execute(f"SELECT DISTINCT {text} FROM {quoted(table)}")
    found: set[str] = set()
    while batch := rows.fetchmany(_SAMPLE_ROWS):
        found.update(each for (each,) in batch if each is not None and is_forgotten(each))
    return found


def _rows_of(opened: _SliceViews, job: Job, learners: LearnerIds) -> Mapping[str, frozenset[int]]:
    """Return file → the first lines of its records that name one of these learners."""
    found: dict[str, set[int]] = defaultdict(set)
    for query in opened.queries:
        _open_query(opened.connection, query)
        kinds = columns_of(opened.connection, _VIEW)
        persons = [name for name in {_learner_column(query), "learner_id"} if name in kinds]
        named = " OR ".join(
            _is_one_of(_as_text(name, kinds[name]), learners.ids) for name in persons
        )
        _collect(opened.connection, _VIEW, named, found)
    for table in {file.table for file in job.files}:
        _collect(opened.connection, table, _names_learner(opened, table, learners), found)
    return {name: frozenset(rows) for name, rows in found.items()}


def _names_learner(opened: _SliceViews, table: str, learners: LearnerIds) -> str:
    kinds = columns_of(opened.connection, table)
    pattern = literal(learners.anywhere)
    conditions = [
        _is_one_of(_as_text(name, kinds[name]), learners.ids) for name in opened.columns[table]
    ]
    conditions += [
        f"regexp_matches({quoted(name)}::VARCHAR, {pattern})"
        for name, kind in kinds.items()
        if name not in ("_file", "_line") and not _is_plain(kind)
    ]
    return " OR ".join(conditions) or "false"


def _is_plain(kind: str) -> bool:
    """Whether a column of this type cannot hold text."""
    plain = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "DOUBLE", "FLOAT", "DATE", "BOOLEAN")
    return kind in plain or kind.startswith(("TIME", "DECIMAL", "HUGEINT"))


def _is_one_of(text: str, ids: Collection[str]) -> str:
    listed = ", ".join(map(literal, sorted(ids)))
    return f"{text} IN ({listed})" if listed else "false"


def _collect(
    connection: duckdb.DuckDBPyConnection, table: str, named: str, found: dict[str, set[int]]
) -> None:
    rows = connection.execute(f"SELECT _file, _line FROM {quoted(table)} WHERE {named}")
    for name, line in rows.fetchall():
        if line is not None:
            found[name].add(line)


def _rejected_lines(file: OpenFile, clean: Path, learners: LearnerIds) -> frozenset[int]:
    """Return the numbers of the lines that could not be parsed and may name a learner."""
    rejects = (each for each in line_rejects(file, clean) if learners.may_be_in(each.raw))
    return frozenset(int(each.place.removeprefix("line ")) for each in rejects)


def _ignore(_place: str, _raw: bytes) -> None:
    """Do nothing: the record belongs to another slice."""


def _text(file: OpenFile, erased: _ErasedLines, to: Path, on_erased: OnErased) -> None:
    """Rewrite CSV or TSV; erased lines become blank, so that later ones keep their numbers."""
    form = lines_form(file.path, file.name, file.rule)
    record: list[bytes] = []
    number, is_open = 0, False
    with file.path.open("rb") as given, to.open("wb") as target:
        target.write(given.read(form.skip) if not form.is_utf16 else b"")
        for line in (line for lines in chunks(file.path, form) for line in lines):
            number += 1
            if is_open and len(record) < _SPAN:
                record.append(line)
                is_open ^= _is_odd(line)
            else:
                _report(record, file, number, on_erased)
                goes = number in erased.rows or number in erased.rejected
                record = [line] if goes else []
                is_open = number in erased.rows and _is_odd(line)
                target.write(b"" if goes else line)
            target.write(form.end)
        _report(record, file, number + 1, on_erased)


def _is_odd(line: bytes) -> bool:
    """Whether a line has an odd number of quotes, so that a quoted field goes on or ends there."""
    return bool(line.count(b'"') & 1)


def _report(record: list[bytes], file: OpenFile, number: int, on_erased: OnErased) -> None:
    if record:
        on_erased(f"{file.name}, line {number - len(record)}", b"\n".join(record))


def _json(file: OpenFile, erased: _ErasedLines, to: Path, on_erased: OnErased) -> None:
    """Rewrite JSON; an array loses elements, erased lines become blank."""
    with file.path.open("rb") as given:
        head = given.read(4096)
    packed, array = is_packed(head, file.name), is_array(head, file.name)
    with to.open("wb") as target:
        if packed:
            with gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0) as folded:
                _write_records(file, erased, folded.write, on_erased, array=array)
        else:
            _write_records(file, erased, target.write, on_erased, array=array)


def _write_records(
    file: OpenFile,
    erased: _ErasedLines,
    write: Callable[[bytes], object],
    on_erased: OnErased,
    *,
    array: bool,
) -> None:
    at, wrote = 1, False
    write(b"[" if array else b"")
    for number, raw in records_of(file.path, file.name):
        if number in erased.rows or number in erased.rejected:
            on_erased(f"{file.name}, line {number}", raw)
        elif array:
            write((b",\n" if wrote else b"") + raw)
            wrote = True
        else:
            write(b"\n" * (number - at) + raw.rstrip(b"\r\n") + b"\n")
            at = number + 1
    write(b"]\n" if array else b"")


def _parquet(file: OpenFile, erased: _ErasedLines, to: Path, on_erased: OnErased) -> None:
    with pq.ParquetFile(file.path) as given:
        schema, row = given.schema_arrow, 0
        with pq.ParquetWriter(to, schema, compression="zstd") as writer:
            for batch in given.iter_batches():
                gone = pa.array([row + n + 1 in erased.rows for n in range(batch.num_rows)])
                for number, each in _erased_rows(batch, gone, row):
                    on_erased(f"{file.name}, row {number}", each)
                writer.write_batch(batch.filter(pc.invert(gone)))
                row += batch.num_rows


def _erased_rows(batch: pa.RecordBatch, gone: pa.Array, first: int) -> Iterator[tuple[int, bytes]]:
    numbers = [first + n + 1 for n, erased in enumerate(gone.to_pylist()) if erased]
    for number, row in zip(numbers, batch.filter(gone).to_pylist(), strict=True):
        yield number, str(row).encode()


def _xlsx(file: OpenFile, erased: _ErasedLines, to: Path, on_erased: OnErased) -> None:
    erase_rows(file.path, file.name, erased.rows | erased.rejected, to, on_erased)


_Writer = Callable[[OpenFile, _ErasedLines, Path, OnErased], None]
_WRITERS: Mapping[str, _Writer] = {
    "csv": _text,
    "tsv": _text,
    "json": _json,
    "ndjson": _json,
    "ndjson.gz": _json,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
