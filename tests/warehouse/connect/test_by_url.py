"""PostgreSQL by URL: Debian's, over TCP with TLS."""

from __future__ import annotations

import uuid

import pytest
from tests.warehouse.debian import DebianServer

from gradeline.base.errors import LoginRefused, WarehouseError, WarehouseUnavailable, WrongSetting
from gradeline.embedded.process import free_port
from gradeline.warehouse import ExternalServer, Role, open_warehouse
from gradeline.warehouse.connect.roles import ENTRY_ROLES, audit_roles


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


@pytest.fixture
def name() -> str:
    """A database name that nobody has taken."""
    return f"school_{uuid.uuid4().hex[:12]}"


@pytest.fixture
def clerk(debian_server: DebianServer) -> str:
    """A login that may make neither roles nor databases."""
    login = f"clerk_{uuid.uuid4().hex[:12]}"
    debian_server.run(f"create role {login} login password 'pw'")
    return login


@pytest.fixture
def no_roles(debian_server: DebianServer) -> None:
    """The server as if Gradeline had never been there."""
    with debian_server.admin().connect_as_login() as connection:
        names = connection.execute("select datname from pg_database where datname like 'school_%'")
        for (database,) in names.fetchall():
            connection.execute(f"drop database {database} with (force)".encode())
        for role in Role:
            connection.execute(f"drop owned by {role}".encode()) if _has(connection, role) else None
            connection.execute(f"drop role if exists {role}".encode())


def _has(connection: object, role: Role) -> bool:
    found = connection.execute("select 1 from pg_roles where rolname = %s", (role,))  # type: ignore[attr-defined]
    return found.fetchone() is not None


@pytest.mark.usefixtures("no_roles")
def test_the_database_and_the_roles_are_made(debian_server: DebianServer, name: str) -> None:
    """An administrator's URL is enough: database, roles and schema come to be, over TLS."""
    messages: list[str] = []
    with open_warehouse(debian_server.place(database=name), say=messages.append) as database:
        for role in set(Role) - set(ENTRY_ROLES):
            with database.connect(role) as connection:
                row = connection.execute("select current_user, session_user, inet_server_port()")
                assert row.fetchone() == (role.value, "admin", debian_server.port)
                assert connection.pgconn.ssl_in_use
    assert f"Making the database {name}." in messages


def test_opening_again_changes_nothing(debian_server: DebianServer, name: str) -> None:
    """A second opening finds everything there and says nothing."""
    messages: list[str] = []
    with open_warehouse(debian_server.place(database=name), say=say_nothing):
        pass
    with open_warehouse(debian_server.place(database=name), say=messages.append):
        pass
    assert messages == []


@pytest.mark.usefixtures("no_roles")
def test_a_login_that_may_make_roles_needs_no_administrator(
    debian_server: DebianServer, clerk: str, name: str
) -> None:
    """CREATEROLE and CREATEDB suffice; the loader then works under row security."""
    debian_server.run(f"alter role {clerk} createrole createdb")
    place = debian_server.place(f"{clerk}:pw", name)
    with open_warehouse(place, say=say_nothing) as database:
        with database.connect_as_login() as connection:
            assert audit_roles(connection).bound == ["gradeline_backup", "gradeline_loader"]
        with database.connect(Role.OWNER) as connection:
            connection.execute("create table marks (n int)")
            connection.execute("select protect_table('marks')")
            connection.execute("grant insert, select on marks to gradeline_loader")
        with database.connect(Role.LOADER) as connection:
            connection.execute("insert into marks values (1)")
            assert connection.execute("select n from marks").fetchall() == [(1,)]


@pytest.mark.usefixtures("no_roles")
def test_the_administrators_script_is_all_it_takes(
    debian_server: DebianServer, clerk: str, name: str
) -> None:
    """A login without rights gets the SQL for an administrator; once that ran, it works."""
    debian_server.run(f"create database {name} encoding 'UTF8' template template0")
    place = debian_server.place(f"{clerk}:pw", name)
    with pytest.raises(WarehouseError) as caught, open_warehouse(place, say=say_nothing):
        pass
    debian_server.run(caught.value.hint.partition("\n\n")[2], database=name)
    with open_warehouse(place, say=say_nothing) as database, database.connect() as connection:
        row = connection.execute("select current_user, session_user").fetchone()
    assert row == ("gradeline_loader", clerk)


