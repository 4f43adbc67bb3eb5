"""A school's own files without some learners: which rows name them, by the mapping's own words.

A column holds learners where it agrees, row by row, with the `learner_id` that the mapping makes
of its file; other files of the slice are known by the same name of a column. What means a
learner wherever it stands (an e-mail, an id that is no plain number) is found in any text.
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
from gradeline.sources.erasure.learners import Known, Take, Who, words_of
from gradeline.sources.files.erase_xlsx import without_rows
from gradeline.sources.reading.text_lines import chunks, form_of
from gradeline.sources.tabular.checks import cast_to, literal, quoted
from gradeline.sources.tabular.json_lines import records_of
from gradeline.sources.tabular.mapping import Query
from gradeline.sources.tabular.read import Job
from gradeline.sources.tabular.views import (
    OpenFile,
    columns_of,
    confine,
    converted,
    line_rejects,
    open_view,
    reader,
    translated,
)

#: Rows by which a column is known to hold learners: enough that no other column agrees in all.
_LOOKED_AT = 10_000
#: The view of the query that is looked at; no file is named so.
_WHO = "_who"
#: A record of a CSV file may run over so many lines, as its reader has it.
_SPAN = 1000


def learners_in(job: Job, known: Known) -> frozenset[str]:
    """The texts of a slice's files that are known, of those that may name a learner.

    Raises:
        InputBroken, MappingBroken, DiskFull: as when the slice is read.
    """
    found: set[str] = set()
    with _opened(job) as opened:
        for query in opened.queries:
            _open_query(opened.connection, query)
            kinds = columns_of(opened.connection, _WHO)
            person = _as_text(_person(query), kinds[_person(query)])
            found |= _distinct(opened.connection, person, _WHO, known)
        for table, columns in opened.columns.items():
            kinds = columns_of(opened.connection, table)
            for column in columns:
                text = _as_text(column, kinds[column])
                found |= _distinct(opened.connection, text, table, known)
    for file in job.files:
        for line in line_rejects(file, job.clean):
            found.update(filter(known, words_of(line.raw.decode("utf-8", "replace"))))
    return frozenset(found)


def without(job: Job, who: Who, spool: Path, take: Take) -> Sequence[Path]:
    """A slice's files without these learners, in their order.

    What is made on the way names them still: `job.clean` and `job.spool` must not outlive it.

    Raises:
        InputBroken, MappingBroken, DiskFull: as when the slice is read, or one cannot be rewritten.
    """
    with _opened(job) as opened:
        rows = _rows_of(opened, job, who)
    paths: list[Path] = []
    for number, file in enumerate(job.files):
        out = _Out(
            rows=rows.get(file.name, frozenset()),
            wrong=_rejected_lines(file, job.clean, who),
        )
        if not (out.rows or out.wrong):
            paths.append(file.path)
            continue
        to = spool / f"without-{number}.{file.format}"
        # What is left out of the file that leads the slice are records of the slice.
        _WRITERS[file.format](file, out, to, take if number == 0 else _nobody)
        paths.append(to)
    return paths


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """The files of one slice as views, and what is known of their columns."""

    connection: duckdb.DuckDBPyConnection
    queries: Sequence[Query]  #: those that say who is meant and can be run on these files
    columns: Mapping[str, frozenset[str]]  #: table → its columns that hold learners


@dataclass(frozen=True, kw_only=True)
class _Out:
    """What is to leave a file, by line, row or element from 1."""

    rows: frozenset[int]  #: where records begin
    wrong: frozenset[int]  #: lines that are no records


@contextmanager
def _opened(job: Job) -> Iterator[_Opened]:
    with (
        translated(job.query.file, job.files[0].name),
        reader(job.spool, job.timezone) as connection,
    ):
        confine(connection, [converted(file, job.clean) for file in job.files])
        connection.execute(job.mapping.macros)
        tables: dict[str, list[OpenFile]] = defaultdict(list)
        for file in job.files:
            tables[file.table].append(file)
        for name, parts in tables.items():
            open_view(connection, name, sorted(parts, key=lambda part: part.name), job.clean)
        queries = [
            query
            for query in job.mapping.queries.values()
            if _person(query) and {query.leading, *query.others} <= set(tables)
        ]
        for lookup in {each for query in queries for each in query.lookups}:
            connection.execute(f"CREATE TEMP VIEW {quoted(lookup.table)} AS {lookup.sql}")
        yield _Opened(
            connection=connection, queries=queries, columns=_columns(connection, queries, tables)
        )


def _columns(
    connection: duckdb.DuckDBPyConnection, queries: Sequence[Query], tables: Collection[str]
) -> Mapping[str, frozenset[str]]:
    """Table → the columns that hold learners: its own, else those of a name that others' have."""
    own: dict[str, set[str]] = defaultdict(set)
    for query in queries:
        own[query.leading] |= _agreeing(connection, query)
    named = {column.lower() for columns in own.values() for column in columns}
    return {
        table: frozenset(own[table])
        or frozenset(each for each in columns_of(connection, table) if each.lower() in named)
        for table in tables
    }


