"""Who may do what: the table that proofs try on other servers too, here on the embedded one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from proofs.rig.rights import escapes, wrong_rights

from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.roles import ENTRY_ROLES, audit_roles, close_database

PUBLIC = """
select proname from pg_proc
where pronamespace = 'pg_catalog'::regnamespace and has_function_privilege('public', oid, 'EXECUTE')
  and (proname ~ 'advisory' or proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lowrite'))
"""


@pytest.fixture
def closed(warehouse: Database) -> Iterator[Database]:
    """A database with the rights of an embedded one: those of the database are not copied."""
    with warehouse.connect_as_login() as connection:
        close_database(connection, audit_roles(connection))
        yield warehouse


@pytest.mark.parametrize("role", Role)
def test_each_role_may_what_the_table_says(closed: Database, role: Role) -> None:
    """Reading, writing, other roles, files, programs, large objects, locks: cell by cell."""
    with closed.connect(role, autocommit=True) as connection:
        assert wrong_rights(connection, role) == []


@pytest.mark.parametrize("role", ENTRY_ROLES)
def test_an_entry_points_session_stays_what_it_is(closed: Database, role: Role) -> None:
    """No statement makes it anybody else."""
    with closed.connect(role, autocommit=True) as connection:
        assert escapes(connection) == []


def test_what_runs_lock_is_closed_when_a_database_is_opened(warehouse: Database) -> None:
    """Large objects and advisory locks are nobody's but the loader's and the owner's."""
    with warehouse.connect_as_login() as connection:
        assert connection.execute(PUBLIC.encode()).fetchall() == []
