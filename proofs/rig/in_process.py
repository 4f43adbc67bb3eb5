"""Gradeline in this process: one server for a proof, a database and a lake for each try.

The clients, the reading and the loading are the real ones; only the command line is left out,
so that a hundred tries take as long as ten runs of the command.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from psycopg import sql

from gradeline.engine import DuckEngine
from gradeline.flows.collect.collect import collect
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.parts import Parts
from gradeline.lake import open_lake
from gradeline.sandbox import NO_FAULTS, Pace, Sandbox, Twin, every_twin
from gradeline.sandbox.server.running import running
from gradeline.settings import read_settings
from gradeline.sources.source import PlanRequest, Source
from gradeline.warehouse import Database, EmbeddedServer, open_warehouse, stop_embedded
from gradeline.warehouse.connect.database import create_database
from gradeline.warehouse.rows.digests import table_digests
from gradeline.warehouse.schema.views import ensure_views
from gradeline.warehouse.slices.watermarks import watermarks
from gradeline.wiring.sources import wire_sources

HOUR = timedelta(hours=1)
#: Everything asked for is over by then.
NOW = datetime(2024, 4, 1, tzinfo=UTC)
DAY = datetime(2024, 3, 14, tzinfo=UTC)
#: What each system is asked for in a try: little, but of every kind of answer.
ASKED: Mapping[str, PlanRequest] = {
    "grader": PlanRequest(now=NOW, since=DAY + 9 * HOUR, until=DAY + 12 * HOUR),
    "learnworlds": PlanRequest(
        now=NOW, courses=frozenset({"ciencias-sociales/sociedad-y-datos-2013"})
    ),
    "amplitude": PlanRequest(now=NOW, since=DAY + 9 * HOUR, until=DAY + 10 * HOUR),
    "appmetrica": PlanRequest(now=NOW, since=DAY, until=DAY + 24 * HOUR),
}
_BROKEN = b"""
select count(*), md5(string_agg(reason || raw::text, ',' order by reason, raw)) from quarantine
where closed_at is null
"""
#: Settings of whoever runs the proof that must not reach it.
_NOT_OURS = dict.fromkeys(
    ("DATABASE_URL", "DB_HOST", "LAKE_URL", "OBJECT_STORAGE_BUCKET", "ACCESS_TOKEN")
) | {"STORAGE_BACKEND": "local", "FILES_DATASETS": "", "POSTGRES_TABLES": None}


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a warehouse and its lake hold; two equal ones hold the same."""

    tables: Mapping[str, str]  #: table → how many rows, and their digest
    #: content in the lake, by its slice's folder and its digest → how many objects have it
    objects: Mapping[str, int]

    def differs_from(self, other: Contents) -> str:
        """Where two differ, for people; empty where they do not."""
        mine: dict[str, object] = {**self.tables, **self.objects}
        theirs: dict[str, object] = {**other.tables, **other.objects}
        names = sorted(name for name in {*mine, *theirs} if mine.get(name) != theirs.get(name))
        told = [f"{name} ({mine.get(name)} / {theirs.get(name)})" for name in names[:3]]
        return f"{len(names)} differ: {'; '.join(told)}" if names else ""


@contextmanager
def server(folder: Path) -> Iterator[HomeServer]:
    """A server with one migrated database that nobody writes to, as every place begins."""
    # What fails on purpose is told by the proof, not by a log.
    logging.getLogger("gradeline").addHandler(logging.NullHandler())
    home = folder / "server"
    try:
        with open_warehouse(EmbeddedServer(home=home), say=lambda _: None) as database:
            ensure_views(database)
            yield HomeServer(database, folder)
    finally:
        stop_embedded(home)


@contextmanager
def _copy(like: Database, folder: Path) -> Iterator[Database]:
    """A copy of a database, and a folder beside it; both go with the block."""
    folder.mkdir(parents=True)
    database = like.sibling(f"try_{folder.name.replace('-', '_')}")
    create_database(like.login, database.name, like=like.name)
    try:
        yield database
    finally:
        drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(database.name))
        with like.connect_as_login() as connection:
            connection.execute(drop)
        shutil.rmtree(folder, ignore_errors=True)


def parts_in(folder: Path, database: Database) -> Parts:
    """A Gradeline over a database, with a lake and a spool in a folder, and no source."""
    spool = folder / "spool"
    spool.mkdir(parents=True, exist_ok=True)
    return Parts(
        database=database,
        lake=open_lake(f"file:{folder}"),
        engine=DuckEngine(spill=spool),
        sources={},
        choices=Choices(),
        spool=spool,
        hold_percent=Decimal(50),
        languages=("en",),
    )


