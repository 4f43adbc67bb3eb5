"""psql for people: read-only, and no password where others can see it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.logins import ensure_login, with_entry_logins
from gradeline.warehouse.connect.url import database_from_url
from gradeline.warehouse.psql import client_address, shell_command

from .debian import DebianServer


def psql(database: Database, sql: str) -> subprocess.CompletedProcess[str]:
    """What psql says to one statement."""
    command = shell_command(database, ("-At", "-c", sql))
    return subprocess.run(
        command.argv,
        env=command.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_psql_is_the_reader(warehouse: Database) -> None:
    """A person in psql acts as the role that reads, in our database, in UTC."""
    result = psql(warehouse, "select current_user, current_database(), current_setting('TimeZone')")
    assert result.stdout == f"gradeline_reader|{warehouse.name}|UTC\n"


def test_psql_takes_no_writes(warehouse: Database) -> None:
    """Nothing can be changed from there by mistake."""
    assert "read-only transaction" in psql(warehouse, "create table t (n int)").stderr


def test_no_password_is_in_the_command(warehouse: Database) -> None:
    """The command line, which every user of the machine can see, carries no secret."""
    command = shell_command(warehouse)
    secret = command.environment["PGPASSWORD"]
    assert secret not in " ".join(command.argv) + repr(command)


@pytest.fixture
def by_url(debian_server: DebianServer, tmp_path: Path) -> Database:
    """A database by URL whose reader has a login of its own."""
    place = debian_server.place(database="postgres", home=tmp_path)
    database = with_entry_logins(database_from_url(place.url), place)
    debian_server.run(
        "do $$ begin create role gradeline_reader; exception when duplicate_object then end $$"
    )
    ensure_login(database, Role.READER)
    return database


def test_psql_by_url_is_the_reader_too(by_url: Database) -> None:
    """By URL psql logs in as the reader, over the same TLS, and stays it."""
    for statement in ("select 1", "set role none", "reset session authorization"):
        result = psql(by_url, f"{statement}; select current_user, session_user")
        assert result.stdout.endswith("gradeline_reader|gradeline_reader\n"), result.stderr


def test_by_url_the_address_is_the_readers(by_url: Database) -> None:
    """An SQL client gets the reader's login, not the one of DATABASE_URL."""
    address = client_address(by_url)
    assert (address.host, address.user) == ("localhost", "gradeline_reader")
    assert address.password == by_url.logins[Role.READER].parameters["password"]
