"""The audit: entry points add to it, and cannot take from it."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from gradeline.base.clock import now
from gradeline.warehouse import Database, Role, audit
from gradeline.warehouse.audit import AuditNote

POSTED = AuditNote(
    login="wes", action="post", subject="events_part", rows=3, detail={"window": "a\0b"}
)


def test_an_entry_point_adds_a_row(warehouse: Database) -> None:
    """What it adds is listed, newest first, with its time; a NUL is shown."""
    with warehouse.connect(Role.APP) as connection:
        audit.note(connection, POSTED)
    with warehouse.connect() as connection:
        audit.note(connection, AuditNote(login="ira", action="read", subject="events_part"))
        newest, oldest = audit.ls(connection, most=5)
        of_wes = audit.ls(connection, most=5, login="wes")
    assert (newest.login, newest.rows, oldest.rows) == ("ira", None, 3)
    assert of_wes == [oldest]
    assert abs(oldest.happened_at - now()) < timedelta(minutes=5)


@pytest.mark.parametrize("statement", ["delete from audit", "update audit set login = 'x'"])
def test_an_entry_point_changes_no_row(warehouse: Database, statement: str) -> None:
    """Whoever could would not be in it."""
    with warehouse.connect(Role.APP, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())
        assert connection.execute("select count(*) from audit").fetchone() == (0,)


def test_only_what_is_past_its_days_goes(warehouse: Database) -> None:
    """A row of today stays when those of yesterday go."""
    with warehouse.connect() as connection:
        audit.note(connection, POSTED)
        assert audit.delete_before(connection, now() - timedelta(days=1)) == 0
        assert audit.delete_before(connection, now() + timedelta(days=1)) == 1
