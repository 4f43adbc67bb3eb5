"""Migrations: in order, each whole or not at all, one process at a time, never backwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from docs.build_schema import DOCUMENT, schema_sql

from gradeline.base.errors import SchemaNewer, WarehouseError
from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse
from gradeline.warehouse.connect.database import create_database
from gradeline.warehouse.schema.migrate import (
    Migration,
    applied_migrations,
    migrate,
    read_migrations,
)


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


@pytest.fixture
def empty(template: Database, warehouse: Database) -> Iterator[Database]:
    """A database of this test alone, with roles and without any schema."""
    database = warehouse.sibling(f"{warehouse.name}_empty")
    create_database(template.login, database.name)
    with database.connect_as_login() as connection:
        connection.execute("grant create, usage on schema public to gradeline_owner")
    yield database
    with template.connect_as_login() as connection:
        connection.execute(f"drop database {database.name} with (force)".encode())


def steps(folder: Path, *texts: str) -> Sequence[Migration]:
    """Migrations 0001, 0002, … with these texts."""
    for number, text in enumerate(texts, start=1):
        (folder / f"{number:04d}_step.sql").write_text(text)
    return read_migrations(folder)


def tables(database: Database) -> set[str]:
    """The tables that the owner made."""
    with database.connect(Role.OWNER) as connection:
        found = connection.execute("select tablename from pg_tables where schemaname = 'public'")
        return {name for (name,) in found}


def test_a_first_start_says_one_line_for_the_schema(empty: Database) -> None:
    """However many migrations there are, a person reads one line; then none."""
    said: list[str] = []
    migrate(empty, say=said.append)
    migrate(empty, say=said.append)
    all_of_them = read_migrations()
    first, last = all_of_them[0], all_of_them[-1]
    assert said == [
        f"Updating the schema: {len(all_of_them)} migrations,"
        f" {first.version:04d}_{first.name} to {last.version:04d}_{last.name} …"
    ]


def test_a_step_older_than_the_newest_is_named(empty: Database, tmp_path: Path) -> None:
    """What is said is what is applied, not how far the schema is."""
    said: list[str] = []
    both = steps(tmp_path, "create table a (n int)", "create table b (n int)")
    migrate(empty, say=said.append, migrations=both[1:])
    migrate(empty, say=said.append, migrations=both)
    assert said[1] == "Updating the schema: 1 migration, 0001_step …"


def test_what_is_missing_is_applied_in_order(empty: Database, tmp_path: Path) -> None:
    """Each step runs once, and a later run takes up what is new."""
    first = steps(tmp_path, "create table a (n int)")
    assert migrate(empty, say=say_nothing, migrations=first) == [1]
    both = steps(tmp_path, "create table a (n int)", "alter table a rename to b")
    assert migrate(empty, say=say_nothing, migrations=both) == [2]
    assert migrate(empty, say=say_nothing, migrations=both) == []
    assert tables(empty) == {"b", "schema_migrations"}


def test_a_step_with_a_mistake_leaves_nothing_of_itself(empty: Database, tmp_path: Path) -> None:
    """The steps before it stay, it is named, and the schema is as it was before it."""
    wrong = steps(tmp_path, "create table a (n int)", "create table b (n int); select 1 / 0")
    with pytest.raises(WarehouseError, match=r"0002 step.*division by zero"):
        migrate(empty, say=say_nothing, migrations=wrong)
    assert tables(empty) == {"a", "schema_migrations"}


def test_what_stands_after_a_mistake_can_be_backed_up(empty: Database, tmp_path: Path) -> None:
    """The backup role may read the steps that stay, so that the next start can go on."""
    wrong = steps(tmp_path, "create table a (n int)", "create table b (n int); select 1 / 0")
    with pytest.raises(WarehouseError, match="division by zero"):
        migrate(empty, say=say_nothing, migrations=wrong)
    with empty.connect(Role.BACKUP) as connection:
        assert connection.execute("select version from schema_migrations").fetchall() == [(1,)]


def test_a_newer_schema_is_refused_with_the_version_to_install(
    empty: Database, tmp_path: Path
) -> None:
    """The error of a newer schema names the Gradeline that wrote it."""
    both = steps(tmp_path, "create table a (n int)", "create table b (n int)")
    migrate(empty, say=say_nothing, migrations=both)
    with empty.connect(Role.OWNER) as connection:
        connection.execute("update schema_migrations set written_by = '9.8.7' where version = 2")
    with pytest.raises(SchemaNewer, match=r"Install Gradeline 9\.8\.7"):
        migrate(empty, say=say_nothing, migrations=both[:1])


def test_a_step_that_was_changed_afterwards_is_refused(empty: Database, tmp_path: Path) -> None:
    """An applied step whose file says something else now stops everything."""
    migrate(empty, say=say_nothing, migrations=steps(tmp_path, "create table a (n int)"))
    with pytest.raises(WarehouseError, match="0001 step"):
        migrate(empty, say=say_nothing, migrations=steps(tmp_path, "create table a (n bigint)"))


def test_two_at_once_share_the_work(empty: Database, tmp_path: Path) -> None:
    """One applies, the other waits and finds nothing left to do."""
    slow = steps(tmp_path, "create table a (n int); select pg_sleep(0.3)")
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(migrate, empty, say=say_nothing, migrations=slow) for _each in range(4)]
    assert sorted(run.result() for run in runs) == [[], [], [], [1]]


def test_a_line_end_of_windows_makes_no_difference(tmp_path: Path) -> None:
    """The same file checked out on Windows is the same migration."""
    (tmp_path / "0001_a.sql").write_bytes(b"select 1;\nselect 2;\n")
    unix = read_migrations(tmp_path)
    (tmp_path / "0001_a.sql").write_bytes(b"select 1;\r\nselect 2;\r\n")
    assert read_migrations(tmp_path) == unix


def test_migrations_add_up_to_the_schema(template: Database) -> None:
    """schema.sql is what all migrations make; write it again with warehouse.schema_sql."""
    assert schema_sql(template) == DOCUMENT.read_text(encoding="utf-8")


def test_the_database_knows_each_step_and_who_applied_it(template: Database) -> None:
    """The list of applied steps is the list of files."""
    with template.connect(Role.READER) as connection:
        had = [(step.version, step.name, step.sha256) for step in applied_migrations(connection)]
    assert had == [(step.version, step.name, step.sha256) for step in read_migrations()]


def test_a_database_with_a_schema_is_backed_up_before_it_changes(used_home: Path) -> None:
    """An embedded database that has something to lose is dumped first, for its owner's eyes."""
    place = EmbeddedServer(home=used_home)
    with (
        open_warehouse(place, say=say_nothing) as database,
        database.connect(Role.OWNER) as connection,
    ):
        connection.execute("delete from schema_migrations where version > 0")
    with pytest.raises(WarehouseError), open_warehouse(place, say=say_nothing):
        pass
    (dump,) = used_home.glob("backup/*")
    assert dump.read_bytes().startswith(b"PGDMP")
    assert dump.stat().st_mode & 0o077 == 0
