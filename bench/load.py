"""Bench (a): OULAD from publishers' files to lake and table, beside DuckDB and a bare COPY."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench import publishers
from bench.home import DATASETS, bench_home
from bench.home import run as run_command
from bench.rounds import alternate, show
from gradeline.lake import Lake, digest_of, fact_key, open_lake, raw_key
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.sources.files.datasets import parse_datasets
from gradeline.sources.files.source import open_files
from gradeline.sources.source import Fetch, PlanRequest, Source
from gradeline.warehouse import Connection, Database, EmbeddedServer, Role, open_warehouse
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger

TABLE = "bench_clicks"
COPY = "DuckDB COPY"
BARE_COPY = "DuckDB COPY, no courses"


def run(rounds: int) -> None:
    """Measure and print: files to lake, clicks to a table, peak memory of the whole."""
    with bench_home() as home:
        home.mkdir()
        _to_lake(home, rounds)
        _to_table(home, rounds)
    with bench_home() as home:
        whole = run_command(home, "--download-only")
        print(f"run --download-only, all of OULAD: {whole.seconds:.1f} s, {whole.memory.text()}")
        whole = run_command(home, "--analysis-only")
        print(f"run --analysis-only: {whole.seconds:.1f} s, {whole.memory.text()}")
        print("  goal: peak < 700 MB, our processes and PostgreSQL together")


def _source() -> Source:
    return open_files(parse_datasets(DATASETS)[0])


def _to_lake(home: Path, rounds: int) -> None:
    stored, clicks = itertools.count(), publishers.count_clicks()

    def ours() -> None:
        target = home / f"lake-{next(stored)}"
        rows = sum(each.rows for each in _collected(_source(), target))
        assert rows >= clicks, rows
        shutil.rmtree(target)

    def duck(*, folders: bool) -> None:
        target = home / f"copy-{next(stored)}"
        rows = _copied(target, folders=folders)
        assert rows >= clicks, rows
        shutil.rmtree(target)

    peers = {COPY: partial(duck, folders=True), BARE_COPY: partial(duck, folders=False)}
    seconds = alternate({"our files source + lake": ours, **peers}, rounds)
    title = "OULAD: publishers' files to Parquet (zstd)"
    show(title, seconds, COPY, "as DuckDB reads the folders: each click with its course; goal 2.5")
    show(title, seconds, BARE_COPY, "the columns inside the files alone: no click has its course")


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One slice in a lake, and its fact file."""

    planned: PlannedSlice
    path: Path
    rows: int


def _collected(source: Source, target: Path) -> list[Fact]:
    """What `collect` does on the way to the lake, without a ledger: raw bytes, then facts.

    As there, the threads that fetch read as well, and facts are put away by the one that loads.
    """
    lake, plan = open_lake(f"file:{target}"), source.plan(PlanRequest())
    with (
        tempfile.TemporaryDirectory(dir=target.parent) as spool,
        ThreadPoolExecutor(source.parallel) as fetchers,
    ):

        def land(planned: PlannedSlice) -> _Landed:
            return _landed(source, plan.fetch, planned, lake, Path(tempfile.mkdtemp(dir=spool)))

        landed = fetchers.map(land, plan.slices)
        return [_fact(source, each, lake, target) for each in landed]


@dataclass(frozen=True, kw_only=True)
class _Landed:
    """The raw bytes of one slice in a lake, and its facts beside it."""

    planned: PlannedSlice
    keys: list[str]
    rows: int
    facts: Path


def _landed(
    source: Source, fetch: Fetch, planned: PlannedSlice, lake: Lake, spool: Path
) -> _Landed:
    raws = fetch(planned, spool)
    keys = []
    for raw in raws:
        digest = digest_of(raw.path)
        key = raw_key(planned.slice.source, raw.stream, raw.window, digest, raw.extension)
        lake.put_new(key, raw.path)
        keys.append(key)
    facts = spool / "facts.parquet"
    reading = source.read(planned, [raw.path for raw in raws], facts)
    return _Landed(planned=planned, keys=keys, rows=reading.counts.stored, facts=facts)


def _fact(source: Source, landed: _Landed, lake: Lake, target: Path) -> Fact:
    planned = landed.planned
    schema = source.streams[planned.slice.stream].schema
    key = fact_key(planned.slice, landed.keys, planned.fingerprint, schema)
    lake.put_new(key, landed.facts)
    shutil.rmtree(landed.facts.parent)
    return Fact(planned=planned, path=lake.local_path(key) or target / key, rows=landed.rows)


