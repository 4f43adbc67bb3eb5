"""Bench: 300,000 Amplitude events from an export to eight tables, beside a bare COPY and others."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from bench.home import bench_home
from bench.memory import Memory, family
from bench.rounds import Turn, alternate, show, turn
from gradeline.lake import open_lake
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.sandbox import Sandbox
from gradeline.sandbox.amplitude.bulk import BulkEvents, PreparedExportTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.amplitude.read import ExportReader
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.product_events.fields import FIELDS, Kind
from gradeline.warehouse import Connection, Database, EmbeddedServer, open_warehouse
from gradeline.warehouse.schema.views import ensure_views

EVENTS = 300_000
KEYS = {
    "events_part": "uuid",
    "technical_data": "uuid",
    "user_locations": "uuid",
    "tmp_event_properties": "uuid",
    "tmp_user_properties": "uuid",
    "mobile_devices": "device_id",
    "permanent_user_properties": "ehr_id",
    "changeable_user_properties": "ehr_id, changed_at",
}
HOUR = timedelta(hours=1)
FLOOR, NEW, LATE, AGAIN = "bare COPY", "new window", "5 % there already", "same window again"
LAKE, COPIED = "our reader + lake", "DuckDB COPY"
_DUCKDB = {
    Kind.TEXT: "VARCHAR",
    Kind.INT: "BIGINT",
    Kind.FLOAT: "DOUBLE",
    Kind.FLAG: "BOOLEAN",
    Kind.TIME: "TIMESTAMP",
    Kind.OBJECT: "JSON",
}
#: Its own environment, so that `make install` stays small: requirements-bench.lock.
PEERS_PYTHON = Path(__file__).parents[1] / ".venv-bench/bin/python"
#: The kernel holds a process up for as long as it adds its pages together: 5 ms.
_SAMPLE_S = 0.2
#: Rounds of a minute or two each; more tell little.
_MOST_ROUNDS = 3


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The exports that are served."""

    hour: datetime
    early: Path  #: the first 5 % of the hour, which were there when it was first read
    whole: Path
    events: int  #: in the whole hour


def run(rounds: int, events: int = EVENTS) -> None:
    """Measure and print: new, late and repeated windows, the lake alone, memory, peers."""
    # An hour that may still change is read again by every run.
    hour = datetime.now(tz=UTC).replace(minute=0, second=0, microsecond=0) - HOUR
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        shelf = _packed(Path(folder), hour, events)
        turns: dict[str, list[Turn]] = {name: [] for name in (FLOOR, NEW, LATE, AGAIN)}
        for _ in range(min(rounds, _MOST_ROUNDS)):
            _round(shelf, turns)
        show(
            f"{events:,} events: gradeline run amplitude",
            turns,
            FLOOR,
            "bare COPY: the same rows, made by COPY TO (format binary) before, into tables with "
            "the same keys. Goals: ≤ 2.5, ≤ 3.5, ≤ 0.5",
        )
        _memory(shelf)
        _lake_alone(shelf, Path(folder))
        _peers(shelf, turns)


