"""What a server takes back for another's sake is asked again."""

from __future__ import annotations

import psycopg
import pytest

from gradeline.base.errors import SourceUnavailable
from gradeline.sources.postgres.retries import RetryPolicy

#: A standby that replays what a query still needs, for as long as somebody holds a lock.
CONFLICT = """
create function busy() returns int language plpgsql as $$ begin
    if exists (select from pg_locks where locktype = 'advisory' and objid = 7) then
        raise exception 'canceling statement due to conflict with recovery' using errcode = '{}';
    end if;
    return 1;
end $$;
create view t as select busy() as id
"""


@pytest.fixture
def holder(database):
    """A connection that holds the lock."""
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(7)")
        yield connection


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_a_conflict_is_asked_again(table, holder, state):
    """A query that a standby cancels for what it replays is repeated, and gives its rows."""
    made, tries = table(CONFLICT.format(state), cursor="id"), []

    def count_rows(reader):
        tries.append(reader)
        if len(tries) == 3:
            holder.execute("select pg_advisory_unlock(7)")
        return [each.rows for each in reader.ranges(None, None)]

    assert RetryPolicy(speed=100).run(made.table, count_rows) == [1]
    assert len(tries) == 3


@pytest.mark.usefixtures("holder")
def test_a_conflict_that_stays_names_what_to_set(table):
    """After all tries the message names the standby's settings."""
    made = table(CONFLICT.format("40001"), cursor="id")
    with pytest.raises(SourceUnavailable, match=r"conflict with recovery.*hot_standby_feedback"):
        RetryPolicy(speed=100).run(made.table, lambda reader: list(reader.ranges(None, None)))