def _copied(target: Path, *, folders: bool) -> int:
    """Each file of the publishers as a zstd Parquet file of DuckDB's own; how many rows.

    Args:
        target: where to.
        folders: with the columns that the names of folders give.
    """
    target.mkdir()
    with duckdb.connect(config={"threads": 2}) as connection:
        return sum(
            count
            for number, file in enumerate(publishers.files())
            for (count,) in connection.execute(
                f"copy (from read_parquet('{file}', hive_partitioning = {folders})) "
                f"to '{target}/{number}.parquet' (format parquet, compression zstd)"
            ).fetchall()
        )


def _to_table(home: Path, rounds: int) -> None:
    source = _source()
    facts = [
        each for each in _collected(source, home / "lake") if each.planned.slice.stream == "events"
    ]
    table = _row_table(source)
    with open_warehouse(EmbeddedServer(home=home), say=print) as database:
        _make(database, table)
        binary = home / "clicks.bin"
        with database.connect(Role.LOADER) as connection:
            _loaded(connection, table, facts)
            _dump(connection, binary)

        def ours() -> None:
            with database.connect(Role.LOADER) as connection:
                _loaded(connection, table, facts)

        def bare() -> None:
            with database.connect(Role.LOADER) as connection:
                _bare(connection, binary)

        contenders = {"our load": ours, "bare COPY": bare}
        seconds = alternate(contenders, rounds, before=lambda: _empty(database))
        _check(database)
    show(
        f"{publishers.count_clicks():,} click rows into a table with its key",
        seconds,
        "bare COPY",
        "bare COPY: the same rows, made by COPY TO (format binary) before. Goal: our load ≤ 2.5",
    )


def _row_table(source: Source) -> RowTable:
    facts = source.streams["events"].schema
    columns = [field for field in facts if field.name != SLICE_COLUMN]
    return RowTable(
        name=TABLE,
        schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), *columns]),
        key=(SLICE_ID_COLUMN, POSITION_COLUMN),
    )


def _make(database: Database, table: RowTable) -> None:
    columns = ", ".join(f'"{field.name}" {_pg_type(field.type)}' for field in table.schema)
    key = ", ".join(table.key)
    with database.connect(Role.OWNER) as connection:
        connection.execute(f"create table {TABLE} ({columns}, primary key ({key}))".encode())
        connection.execute(f"grant all on {TABLE} to {Role.LOADER.value}".encode())


def _pg_type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    named = {
        pa.int64(): "bigint",
        pa.int32(): "integer",
        pa.string(): "text",
        pa.bool_(): "boolean",
        pa.date32(): "date",
    }
    return named.get(kind, "timestamptz" if pa.types.is_timestamp(kind) else "text")


def _loaded(connection: Connection, table: RowTable, facts: list[Fact]) -> None:
    """As the load of a run does it: slice by slice, each in a transaction."""
    ledger.plan(connection, [fact.planned for fact in facts])
    for fact in facts:
        number = ledger.read_entry(connection, fact.planned.slice).slice_id
        load.load_rows(connection, table, number, pq.ParquetFile(fact.path).iter_batches())
        connection.commit()


def _dump(connection: Connection, binary: Path) -> None:
    with (
        binary.open("wb") as file,
        connection.cursor().copy(f"copy {TABLE} to stdout (format binary)".encode()) as copy,
    ):
        for block in copy:
            file.write(block)


def _bare(connection: Connection, binary: Path) -> None:
    with (
        binary.open("rb") as file,
        connection.cursor().copy(f"copy {TABLE} from stdin (format binary)".encode()) as copy,
    ):
        while block := file.read(1 << 20):
            copy.write(block)


def _empty(database: Database) -> None:
    """Make sure that the last turn left every row, and truncate, so that all start the same."""
    _check(database)
    with database.connect_as_login() as login:
        login.execute(f"truncate {TABLE}".encode())
        login.execute(b"checkpoint")


def _check(database: Database) -> None:
    with database.connect(Role.LOADER) as connection:
        row = connection.execute(f"select count(*) from {TABLE}".encode()).fetchone()
    assert row == (publishers.count_clicks(),), row
