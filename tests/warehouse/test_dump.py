"""Dumps: chosen tables as SQL, a whole database as one file, and which programs make them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from gradeline.base.errors import WarehouseError
from gradeline.embedded.programs import MAJOR
from gradeline.warehouse import Database
from gradeline.warehouse.client_programs import Server, find_program, server_of, version_of
from gradeline.warehouse.dump import dump_tables, list_dump, restore_sql, write_dump
from gradeline.warehouse.learners import forgotten

_TLS_15 = Server(major=15, tls=True, embedded=False)


def _program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_a_table_goes_through_plain_sql(warehouse: Database, tmp_path: Path) -> None:
    """A table that is dumped as SQL, dropped and restored has the rows that it had."""
    path = tmp_path / "forgotten_20261201.sql"
    with warehouse.connect() as connection:
        forgotten.remember_forgotten(connection, [("files:oulad", "1")])
    dump_tables(warehouse, ["forgotten"], path)
    assert "COPY public.forgotten" in path.read_text()
    with warehouse.connect_as_login() as connection:
        connection.execute("drop table forgotten")
    restore_sql(path, warehouse)
    with warehouse.connect() as connection:
        assert forgotten.count_digests(connection) == 1


def test_a_table_that_is_not_there_is_no_empty_file(warehouse: Database, tmp_path: Path) -> None:
    """pg_dump's words are in the message, and no file remains."""
    with pytest.raises(WarehouseError, match="no matching tables"):
        dump_tables(warehouse, ["nothing_of_ours"], tmp_path / "x.sql")
    assert list(tmp_path.iterdir()) == []


def test_broken_sql_changes_nothing(warehouse: Database, tmp_path: Path) -> None:
    """A file of SQL is run whole or not at all."""
    path = tmp_path / "broken.sql"
    path.write_text("create table half (a int);\nselect nonsense;\n")
    with pytest.raises(WarehouseError, match="nonsense"):
        restore_sql(path, warehouse)
    with warehouse.connect() as connection:
        assert connection.execute("select to_regclass('half')").fetchone() == (None,)


def test_a_dump_says_what_is_in_it(warehouse: Database, tmp_path: Path) -> None:
    """A dump lists the tables whose rows it has; what is cut off is not a dump."""
    path = tmp_path / "database.dump"
    assert write_dump(warehouse, path) == MAJOR
    assert "public slices" in list_dump(path, MAJOR)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(WarehouseError, match="not a dump"):
        list_dump(path, MAJOR)


@pytest.mark.parametrize(("version", "refused"), [("14.2", True), ("15.1", False), ("19.0", False)])
def test_an_older_program_is_refused(
    version: str, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program older than the server is not started; the message says which are there."""
    _program(tmp_path, "pg_dump", f"echo 'pg_dump (PostgreSQL) {version}'")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr("gradeline.warehouse.client_programs._DEBIAN", tmp_path / "none")
    if refused:
        with pytest.raises(WarehouseError, match="is version 14"):
            find_program("pg_dump", _TLS_15)
    else:
        assert find_program("pg_dump", _TLS_15) == tmp_path / "pg_dump"


def test_the_programs_of_the_wheel_serve_what_needs_no_tls(warehouse: Database) -> None:
    """Without a newer one on the machine the wheel's program dumps a server without TLS."""
    assert version_of(find_program("pg_dump", server_of(warehouse))) == MAJOR
    newest = Server(major=MAJOR, tls=False, embedded=False)
    assert (version_of(find_program("pg_restore", newest)) or 0) >= MAJOR
