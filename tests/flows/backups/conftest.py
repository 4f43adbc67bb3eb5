"""A small installation to back up, and fresh places to restore it to."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo
from tests.s3_server import bucket, s3_endpoint, s3_options
from tests.warehouse.debian import DebianServer, running_debian_server

from gradeline.flows.backups.make import BackupResult, Origin, back_up
from gradeline.flows.backups.restore import Place
from gradeline.flows.parts import Backups
from gradeline.lake import Lake, open_lake
from gradeline.records.backups import BackupKeys
from gradeline.warehouse import Database, ExternalServer
from gradeline.warehouse.dump import drop_database

__all__ = ["bucket", "s3_endpoint", "s3_options"]

KEY = bytes(range(32))
_SLICE = """
insert into slices (slice_id, source, stream, "window", planned_fingerprint, raw_keys)
select coalesce(max(slice_id), 0) + 1, 'files:s', 'answers', %(key)s, 'v1', array[%(key)s] from slices
"""


def unwatched(_done: int, _of: int, _what: object) -> None:
    """Watch nothing."""


def add_object(database: Database, lake: Lake, name: str, content: bytes) -> str:
    """Put an object into the lake and name it in the ledger; its key."""
    key = f"lake/raw/files!3As/answers/{name}/{name}.csv"
    lake.put_new(key, content)
    with database.connect() as connection:
        connection.execute(_SLICE, {"key": key})
    return key


def origin_over(
    database: Database, folder: Path, store: Callable[[], Lake] | None = None
) -> Origin:
    """An installation over a database, with a lake of three objects and two files of people."""
    home = folder / "home"
    (home / "spool").mkdir(parents=True)
    lake = open_lake(f"file:{home}")
    for number in range(3):
        add_object(database, lake, f"a{number}", f"answers {number}\n".encode() * 100)
    (home / "cursos.yml").write_text("courses: []\n")
    (home / "planification").mkdir()
    (home / "planification" / "plan.csv").write_text("lesson\n")
    plan = Backups(
        open_store=store or (lambda: open_lake(f"file:{home / 'backup'}")),
        keys=BackupKeys(keys=(KEY,)),
        home=home,
    )
    return Origin(database=database, lake=lake, spool=home / "spool", plan=plan)


@pytest.fixture
def origin(warehouse: Database, tmp_path: Path) -> Origin:
    """A small installation."""
    return origin_over(warehouse, tmp_path)


@pytest.fixture
def made(origin: Origin) -> BackupResult:
    """A backup of it."""
    return back_up(origin, unwatched)


def place_at(url: str, folder: Path) -> Place:
    """A fresh place with the database at a URL."""
    (folder / "spool").mkdir(parents=True)
    return Place(
        server=ExternalServer(url=url),
        lake=open_lake(f"file:{folder}"),
        spool=folder / "spool",
        mark=folder / "restore-unfinished.json",
    )


@pytest.fixture
def fresh(template: Database, tmp_path: Path) -> Iterator[tuple[Place, Database]]:
    """A fresh place: a database on this server that does not exist yet, and an empty folder."""
    database = template.sibling(f"test_{uuid.uuid4().hex}")
    url = make_conninfo("", **dict(template.login.parameters) | {"dbname": database.name})
    yield place_at(url, tmp_path / "fresh"), database
    drop_database(database)


@pytest.fixture(scope="session")
def debian_server() -> Iterator[DebianServer]:
    """A PostgreSQL that is not ours."""
    with running_debian_server() as server:
        yield server