def _person(query: Query) -> str:
    """The column of a query that says which learner a row is about; empty = none does."""
    if query.table == LEARNER_LINKS.name:
        return "external_id"
    return "learner_id" if "learner_id" in CANONICAL[query.table].schema.names else ""


def _open_query(connection: duckdb.DuckDBPyConnection, query: Query) -> None:
    # On one line with the query's first, so that DuckDB counts lines as the file does.
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {_WHO} AS {query.sql}")


def _as_text(column: str, kind: str) -> str:
    return cast_to(column, kind, "VARCHAR")


def _agreeing(connection: duckdb.DuckDBPyConnection, query: Query) -> set[str]:
    """The columns of a query's leading table that are the learner's id in every row looked at."""
    _open_query(connection, query)
    person = _as_text(_person(query), columns_of(connection, _WHO)[_person(query)])
    kinds = {
        name: kind
        for name, kind in columns_of(connection, query.leading).items()
        if name not in ("_file", "_line")
    }
    texts = (f"trim({_as_text(name, kind)})" for name, kind in kinds.items())
    people = "count(asked._person)"
    same = ", ".join(f"count(*) FILTER ({text} = trim(asked._person)) = {people}" for text in texts)
    given = connection.execute(
        f"SELECT {people}, {same} FROM {quoted(query.leading)} AS lead "
        f"JOIN (SELECT _file, _line, {person} AS _person FROM {_WHO} LIMIT {_LOOKED_AT}) AS asked "
        "ON lead._file = asked._file AND lead._line = asked._line"
    ).fetchone()
    if given is None or not given[0]:
        return set()
    return {name for name, agrees in zip(kinds, given[1:], strict=True) if agrees}


def _distinct(
    connection: duckdb.DuckDBPyConnection, text: str, table: str, known: Known
) -> set[str]:
    rows = connection.execute(f"SELECT DISTINCT trim({text}) FROM {quoted(table)}")
    found: set[str] = set()
    while batch := rows.fetchmany(_LOOKED_AT):
        found.update(each for (each,) in batch if each is not None and known(each))
    return found


def _rows_of(opened: _Opened, job: Job, who: Who) -> Mapping[str, frozenset[int]]:
    """File → where its records begin that name one of these learners."""
    found: dict[str, set[int]] = defaultdict(set)
    for query in opened.queries:
        _open_query(opened.connection, query)
        kinds = columns_of(opened.connection, _WHO)
        persons = [name for name in {_person(query), "learner_id"} if name in kinds]
        named = " OR ".join(_among(_as_text(name, kinds[name]), who.ids) for name in persons)
        _collect(opened.connection, _WHO, named, found)
    for table in {file.table for file in job.files}:
        _collect(opened.connection, table, _naming(opened, table, who), found)
    return {name: frozenset(rows) for name, rows in found.items()}


def _naming(opened: _Opened, table: str, who: Who) -> str:
    kinds = columns_of(opened.connection, table)
    pattern = literal(who.anywhere)
    said = [_among(_as_text(name, kinds[name]), who.ids) for name in opened.columns[table]]
    said += [
        f"regexp_matches({quoted(name)}::VARCHAR, {pattern})"
        for name, kind in kinds.items()
        if name not in ("_file", "_line") and not _is_plain(kind)
    ]
    return " OR ".join(said) or "false"


def _is_plain(kind: str) -> bool:
    """Whether no text can stand in a column of this type."""
    plain = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "DOUBLE", "FLOAT", "DATE", "BOOLEAN")
    return kind in plain or kind.startswith(("TIME", "DECIMAL", "HUGEINT"))


def _among(text: str, ids: Collection[str]) -> str:
    listed = ", ".join(map(literal, sorted(ids)))
    return f"trim({text}) IN ({listed})" if listed else "false"