def source_of(name: str, parts: Parts, box: Sandbox, **given: str | None) -> Source:
    """A source that leads to a sandbox, as settings open it."""
    where = {"SANDBOX_URL": box.url, "SANDBOX_SPEED": f"{box.pace.speed:g}"}
    settings = read_settings(home=parts.spool.parent, overrides={**_NOT_OURS, **where, **given})
    return wire_sources(settings, parts.spool, parts.choices)[name]


class HomeServer:
    """A server, and as many Gradelines on it as a proof wants, one after another."""

    def __init__(self, like: Database, folder: Path) -> None:
        self.like = like
        self._folder = folder
        self._made = 0

    @contextmanager
    def copy(self, like: Database | None = None) -> Iterator[tuple[Database, Path]]:
        """A copy of a database, or one with nothing in it, and an empty folder."""
        self._made += 1
        folder = self._folder / f"place-{self._made}"
        with _copy(like or self.like, folder) as database:
            yield database, folder

    @contextmanager
    def place(self) -> Iterator[Parts]:
        """A Gradeline with nothing in it, in a database and a folder of its own."""
        with self.copy() as (database, folder):
            yield parts_in(folder, database)


class TwinServer(HomeServer):
    """A server, and twins of all systems beside it, for the tries of one proof."""

    def __init__(self, like: Database, twins: Sequence[Twin], box: Sandbox, folder: Path) -> None:
        super().__init__(like, folder)
        self.twins = twins
        self.box = box
        self._clean: dict[str, Contents] = {}

    def source(self, name: str, parts: Parts, **changes: str | None) -> Source:
        """A source that leads to its twin; `changes` are settings that differ."""
        given: dict[str, str | None] = {}
        for twin in self.twins:
            given |= twin.settings
        return source_of(name, parts, self.box, **given | changes)

    def clean(self, name: str) -> Contents:
        """What a run over a source gives when nothing is in its way; made once."""
        if name not in self._clean:
            self.box.switch(NO_FAULTS)
            with self.place() as parts:
                done = collected(self.source(name, parts), parts)
                if done.failed or done.held or not done.counts.stored:
                    raise AssertionError(f"a clean run over {name} did not go well: {done}")
                self._clean[name] = held(parts)
        return self._clean[name]


@contextmanager
def ground(folder: Path, speed: float) -> Iterator[TwinServer]:
    """A server and a sandbox at that speed, until the block ends."""
    pace = Pace(speed=speed)
    twins = every_twin(pace)
    with server(folder) as there, running(twins, pace=pace) as box:
        yield TwinServer(there.like, twins, box, folder)


def collected(source: Source, parts: Parts, asked: PlanRequest | None = None) -> CollectOutcome:
    """Collect from a source what a try asks of it, or something else."""
    return collect(source, asked or ASKED[source.name], parts, lambda *_: None)


def held(parts: Parts) -> Contents:
    """What warehouse and lake hold now."""
    return contents_in(parts.database, parts.spool.parent)


def contents_at(home: Path) -> Contents:
    """What the warehouse and the lake of a home hold that no run works on."""
    with open_warehouse(EmbeddedServer(home=home), say=lambda _: None) as database:
        return contents_in(database, home)


def contents_in(database: Database, home: Path) -> Contents:
    """What a database and the lake of a home hold."""
    with database.connect() as connection:
        tables = {each.name: f"{each.rows} {each.digest}" for each in table_digests(connection)}
        # Its places are lines of raw files, which AppMetrica gives in another order each time.
        broken = connection.execute(_BROKEN).fetchall()
    lake = home / "lake"
    paths = [path for path in lake.rglob("*") if path.is_file() and not path.name.startswith(".")]
    objects = Counter(f"{path.parent.relative_to(lake)} {_content(path)}" for path in paths)
    return Contents(tables=tables | {"quarantine": str(broken)}, objects=objects)


def _content(path: Path) -> str:
    """The digest of an object; the rows of AppMetrica's files come in another order each time."""
    content = path.read_bytes()
    if path.suffix == ".csv":
        content = b"\n".join(sorted(content.splitlines()))
    return hashlib.sha256(content).hexdigest()


def read_watermarks(parts: Parts, source: str) -> Mapping[str, datetime]:
    """Up to when the runs of a source have settled everything, by stream."""
    with parts.database.connect() as connection:
        return watermarks(connection, source)
