"""Kills: of the server, of who uses it, and of what is left behind; nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from gradeline.base.errors import WarehouseUnavailable
from gradeline.embedded.data_folder import cluster_at
from gradeline.embedded.process import CRASH_MESSAGES, find_running, log_contains
from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse

#: A process that opens the warehouse of argv[1], says so, and waits to be ended.
USER = """
import sys
from pathlib import Path
from gradeline.warehouse import EmbeddedServer, open_warehouse
with open_warehouse(EmbeddedServer(home=Path(sys.argv[1])), say=lambda words: None) as database:
    with database.connect() as connection:
        connection.execute("select 1")
    print("open", flush=True)
    sys.stdin.read()
"""


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def user_of(home: Path) -> subprocess.Popen[str]:
    """Another process that uses the server of `home`."""
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", USER, home], stdin=pipe, stdout=pipe, text=True)


@pytest.fixture
def used(used_home: Path) -> EmbeddedServer:
    """A home with a table `kept` of one row."""
    place = EmbeddedServer(home=used_home)
    with (
        open_warehouse(place, say=say_nothing) as database,
        database.connect(Role.OWNER) as connection,
    ):
        connection.execute("create table kept as select 42 as n")
    return place


def kept(place: EmbeddedServer, log_contains: list[str]) -> list[int]:
    """What the table of `used` holds now."""
    with (
        open_warehouse(place, say=log_contains.append) as database,
        database.connect(Role.OWNER) as connection,
    ):
        return [n for (n,) in connection.execute("select n from kept order by n")]


def kill_server(home: Path) -> int:
    """Kill the server of `home` as a power cut would; gives its process number."""
    server = find_running(cluster_at(home))
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while find_running(cluster_at(home)) is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return server.pid


def write_into_a_kill(database: Database, home: Path) -> None:
    """Write a row, and have the server killed before it is committed."""
    with database.connect(Role.OWNER) as connection:
        connection.execute("insert into kept values (44)")
        kill_server(home)
        time.sleep(0.2)
        connection.execute("select 1")


def test_a_killed_server_is_recovered_and_nothing_is_lost(used: EmbeddedServer) -> None:
    """What was committed before the kill is there, the rest is gone, and a message says so."""
    log_contains: list[str] = []
    with open_warehouse(used, say=say_nothing) as database:
        with database.connect(Role.OWNER) as connection:
            connection.execute("insert into kept values (43)")
        with pytest.raises(WarehouseUnavailable):
            write_into_a_kill(database, used.home)
    assert kept(used, log_contains) == [42, 43]
    assert "PostgreSQL is recovering after a crash …" in log_contains


def test_a_server_that_computes_while_its_master_is_killed_is_replaced(
    used: EmbeddedServer,
) -> None:
    """A backend that outlives its server holds its memory; it is ended, then all goes on."""
    with open_warehouse(used, say=say_nothing) as database:
        with database.connect(Role.OWNER, autocommit=True) as connection:
            connection.execute("create table busy (n int)")
        busy = database.connect(Role.OWNER, autocommit=True)
        busy.pgconn.send_query(b"select sum(n) from generate_series(1, 500000000) as n")
        time.sleep(0.3)
        kill_server(used.home)
        assert kept(used, []) == [42]
        busy.close()


@pytest.mark.parametrize("impostor", ["another program", "a zombie"])
def test_a_lock_file_that_names_somebody_else_fools_nobody(
    used: EmbeddedServer, impostor: str
) -> None:
    """After a kill the server's number may belong to another program, or to a zombie."""
    process = subprocess.Popen(["sleep", "60" if impostor == "another program" else "0"])
    if impostor == "a zombie":
        while psutil.Process(process.pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)
    lock_file = used.home / "db" / "data" / "postmaster.pid"
    lock_file.write_text(
        f"{process.pid}\n{lock_file.parent}\n1\n5432\n{used.home}/db/run\n\n\nready\n"
    )
    assert kept(used, []) == [42]
    process.kill()
    process.wait()


def test_several_processes_may_start_at_once(home: Path) -> None:
    """Three first users at the same instant: one makes the server, all of them use it."""
    users = [user_of(home) for _each in range(3)]
    words = [user.stdout.readline() for user in users if user.stdout]
    for user in users:
        user.communicate("")
    assert words == ["open\n"] * 3
    assert [user.returncode for user in users] == [0, 0, 0]
    assert find_running(cluster_at(home)) is None


def test_a_killed_user_is_not_counted(used: EmbeddedServer) -> None:
    """The server that a killed process left is used by the next one, who stops it."""
    user = user_of(used.home)
    assert user.stdout is not None
    assert user.stdout.readline() == "open\n"
    before = find_running(cluster_at(used.home))
    user.kill()
    user.communicate()
    with open_warehouse(used, say=say_nothing):
        assert find_running(cluster_at(used.home)) == before
    assert find_running(cluster_at(used.home)) is None


def test_a_killed_backend_is_survived(used: EmbeddedServer) -> None:
    """When one session is killed the server restarts itself; the next one waits for it."""
    with open_warehouse(used, say=say_nothing) as database:
        victim = database.connect(Role.OWNER, autocommit=True)
        os.kill(victim.info.backend_pid, signal.SIGKILL)
        while not log_contains(cluster_at(used.home), CRASH_MESSAGES, since=0):
            time.sleep(0.01)
        assert kept(used, []) == [42]
        victim.close()
