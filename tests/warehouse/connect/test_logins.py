"""Logins of entry points by URL: made once, healed, refused where they could leave row security."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from proofs.rig.rights import escapes
from tests.warehouse.debian import DebianServer

from gradeline.base.errors import LoginRefused, WarehouseError
from gradeline.warehouse import Database, ExternalServer, Role, open_warehouse
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.warehouse.connect.pool import open_pool
from gradeline.warehouse.connect.roles import ENTRY_ROLES


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


@pytest.fixture(scope="module")
def place(
    debian_server: DebianServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ExternalServer]:
    """An empty database by URL, and a home."""
    name = f"logins_{uuid.uuid4().hex[:12]}"
    home = tmp_path_factory.mktemp("home")
    yield debian_server.place(database=name, home=home)
    debian_server.run(f"drop database if exists {name} with (force)")


@pytest.fixture
def database(place: ExternalServer) -> Iterator[Database]:
    """That database, with logins that work."""
    with open_warehouse(place, say=say_nothing) as opened:
        for role in ENTRY_ROLES:
            ensure_login(opened, role)
        yield opened


@pytest.mark.parametrize("role", ENTRY_ROLES)
def test_a_session_is_its_role_whatever_it_executes(database: Database, role: Role) -> None:
    """`reset role` and the like lead back to the same role, not to DATABASE_URL's login."""
    with database.connect(role, autocommit=True) as connection:
        who = connection.execute("select session_user, current_user").fetchone()
        assert who == (role.value, role.value)
        assert escapes(connection) == []


def test_passwords_are_made_once_for_their_owner_alone(
    database: Database, place: ExternalServer
) -> None:
    """Another opening of the same home uses the same, from a file that nobody else reads."""
    assert place.home is not None
    kept = place.home / "db" / "logins"
    assert kept.stat().st_mode & 0o777 == 0o600
    with open_warehouse(place, say=say_nothing) as again:
        assert again.logins == database.logins
    assert database.logins[Role.APP].parameters["password"] in kept.read_text()
    assert "password" not in repr(database.logins)


def test_a_password_that_somebody_changed_is_set_again(database: Database) -> None:
    """A reader who changes the reader's password shuts nobody out for long."""
    with database.connect(Role.READER, autocommit=True) as connection:
        connection.execute("alter role gradeline_reader password 'mine now'")
    with pytest.raises(LoginRefused):
        database.connect(Role.READER)
    ensure_login(database, Role.READER)
    database.connect(Role.READER).close()


def test_a_password_of_the_settings_is_used(place: ExternalServer, database: Database) -> None:
    """Hosts that share a database name the same passwords, and no file is made."""
    told = replace(place, home=None, passwords={Role.APP.value: "one for all hosts"})
    with open_warehouse(told, say=say_nothing) as other:
        ensure_login(other, Role.APP)
        other.connect(Role.APP).close()
        with pytest.raises(LoginRefused, match="DB_READER_PASSWORD"):
            other.connect(Role.READER)


@pytest.mark.parametrize(
    ("grant", "words"),
    [("alter role gradeline_app bypassrls", "bypasses row security"),
     ("alter role gradeline_app superuser", "is a superuser"),
     ("alter role gradeline_app createrole", "may create roles"),
     ("grant gradeline_loader to gradeline_app", "may act as gradeline_loader")],
)  # fmt: skip
def test_a_login_that_could_leave_row_security_is_refused(
    debian_server: DebianServer, database: Database, grant: str, words: str
) -> None:
    """An entry point does not start, and the SQL that it prints is what it takes."""
    debian_server.run(grant)
    with (
        pytest.raises(WarehouseError, match=words) as caught,
        open_pool(database, wait_s=2) as pool,
    ):
        pool.connect(Role.APP)
    debian_server.run(*caught.value.hint.partition("\n\n")[2].split("\n"))
    database.connect(Role.APP).close()


def test_a_login_that_may_not_set_passwords_prints_the_sql(
    debian_server: DebianServer, database: Database, place: ExternalServer
) -> None:
    """An administrator runs one line, without ever seeing the password."""
    clerk = f"clerk_{uuid.uuid4().hex[:12]}"
    debian_server.run(
        f"create role {clerk} login password 'pw'",
        f"grant {', '.join(role.value for role in Role)} to {clerk}",
    )
    fresh = {Role.APP.value: "a new one for this host"}
    other = replace(place, url=place.url.replace("admin:secret", f"{clerk}:pw"), passwords=fresh)
    with open_warehouse(other, say=say_nothing) as opened:
        with pytest.raises(WarehouseError, match="may not set the password") as caught:
            ensure_login(opened, Role.APP)
        line = caught.value.hint.partition("\n\n")[2]
        assert "SCRAM-SHA-256$" in line
        assert "a new one" not in line
        debian_server.run(line)
        ensure_login(opened, Role.APP)
