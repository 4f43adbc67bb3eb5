"""The embedded server: its folder, its passwords, who starts it and who stops it."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from pathlib import Path

import pytest

from gradeline.base.errors import LoginRefused, WarehouseError
from gradeline.embedded.data_folder import cluster_at
from gradeline.embedded.process import find_running, free_port
from gradeline.warehouse import (
    Database,
    EmbeddedServer,
    Role,
    open_warehouse,
    share_embedded,
    stop_embedded,
)
from gradeline.warehouse.connect.database import Login, open_session

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as somebody else")


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def mode(path: Path) -> int:
    """Who may do what with a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_the_last_user_stops_the_server(used_home: Path) -> None:
    """While one of two is still there the server stays; then it goes."""
    place = EmbeddedServer(home=used_home)
    with open_warehouse(place, say=say_nothing) as first:
        with open_warehouse(place, say=say_nothing):
            pass
        with first.connect() as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert find_running(cluster_at(used_home)) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such sockets")
def test_others_cannot_even_take_a_connection(used_home: Path) -> None:
    """The socket is closed to them: sixty that never log in would keep a run out."""
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing) as database:
        parameters = database.login.parameters
        assert mode(Path(parameters["host"], f".s.PGSQL.{parameters['port']}")) == 0o700


def test_passwords_lie_in_a_file_for_its_owner_alone(home: Path) -> None:
    """Nobody but who runs Gradeline reads the passwords, and none is shown by what we print."""
    with open_warehouse(EmbeddedServer(home=home), say=say_nothing) as database:
        secrets = home / "db" / "secrets"
        assert mode(secrets) == 0o600
        assert secrets.stat().st_uid == os.geteuid()
        assert mode(cluster_at(home).data) == 0o700
        password = database.logins[Role.APP].parameters["password"]
    assert len(password) > 30
    assert password in secrets.read_text()
    assert password not in repr(database) + str(database)
    assert password not in cluster_at(home).log.read_text()


def test_every_way_in_asks_for_a_password(template: Database) -> None:
    """No line of pg_hba trusts anybody, and passwords are kept as scram."""
    with template.connect_as_login() as connection:
        ways = connection.execute("select distinct auth_method from pg_hba_file_rules").fetchall()
        kept = connection.execute(
            "select distinct left(rolpassword, 14) from pg_authid where rolcanlogin"
        )
        assert ways == [("scram-sha-256",)]
        assert kept.fetchall() == [("SCRAM-SHA-256$",)]


def test_a_wrong_password_is_refused(template: Database) -> None:
    """A role is not let in with anything else than its own password."""
    right = template.logins[Role.APP]
    wrong = Login(parameters={**right.parameters, "password": "guess"}, where=right.where)
    with pytest.raises(LoginRefused):
        open_session(wrong, template.name, role=Role.APP, autocommit=False)


def test_a_role_of_the_embedded_server_cannot_become_another(template: Database) -> None:
    """Who logged in as the doors' role does not get out of it."""
    with (
        pytest.raises(WarehouseError, match="permission denied"),
        template.connect(Role.APP) as connection,
    ):
        connection.execute("set role gradeline_loader")


def test_nothing_listens_on_tcp_unless_asked(template: Database) -> None:
    """Without a port the server is reached by its socket alone."""
    with template.connect_as_login() as connection:
        row = connection.execute("select current_setting('listen_addresses')").fetchone()
    assert row == ("",)


def test_durability_is_never_given_up(template: Database) -> None:
    """Settings that make a crash lose data are not among ours."""
    names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
    with template.connect_as_login() as connection:
        found = [connection.execute(f"show {name}".encode()).fetchone() for name in names]
    assert found == [("on",)] * 4


def test_with_a_port_it_listens_on_loopback(used_home: Path) -> None:
    """A port opens TCP on 127.0.0.1 there, and nowhere else."""
    port = free_port()
    with open_warehouse(EmbeddedServer(home=used_home, port=port), say=say_nothing) as database:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass
        with database.connect_as_login() as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)


