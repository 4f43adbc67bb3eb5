"""An installation that is written to without end, and places to restore its backups to."""

from __future__ import annotations

import hashlib
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import make_conninfo

from gradeline.flows.backups.make import Origin
from gradeline.flows.backups.restore import Place
from gradeline.lake import Lake, open_lake
from gradeline.settings import read_settings
from gradeline.warehouse import Database, EmbeddedServer, ExternalServer, Role, open_warehouse
from gradeline.warehouse.dump import drop_database
from gradeline.warehouse.schema.views import ensure_views
from gradeline.wiring.backups import wire_backups

#: How many writers there are, and how many objects are there before they begin.
WRITERS, FIRST = 2, 20
#: Seconds that a writer waits between two writes.
_PAUSE_S = 0.2

# Each writer's transaction names one more object and counts it: the two never differ.
_NAME = """
insert into slices (slice_id, source, stream, "window", planned_fingerprint, raw_keys)
values (%(slice)s, 'files:s', 'answers', %(key)s, 'v1', array[%(key)s])
"""
_COUNT = """
insert into daily_counts (name, counted) values ('objects', 1)
on conflict (name) do update set counted = daily_counts.counted + 1
"""
_TOUCH = "update daily_counts set touched = touched + 1"
_TABLE = """
create table daily_counts (
    name text primary key, counted bigint not null, touched bigint not null default 0
);
insert into daily_counts (name, counted) values ('objects', 0), ('pair', 0);
select protect_table('daily_counts');
grant select, insert, update on daily_counts to gradeline_loader;
grant select on daily_counts to gradeline_backup
"""
_COUNTED = "select counted from daily_counts where name = 'objects'"
_TOUCHED = "select count(distinct touched) from daily_counts"
_NAMED = "select unnest(raw_keys) from slices"


@dataclass
class Installation:
    """An installation, its origin and its writers."""

    origin: Origin
    home: Path
    numbers: Iterator[int]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self) -> None:
        """Put one more object into the lake, and name and count it in one transaction."""
        with self.lock:
            number = next(self.numbers)
        content = os.urandom(200 + number % 3000)
        digest = hashlib.sha256(content).hexdigest()
        key = f"lake/raw/files!3As/answers/w{number}/{digest}.csv"
        self.origin.lake.put_new(key, content)
        with self.origin.database.connect() as connection:
            connection.execute(_NAME, {"slice": number, "key": key})
            connection.execute(_COUNT)
        if number % 7 == 0:
            self.origin.lake.replace("uploads/note.txt", f"{number}\n".encode())

    def touch(self) -> None:
        """Change two rows in one transaction, which are never different."""
        with self.origin.database.connect() as connection:
            connection.execute(_TOUCH)


@contextmanager
def installation(folder: Path, name: str) -> Iterator[Installation]:
    """An installation with a few objects, its server running in a folder with a short path."""
    home = folder / name
    with open_warehouse(EmbeddedServer(home=home), say=lambda _: None) as database:
        ensure_views(database)
        with database.connect(Role.OWNER) as connection:
            for statement in _TABLE.split(";\n"):
                connection.execute(statement.encode())
        (home / "spool").mkdir(exist_ok=True)
        plan = wire_backups(read_settings(home=home), make_key=True)
        origin = Origin(
            database=database, lake=open_lake(f"file:{home}"), spool=home / "spool", plan=plan
        )
        made = Installation(origin=origin, home=home, numbers=iter(range(1, 10**9)))
        for _ in range(FIRST):
            made.write()
        yield made


@contextmanager
def writing(made: Installation) -> Iterator[list[str]]:
    """Write without end during the block; yields what went wrong."""
    ended, wrong = threading.Event(), list[str]()

    def write() -> None:
        while not ended.wait(_PAUSE_S):
            try:
                made.touch()
                made.write()
            except Exception as error:  # noqa: BLE001 - the proof tells of it
                wrong.append(repr(error))
                return

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield wrong
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@contextmanager
def fresh_place(
    made: Installation, folder: Path
) -> Iterator[tuple[Place, Database, dict[str, str]]]:
    """A fresh place on the same server, its database, and the settings that name it."""
    database = made.origin.database.sibling(f"proof_{uuid.uuid4().hex}")
    parameters = dict(made.origin.database.login.parameters)
    url = make_conninfo("", **parameters | {"dbname": database.name})
    (folder / "spool").mkdir(parents=True)
    place = Place(
        server=ExternalServer(url=url),
        lake=open_lake(f"file:{folder}"),
        spool=folder / "spool",
        mark=folder / "restore-unfinished.json",
    )
    try:
        yield place, database
    finally:
        drop_database(database)


def find_torn(database: Database, lake: Lake) -> str:
    """Say what in a restored place does not belong together; empty = all does."""
    with database.connect(Role.BACKUP) as connection:
        counted = connection.execute(_COUNTED).fetchone()
        touched = connection.execute(_TOUCHED).fetchone()
        keys = [key for (key,) in connection.execute(_NAMED)]
    if counted != (len(keys),):
        return f"{len(keys)} objects are named and {counted} are counted"
    if touched != (1,):
        return "two rows that change together differ"
    for key in keys:
        if not lake.exists(key):
            return f"{key} is named and not there"
        if hashlib.sha256(lake.get(key)).hexdigest() != key.rpartition("/")[2].partition(".")[0]:
            return f"{key} has other bytes"
    return ""