def test_a_database_that_may_not_be_made_names_the_line_to_run(
    debian_server: DebianServer, clerk: str, name: str
) -> None:
    """Where the login may not make the database, the error carries the line for who may."""
    place = debian_server.place(f"{clerk}:pw", name)
    with (
        pytest.raises(WarehouseError, match=f'create database "{name}" owner "{clerk}"'),
        open_warehouse(place, say=say_nothing),
    ):
        pass


def test_a_crowded_server_is_no_matter_of_the_login(
    debian_server: DebianServer, clerk: str, name: str
) -> None:
    """Where no connection is left the message says so, and not to look at the password."""
    debian_server.run(f"alter role {clerk} connection limit 0")
    with (
        pytest.raises(WarehouseError, match=r"no free connection.*max_connections"),
        open_warehouse(debian_server.place(f"{clerk}:pw", name), say=say_nothing),
    ):
        pass


def test_a_wrong_password_names_the_setting(debian_server: DebianServer) -> None:
    """A refused login names the settings to fix and shows no password."""
    place = debian_server.place("admin:wr0ng")
    with pytest.raises(LoginRefused) as caught, open_warehouse(place, say=say_nothing):
        pass
    assert "DATABASE_URL (or DB_USER and DB_PASSWORD)" in str(caught.value)
    assert caught.value.case == "postgresql-refuses-the-login"
    assert "wr0ng" not in str(caught.value) + repr(place)


def test_a_connection_without_tls_is_refused_by_such_a_server(
    debian_server: DebianServer,
) -> None:
    """A server that wants TLS is not reached without it."""
    url = f"postgresql://admin:secret@localhost:{debian_server.port}/school?sslmode=disable"
    with pytest.raises(LoginRefused), open_warehouse(ExternalServer(url=url), say=say_nothing):
        pass


def test_a_certificate_that_cannot_be_checked_stops_us(debian_server: DebianServer) -> None:
    """With verify-full an unknown certificate ends the connection, and sslrootcert is named."""
    url = f"postgresql://admin:secret@localhost:{debian_server.port}/school?sslmode=verify-full"
    place = ExternalServer(url=f"{url}&sslrootcert=system")
    with (
        pytest.raises(WarehouseUnavailable, match="sslrootcert"),
        open_warehouse(place, say=say_nothing),
    ):
        pass


def test_a_server_that_is_away_is_named_with_its_port() -> None:
    """Where nobody answers, host, port and the command to look with are named."""
    port = free_port()
    place = ExternalServer(url=f"postgresql://u:p@127.0.0.1:{port}/school")
    with (
        pytest.raises(
            WarehouseUnavailable, match=rf"127\.0\.0\.1:{port}.*(systemctl|brew|net start)"
        ),
        open_warehouse(place, say=say_nothing),
    ):
        pass


@pytest.mark.parametrize("password", ["pa%ss", "p@ss", "pa/ss", "pa#ss", "pa:ss/", "p?a@ss"])
def test_a_password_that_breaks_the_url_is_not_shown(password: str) -> None:
    """A password whose signs were not written as %40 and the like ends in a message without it."""
    place = ExternalServer(url=f"postgresql://teacher:{password}@127.0.0.1:1/school")
    with (
        pytest.raises((WrongSetting, WarehouseUnavailable)) as caught,
        open_warehouse(place, say=say_nothing),
    ):
        pass
    words = str(caught.value)
    assert password not in words
    assert "ss@" not in words


#: As the grader script made it.
OLD_TABLE = """
    create table grader_attempts (
        id serial primary key, user_id varchar(255) not null, oauth_consumer_key varchar(255),
        lis_result_sourcedid text, lis_outcome_service_url text, is_correct boolean,
        attempt_type varchar(50) not null, created_at timestamp not null,
        loaded_at timestamp default current_timestamp
    )
"""


def test_a_database_of_the_grader_script_is_taken_over(
    debian_server: DebianServer, name: str
) -> None:
    """Its table keeps its rows under another schema, and the message says where they are."""
    row = (
        "insert into grader_attempts (user_id, attempt_type, created_at) values ('a', 'run', now())"
    )
    debian_server.run(f"create database {name}")
    debian_server.run(OLD_TABLE, row, database=name)
    said: list[str] = []
    for _ in range(2):
        with (
            open_warehouse(debian_server.place(database=name), say=said.append) as database,
            database.connect_as_login() as connection,
        ):
            old = connection.execute("select user_id from before_gradeline.grader_attempts")
            assert old.fetchall() == [("a",)]
            ours = connection.execute("select count(slice_id) from grader_attempts")
            assert ours.fetchone() == (0,)
    assert [line for line in said if "before_gradeline.grader_attempts" in line][1:] == []
    assert any("before_gradeline.grader_attempts" in line for line in said)
