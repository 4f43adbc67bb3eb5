"""Pool: every connection that is borrowed is clean, and errors are ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gradeline.base.errors import WarehouseError, WarehouseUnavailable
from gradeline.embedded.process import free_port
from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.pool import open_pool

STATE = """
select current_user, current_setting('TimeZone'), coalesce(current_setting('app.role', true), ''),
    to_regclass('pg_temp.left_over') is null, pg_backend_pid()
"""


@pytest.fixture
def pooled(warehouse: Database) -> Iterator[Database]:
    """A pool of one connection, so that each borrower meets what the last one left."""
    with open_pool(warehouse, Role.APP, size=1, wait_s=1) as opened:
        yield opened


def test_a_connection_comes_back_clean(pooled: Database, warehouse: Database) -> None:
    """The role, settings and temporary tables of one user never reach the next one."""
    with pooled.connect(Role.APP) as connection:
        connection.execute("set role none; set timezone = 'Asia/Tokyo'")
        connection.execute("select set_config('app.role', 'admin', false)")
        connection.commit()
        connection.autocommit = True
        pid = connection.info.backend_pid
    with pooled.connect(Role.APP) as connection:
        assert connection.execute(STATE.encode()).fetchone() == (
            Role.APP.value, "UTC", "", True, pid
        )  # fmt: skip
        assert not connection.autocommit


def test_one_connection_serves_many_users(pooled: Database) -> None:
    """However often it is lent, it is the same one: resetting it drops nothing that it needs."""
    pids = set()
    for _ in range(40):
        with pooled.connect(Role.APP) as connection:
            connection.execute("select 1")
            pids.add(connection.info.backend_pid)
    assert len(pids) == 1


def test_a_transaction_ends_with_its_block(warehouse: Database) -> None:
    """The block's end commits, an error rolls back, and the connection serves the next one."""
    with open_pool(warehouse, Role.LOADER, size=1) as pooled:
        with pooled.connect() as connection:
            connection.execute("insert into learner_links values ('s', '1', 'a')")
        with pytest.raises(WarehouseError, match="refused a statement"), pooled.connect() as other:
            other.execute("with gone as (delete from learner_links returning 1) select 1 / 0")
        with pooled.connect() as connection:
            row = connection.execute("select count(*) from learner_links").fetchone()
    assert row == (1,)


def test_a_connection_that_broke_is_replaced(pooled: Database, warehouse: Database) -> None:
    """The server ended it while it waited in the pool; nobody meets an error."""
    with pooled.connect(Role.APP) as connection:
        pid = connection.info.backend_pid
    with warehouse.connect_as_login() as admin:
        admin.execute("select pg_terminate_backend(%s, 5000)", (pid,))
    with pooled.connect(Role.APP) as connection:
        assert connection.info.backend_pid != pid


def test_all_connections_in_use_is_an_error_of_ours(warehouse: Database) -> None:
    """Whoever waits too long for one learns why."""
    with (
        open_pool(warehouse, size=1, wait_s=0.2) as pooled,
        pooled.connect(Role.APP),
        pytest.raises(WarehouseError, match="All 1 connections"),
        pooled.connect(Role.APP),
    ):
        pass


def test_a_server_that_is_away_is_an_error_of_ours(warehouse: Database) -> None:
    """Opening the pool connects to nothing; borrowing says that no server answers."""
    nowhere = {"host": "127.0.0.1", "port": str(free_port()), "user": "nobody"}
    away = replace(warehouse, logins={Role.APP: replace(warehouse.login, parameters=nowhere)})
    with (
        open_pool(away, wait_s=0.2) as pooled,
        pytest.raises(WarehouseUnavailable, match="No PostgreSQL answers"),
        pooled.connect(Role.APP),
    ):
        pass