def test_a_shared_server_stays_up_until_it_is_stopped(used_home: Path) -> None:
    """An SQL client gets an address that works, also after the next run, until stop."""
    address = share_embedded(EmbeddedServer(home=used_home), say=say_nothing)
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing):
        pass
    login = Login(
        parameters={"host": address.host, "port": str(address.port), "user": address.user}
        | {"password": address.password},
        where="tcp",
    )
    with open_session(login, address.database, role=None, autocommit=True) as session:
        assert session.execute("select current_user").fetchone() == (Role.READER.value,)
    assert address.password not in repr(address)
    assert stop_embedded(used_home)
    assert not stop_embedded(used_home)


def test_a_port_is_refused_while_others_use_the_server_without_one(used_home: Path) -> None:
    """A running server is not taken away from its users to open a port."""
    with (
        open_warehouse(EmbeddedServer(home=used_home), say=say_nothing),
        pytest.raises(WarehouseError, match="GRADELINE_DB_PORT"),
        open_warehouse(EmbeddedServer(home=used_home, port=free_port()), say=say_nothing),
    ):
        pass


def test_a_taken_port_is_named(used_home: Path) -> None:
    """Where another program has the port, the setting to change is named."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = EmbeddedServer(home=used_home, port=taken.getsockname()[1])
        with (
            pytest.raises(WarehouseError, match="GRADELINE_DB_PORT"),
            open_warehouse(place, say=say_nothing),
        ):
            pass


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    """A home too deep for a socket works all the same, and leaves no folder behind."""
    deep = home / ("long-" * 20)
    with open_warehouse(EmbeddedServer(home=deep), say=say_nothing) as database:
        short = Path(database.login.where)
        assert not short.is_relative_to(deep)
        with database.connect() as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert not short.exists()


def test_a_path_with_spaces_and_quotes_works(home: Path) -> None:
    """Nothing in a folder's name is taken for a command."""
    place = EmbeddedServer(home=home / 'it\'s `a` "home", $x')
    with open_warehouse(place, say=say_nothing) as database, database.connect() as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_what_a_chmod_of_the_whole_home_opened_is_closed_again(used_home: Path) -> None:
    """The server starts, and data and passwords are their owner's alone."""
    cluster = cluster_at(used_home)
    cluster.data.chmod(0o755)
    cluster.passwords.chmod(0o644)
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing) as database:
        assert database.name
    assert (mode(cluster.data), mode(cluster.passwords)) == (0o700, 0o600)


@as_root
def test_a_folder_closed_to_postgresqls_user_is_named_and_left_closed(home: Path) -> None:
    """We open no folder that others made; the error names it and the way out."""
    home.mkdir()
    home.chmod(0o700)
    place = EmbeddedServer(home=home / "inner")
    with (
        pytest.raises(WarehouseError, match=f"{home} is closed.*GRADELINE_HOME.*DATABASE_URL"),
        open_warehouse(place, say=say_nothing),
    ):
        pass
    assert mode(home) == 0o700


def test_what_a_killed_first_start_left_is_swept(home: Path) -> None:
    """A data folder is there whole or not at all; what a killed initdb left does not disturb."""
    left = home / "db" / "new.killed" / "data"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    with open_warehouse(EmbeddedServer(home=home), say=say_nothing):
        assert not left.exists()


def test_data_of_another_major_version_are_refused(used_home: Path) -> None:
    """Data that an older PostgreSQL made are left alone, and the way is named."""
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing):
        pass
    (used_home / "db" / "data" / "PG_VERSION").write_text("16\n")
    with (
        pytest.raises(WarehouseError, match="made by PostgreSQL 16"),
        open_warehouse(EmbeddedServer(home=used_home), say=say_nothing),
    ):
        pass


def test_lost_passwords_are_named(used_home: Path) -> None:
    """Without its passwords the data cannot be opened, and the file is named."""
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing):
        pass
    (used_home / "db" / "secrets").unlink()
    with (
        pytest.raises(WarehouseError, match="db/secrets"),
        open_warehouse(EmbeddedServer(home=used_home), say=say_nothing),
    ):
        pass


def test_a_copied_home_has_a_server_of_its_own(used_home: Path) -> None:
    """A folder copied while its server ran does not take that server for its own."""
    with open_warehouse(EmbeddedServer(home=used_home), say=say_nothing):
        shutil.copytree(
            used_home, used_home.with_name("copy"), ignore=shutil.ignore_patterns(".s.*")
        )
        lock_file = used_home.with_name("copy") / "db" / "data" / "postmaster.pid"
        assert lock_file.exists()
        assert find_running(cluster_at(used_home.with_name("copy"))) is None
