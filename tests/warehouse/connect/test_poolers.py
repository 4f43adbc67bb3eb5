"""The warehouse behind PgBouncer: a session is kept, or the pooler is refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import psycopg
import pytest
from tests.pgbouncer import running_pgbouncer
from tests.warehouse.debian import DebianServer

from gradeline.base.errors import WarehouseError
from gradeline.warehouse import ExternalServer, Role, open_warehouse
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.warehouse.connect.pool import open_pool
from gradeline.warehouse.psql import shell_command
from gradeline.warehouse.slices.claims import claim, release

Pool = Callable[..., AbstractContextManager[int]]

#: What a session would keep of us, beside its process.
STATE = "select current_setting('role'), current_setting('search_path')"


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def address(port: int, name: str = "postgres") -> str:
    """The administrator's URL through the pooler."""
    return f"postgresql://admin:secret@127.0.0.1:{port}/{name}"


@pytest.fixture
def pool(debian_server: DebianServer) -> Pool:
    """PgBouncer before Debian's PostgreSQL, with settings of a test."""

    def run(**settings: str) -> AbstractContextManager[int]:
        logins = {"admin": "secret", Role.READER.value: "wordy"}
        return running_pgbouncer(debian_server.port, logins, **settings)

    return run


@pytest.fixture
def name(debian_server: DebianServer) -> Iterator[str]:
    """An empty database."""
    name = f"school_{uuid.uuid4().hex[:12]}"
    debian_server.run(f"create database {name} encoding 'UTF8' template template0")
    yield name
    debian_server.run(f"drop database {name} with (force)")


def test_a_session_pool_works(pool: Pool, name: str) -> None:
    """Roles, schema and claims work where each connection keeps its session."""
    with (
        pool(pool_mode="session") as port,
        open_warehouse(ExternalServer(url=address(port, name)), say=say_nothing) as database,
        open_pool(database, Role.LOADER) as pooled,
        pooled.connect(autocommit=True) as one,
        database.connect(autocommit=True) as other,
    ):
        assert [claim(one, 7), claim(other, 7), release(one, 7), claim(other, 7)] == [
            True, False, True, True
        ]  # fmt: skip
        assert one.execute("select current_user, 1").fetchone() == (Role.LOADER, 1)


@pytest.mark.parametrize(
    "settings",
    [{"pool_mode": "transaction"}, {"pool_mode": "transaction", "default_pool_size": "1"},
     {"pool_mode": "transaction", "server_round_robin": "1", "min_pool_size": "2"},
     {"pool_mode": "statement"}],
)  # fmt: skip
def test_a_pool_that_keeps_no_session_is_refused(
    pool: Pool, name: str, settings: dict[str, str]
) -> None:
    """The message names the mode and the settings, and the pool's sessions are as before."""
    with pool(**settings, server_reset_query="") as port:
        place = ExternalServer(url=address(port, name))
        with psycopg.connect(place.url, autocommit=True) as other:
            before = other.execute(STATE).fetchone()
            with pytest.raises(WarehouseError, match=r"pool_mode = session, in DATABASE_URL"):
                open_warehouse(place, say=say_nothing).__enter__()
            assert other.execute(STATE).fetchone() == before


@pytest.mark.parametrize(
    ("settings", "words"),
    [({}, "does not pass on"), ({"ignore_startup_parameters": "options"}, "drops libpq's options")],
)
def test_psql_is_never_the_login(
    pool: Pool, name: str, settings: dict[str, str], words: str
) -> None:
    """Where a pooler keeps psql from being the reader, there is no psql."""
    with pool(pool_mode="session", **settings) as port:
        place = ExternalServer(url=address(port, name), passwords={Role.READER.value: "wordy"})
        with open_warehouse(place, say=say_nothing) as database:
            ensure_login(database, Role.READER)
            with pytest.raises(WarehouseError, match=words) as caught:
                shell_command(database)
    assert "secret" not in str(caught.value)


def test_a_pool_that_is_full_says_so(pool: Pool, name: str) -> None:
    """A pool of one session is too small; the message is about its size."""
    with pool(pool_mode="session", default_pool_size="1", query_wait_timeout="1") as port:
        place = ExternalServer(url=address(port, name))
        with pytest.raises(WarehouseError, match=r"no free connection.*pool's size"):
            open_warehouse(place, say=say_nothing).__enter__()