def _collect(
    connection: duckdb.DuckDBPyConnection, table: str, named: str, found: dict[str, set[int]]
) -> None:
    rows = connection.execute(f"SELECT _file, _line FROM {quoted(table)} WHERE {named}")
    for name, line in rows.fetchall():
        if line is not None:
            found[name].add(line)


def _rejected_lines(file: OpenFile, clean: Path, who: Who) -> frozenset[int]:
    """Return the numbers of the lines that could not be parsed and may name a learner."""
    rejects = (each for each in line_rejects(file, clean) if who.touched_by(each.raw))
    return frozenset(int(each.place.removeprefix("line ")) for each in rejects)


def _nobody(_place: str, _raw: bytes) -> None:
    """Takes nothing: the record belongs to another slice."""


def _text(file: OpenFile, out: _Out, to: Path, take: Take) -> None:
    """CSV and TSV: the lines of a record become blank, so that later ones keep their numbers."""
    form = form_of(file.path, file.name)
    record: list[bytes] = []
    number, is_open = 0, False
    with file.path.open("rb") as given, to.open("wb") as target:
        target.write(given.read(form.skip) if form.stored == form.encoding else b"")
        for line in (line for lines in chunks(file.path, form) for line in lines):
            number += 1
            if is_open and len(record) < _SPAN:
                record.append(line)
                is_open ^= _is_odd(line)
            else:
                _told(record, file, number, take)
                goes = number in out.rows or number in out.wrong
                record = [line] if goes else []
                is_open = number in out.rows and _is_odd(line)
                target.write(b"" if goes else line)
            target.write(form.end)
        _told(record, file, number + 1, take)


def _is_odd(line: bytes) -> bool:
    """Whether a quote is opened in a line, or closed, that is not closed or opened there."""
    return bool(line.count(b'"') & 1)


def _told(record: list[bytes], file: OpenFile, number: int, take: Take) -> None:
    if record:
        take(f"{file.name}, line {number - len(record)}", b"\n".join(record))


def _json(file: OpenFile, out: _Out, to: Path, take: Take) -> None:
    """JSON: an array loses its elements, lines become blank."""
    with file.path.open("rb") as given:
        head = given.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    packed = head.startswith(b"\x1f\x8b") or file.format.endswith(".gz")
    array = not packed and head.startswith(b"[") and file.name.endswith(".json")
    with to.open("wb") as target:
        if packed:
            with gzip.GzipFile(filename="", mode="wb", fileobj=target, mtime=0) as folded:
                _write_records(file, out, folded.write, take, array=array)
        else:
            _write_records(file, out, target.write, take, array=array)


def _write_records(
    file: OpenFile,
    out: _Out,
    write: Callable[[bytes], object],
    take: Take,
    *,
    array: bool,
) -> None:
    at, wrote = 1, False
    write(b"[" if array else b"")
    for number, raw in records_of(file.path, file.name):
        if number in out.rows or number in out.wrong:
            take(f"{file.name}, line {number}", raw)
        elif array:
            write((b",\n" if wrote else b"") + raw)
            wrote = True
        else:
            write(b"\n" * (number - at) + raw.rstrip(b"\r\n") + b"\n")
            at = number + 1
    write(b"]\n" if array else b"")


def _parquet(file: OpenFile, out: _Out, to: Path, take: Take) -> None:
    with pq.ParquetFile(file.path) as given:
        schema, row = given.schema_arrow, 0
        with pq.ParquetWriter(to, schema, compression="zstd") as writer:
            for batch in given.iter_batches():
                gone = pa.array([row + n + 1 in out.rows for n in range(batch.num_rows)])
                for number, each in _taken(batch, gone, row):
                    take(f"{file.name}, row {number}", each)
                writer.write_batch(batch.filter(pc.invert(gone)))
                row += batch.num_rows


def _taken(batch: pa.RecordBatch, gone: pa.Array, first: int) -> Iterator[tuple[int, bytes]]:
    numbers = [first + n + 1 for n, out in enumerate(gone.to_pylist()) if out]
    for number, row in zip(numbers, batch.filter(gone).to_pylist(), strict=True):
        yield number, str(row).encode()


def _xlsx(file: OpenFile, out: _Out, to: Path, take: Take) -> None:
    without_rows(file.path, file.name, out.rows, to, take)


_Writer = Callable[[OpenFile, _Out, Path, Take], None]
_WRITERS: Mapping[str, _Writer] = {
    "csv": _text,
    "tsv": _text,
    "json": _json,
    "ndjson": _json,
    "ndjson.gz": _json,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
