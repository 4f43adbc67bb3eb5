"""Reading a day of AppMetrica's events: each checked, typed, put in an order that is always one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from gradeline.records.slices import Slice
from gradeline.sources.appmetrica.fields import FIELDS
from gradeline.sources.appmetrica.files import convert, records_at
from gradeline.sources.appmetrica.map_events import answer_fault, fact_columns
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.reading.fact_writer import SliceCounts
from gradeline.sources.reading.rejects import RAW_MAX, RejectSpool
from gradeline.sources.source import Reading
from gradeline.sources.sql import query
from gradeline.sources.tabular.views import map_reading_errors, open_reader

_QUERIES = "appmetrica"
_COPY = "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One raw file of the day."""

    path: Path
    table: Path  #: its records as Parquet, every field text
    rejects: RejectSpool  #: records that no parser takes


def read_day(slice_: Slice, raws: Sequence[Path], facts: Path, mappings: FieldMappings) -> Reading:
    """Write the sound events of a day to `facts` and return what became of all of them.

    Raises:
        InputBroken, WrongAnswer: a file as a whole cannot be read.
        DiskFull: the disk is full.
    """
    spool = facts.parent
    parts = [_convert(path, spool / f"part-{number}") for number, path in enumerate(raws)]
    try:
        with (
            map_reading_errors("AppMetrica's events", str(slice_)),
            open_reader(spool, "UTC") as connection,
        ):
            connection.execute("SET VARIABLE day = ?", [slice_.window])
            connection.execute("SET VARIABLE slice = ?", [str(slice_)])
            _check(connection, parts, mappings, spool / "judged.parquet")
            _write_facts(connection, mappings, facts)
            rejects = RejectSpool(facts.with_suffix(".broken"))
            _collect_rejects(connection, parts, rejects)
            return _summarize(connection, facts, rejects)
    except BaseException:
        facts.unlink(missing_ok=True)
        raise


def _convert(path: Path, out: Path) -> _Part:
    table = out.with_suffix(".parquet")
    rejects = RejectSpool(out.with_suffix(".broken"))
    convert(path, table, rejects.reject_line)
    return _Part(path=path, table=table, rejects=rejects)


def _check(
    connection: duckdb.DuckDBPyConnection,
    parts: Sequence[_Part],
    mappings: FieldMappings,
    to: Path,
) -> None:
    """Write every record with its fault to `to`, and open it as the view `judged`.

    The parts are one table: a day by its hours may have thousands.
    """
    empty = pa.schema([(name, pa.string()) for name in FIELDS]).empty_table()
    connection.register("no_records", empty)
    tables = [str(part.table) for part in parts]
    rows = connection.read_parquet(tables, union_by_name=True, filename=True)
    known = [name for name in rows.columns if name in (*FIELDS, "_line", "filename")]
    rows.select(*known).create_view("parts")
    connection.sql(query(_QUERIES, "records")).create_view("records")
    checked = connection.sql(query(_QUERIES, "checked"))
    fault = f"coalesce(fault, {answer_fault(mappings)})"
    checked.project(f"* REPLACE ({fault} AS fault)").create_view("checked")
    _copy(connection, query(_QUERIES, "judged"), to)
    connection.read_parquet(str(to)).create_view("judged")


def _write_facts(
    connection: duckdb.DuckDBPyConnection, mappings: FieldMappings, facts: Path
) -> None:
    """Write the sound events in their order, with what field_mappings.yaml finds in each."""
    events = connection.sql(query(_QUERIES, "events"))
    events.project(fact_columns(mappings)).create_view("mapped")
    _copy(connection, query(_QUERIES, "facts"), facts)


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, to: Path) -> None:
    quoted = str(to).replace("'", "''")
    connection.execute(f"COPY ({sql}) TO '{quoted}' {_COPY}")


def _collect_rejects(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[_Part], rejects: RejectSpool
) -> None:
    """Add what no parser takes and what is not sound, part by part."""
    rows = connection.sql(query(_QUERIES, "faulty")).to_arrow_table()
    for number, part in enumerate(parts):
        for reject in part.rejects:
            rejects.add(_place(reject.raw), reject.reason, reject.raw)
        of_part = rows.filter(pc.equal(rows["_part"], number))
        lines, faults = of_part["_line"].to_pylist(), of_part["fault"].to_pylist()
        for fault, raw in zip(faults, records_at(part.path, lines), strict=True):
            rejects.add(_place(raw), fault, raw[:RAW_MAX])


def _place(raw: bytes) -> str:
    """Name a record by its content, for it has another line in each file of a day."""
    return f"events, row {hashlib.sha256(raw).hexdigest()[:12]}"


def _summarize(connection: duckdb.DuckDBPyConnection, facts: Path, rejects: RejectSpool) -> Reading:
    connection.read_parquet(str(facts)).create_view("facts")
    ((stored, first, last, total),) = connection.execute(query(_QUERIES, "summary")).fetchall()
    counts = SliceCounts(rejects=rejects, stored=stored)
    counts.include((), _instant(first), _instant(last))
    reading = counts.to_reading(f"{int(total or 0) % 2**64:016x}")
    # An event names no course, so it may touch any.
    return replace(reading, courses=None) if stored else reading


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else _EPOCH + timedelta(seconds=seconds)