def _packed(folder: Path, hour: datetime, events: int) -> Shelf:
    bulk = BulkEvents(school=read_school(), project="web", hour=hour, count=events)
    early, whole = folder / "early.zip", folder / "whole.zip"
    shelf = Shelf(hour=hour, early=early, whole=whole, events=events)
    bulk.pack(shelf.early, max(1, events // 20))
    bulk.pack(shelf.whole)
    return shelf


def _round(shelf: Shelf, turns: dict[str, list[Turn]]) -> None:
    twin = PreparedExportTwin({shelf.hour: shelf.whole})
    with running([twin]) as sandbox:
        with _warehouse() as (home, database):
            turns[NEW].append(turn(lambda: _collected(home, sandbox, shelf.hour)))
            turns[FLOOR].append(_floor(database, home, shelf.events))
        with _warehouse() as (home, _database):
            twin.exports[shelf.hour] = shelf.early
            _collected(home, sandbox, shelf.hour)
            twin.exports[shelf.hour] = shelf.whole
            turns[LATE].append(turn(lambda: _collected(home, sandbox, shelf.hour)))
            turns[AGAIN].append(turn(lambda: _collected(home, sandbox, shelf.hour)))


def _memory(shelf: Shelf) -> None:
    """The peak of a new window, in a run of its own: looking holds the process up."""
    with (
        running([PreparedExportTwin({shelf.hour: shelf.whole})]) as sandbox,
        _warehouse() as (home, _database),
    ):
        memory = _collected(home, sandbox, shelf.hour, watched=True)
    print(f"new window: {memory.text()}, PostgreSQL apart; goal ≤ 300 MB")


@contextmanager
def _warehouse(port: int | None = None) -> Iterator[tuple[Path, Database]]:
    """A home that is installed, its server up: neither is done for each window."""
    with bench_home() as home:
        home.mkdir()
        with open_warehouse(EmbeddedServer(home=home, port=port), say=lambda _: None) as database:
            ensure_views(database)
            yield home, database


def _collected(home: Path, sandbox: Sandbox, hour: datetime, *, watched: bool = False) -> Memory:
    """The real command, from its start to its end; its memory where it is watched."""
    span = ["--since", f"{hour:%Y-%m-%dT%H:%M}", "--until", f"{hour + HOUR:%Y-%m-%dT%H:%M}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gradeline", "run", "amplitude", "--download-only", *span],
        env={
            **os.environ,
            "GRADELINE_HOME": str(home),
            "SANDBOX_URL": sandbox.url,
            "AMPLITUDE_WEB_API_KEY": "bench",
            "AMPLITUDE_WEB_SECRET_KEY": "bench",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with Memory(lambda: family(process.pid) if watched else [], every=_SAMPLE_S) as memory:
        out, err = process.communicate()
    if process.returncode:
        raise AssertionError(f"exit {process.returncode}: {out}\n{err}")
    return memory


def _floor(database: Database, folder: Path, events: int) -> Turn:
    """The rows of all eight tables by binary COPY; what was measured is checked."""
    with database.connect_as_login() as connection:
        for table, key in KEYS.items():
            like = (
                f"create table floor_{table} (like {table} including defaults including generated"
            )
            connection.execute(f"{like}, primary key ({key}))".encode())
            copied = f"copy {table} to stdout (format binary)".encode()
            with (
                (folder / table).open("wb") as file,
                connection.cursor().copy(copied) as copy,
            ):
                for block in copy:
                    file.write(block)
        connection.commit()
        connection.execute(b"checkpoint")

        def bare() -> None:
            for table in KEYS:
                _bare(connection, table, folder / table)
            connection.commit()

        spent = turn(bare)
        row = connection.execute(b"select count(*) from floor_events_part").fetchone()
        assert row == (events,), row
    return spent


def _bare(connection: Connection, table: str, file: Path) -> None:
    copied = f"copy floor_{table} from stdin (format binary)".encode()
    with file.open("rb") as rows, connection.cursor().copy(copied) as copy:
        while block := rows.read(1 << 20):
            copy.write(block)


def _lake_alone(shelf: Shelf, folder: Path) -> None:
    """From the export as it came to raw object and fact file in the lake, beside DuckDB's copy."""
    lines = _unzipped(shelf.whole, folder)
    rounds = itertools.count()
    turns = alternate(
        {
            LAKE: lambda: _to_lake(shelf, folder / f"lake-{next(rounds)}"),
            COPIED: lambda: _copied(lines, folder / "copied.parquet"),
        },
        _MOST_ROUNDS,
    )
    show(
        f"{shelf.events:,} events: lake alone",
        turns,
        COPIED,
        "DuckDB: all 55 fields to zstd Parquet on two cores, whatever is no JSON left out; "
        "no check of kinds, no mapping, no sums of the archive",
    )
    fastest = min(each.seconds for each in turns[LAKE])
    print(f"lake alone: {shelf.events / fastest:,.0f} events/s; goal ≥ 150,000")


def _to_lake(shelf: Shelf, target: Path) -> None:
    lake, facts = open_lake(f"file:{target}"), target.with_suffix(".parquet")
    planned = PlannedSlice(
        slice=Slice(source="amplitude", stream="events@web", window="bench"),
        fingerprint="bench",
        starts_at=shelf.hour,
        ends_at=shelf.hour + HOUR,
    )
    lake.put_new("lake/raw/bench.zip", shelf.whole)
    reading = ExportReader(read_mappings()).read(planned, shelf.whole, facts)
    assert reading.counts.stored == shelf.events, reading.counts.stored
    lake.put_new("lake/facts/bench.parquet", facts)


def _unzipped(export: Path, folder: Path) -> list[Path]:
    """The members of an export as files, still gzip: DuckDB reads no zip."""
    with zipfile.ZipFile(export) as zipped:
        members = sorted(zipped.namelist())
        files = [folder / f"{number:03d}.json.gz" for number in range(len(members))]
        for member, file in zip(members, files, strict=True):
            file.write_bytes(zipped.read(member))
    return files


def _copied(lines: Sequence[Path], target: Path) -> None:
    columns = ", ".join(f"'{each.key}': '{_DUCKDB[each.kind]}'" for each in FIELDS)
    read = (
        f"read_json({[str(file) for file in lines]}, columns = {{{columns}}}, "
        "format = 'newline_delimited', ignore_errors = true)"
    )
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute(f"copy (from {read}) to '{target}' (format parquet, compression zstd)")


def _peers(shelf: Shelf, turns: dict[str, list[Turn]]) -> None:
    """Others load the same file, without a download: psycopg five tables, dlt one."""
    ours = min(each.seconds for each in turns[NEW])
    for name, width, python in (
        ("psycopg", "", Path(sys.executable)),
        ("dlt_merge", "all", PEERS_PYTHON),
        ("dlt_merge", "narrow", PEERS_PYTHON),
        ("dlt_arrow", "all", PEERS_PYTHON),
        ("dlt_arrow", "narrow", PEERS_PYTHON),
    ):
        if not python.exists():
            print(f"{name}: not measured, {python} is not there (requirements-bench.lock)")
            continue
        with _warehouse(_free_port()) as (home, database):
            spent = _peer((str(python), name, width), shelf, database, home)
        told = {"all": ", all 55 fields in one table", "narrow": ", 7 fields in one table"}
        print(f"{name}{told.get(width, ', five tables')}: {spent:.1f} s, {spent / ours:.1f} × ours")


def _free_port() -> int:
    """Peers that know no socket find the server on loopback."""
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def _peer(peer: tuple[str, str, str], shelf: Shelf, database: Database, home: Path) -> float:
    python, name, width = peer
    script = Path(__file__).parent / "peers" / f"ingest_{name}.py"
    with database.connect_as_login() as connection:
        info = connection.info
        address = {"PGHOST": "127.0.0.1", "PGPORT": str(info.port), "PGUSER": info.user}
        address |= {"PGPASSWORD": info.password, "PGDATABASE": info.dbname}
    began = time.perf_counter()
    subprocess.run(
        [python, str(script), str(shelf.whole), *filter(None, [width])],
        check=True,
        cwd=home,
        env={**os.environ, **address, "HOME": str(home), "RUNTIME__LOG_LEVEL": "CRITICAL"},
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began
