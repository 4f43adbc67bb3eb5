"""psql for people: read-only, and no password where others can see it."""

from __future__ import annotations

import subprocess

import pytest

from gradeline.base.errors import WarehouseError
from gradeline.warehouse import Database
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


def test_psql_by_url_is_the_reader_too(debian_server: DebianServer, template: Database) -> None:
    """By URL the login takes on the reader's role, over the same TLS."""
    debian_server.run(
        "do $$ begin create role gradeline_reader; exception when duplicate_object then end $$"
    )
    result = psql(debian_server.admin(), "select current_user, session_user")
    assert result.stdout == "gradeline_reader|admin\n", result.stderr


def test_by_url_there_is_no_address_to_give(debian_server: DebianServer) -> None:
    """Whoever runs the server knows its address; the settings that hold it are named."""
    with pytest.raises(WarehouseError, match="DATABASE_URL"):
        client_address(debian_server.admin())
