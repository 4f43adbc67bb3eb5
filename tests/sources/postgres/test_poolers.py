"""Behind a pooler a table is read as it is directly, or the pooler is refused."""

from __future__ import annotations

import psycopg
import pytest
from tests.pgbouncer import running_pgbouncer

from gradeline.base.errors import SourceRefused
from gradeline.sources.postgres.session import check_settings
from gradeline.sources.source import PlanRequest

#: A row that says how it is read; the database's own settings are others.
PROBE = """
create view t as select 1 as id, 0.5::numeric(5,4) as score, timestamptz '2024-01-18 10:00+00' as at,
    current_setting('transaction_read_only') || ' ' || current_setting('TimeZone') || ' '
    || current_setting('statement_timeout') as learner;
do $$ begin
    execute format('alter database %I set timezone = ''Asia/Tokyo''', current_database());
end $$
"""
POOLS = [{"pool_mode": "transaction"}, {"pool_mode": "session"},
         {"pool_mode": "transaction", "ignore_startup_parameters": "options"},
         {"pool_mode": "transaction", "default_pool_size": "1", "server_reset_query": ""}]  # fmt: skip


@pytest.fixture
def pool(database):
    """PgBouncer before the school's database, with settings of a test."""

    def run(**settings):
        return running_pgbouncer(database.port, {"reader": database.reader_password}, **settings)

    return run


def test_a_transaction_is_read_only_and_in_utc(table, read):
    """Without a pooler, whatever the database's defaults are."""
    (day,) = read(table(PROBE)).values()
    assert day.facts["learner_id"].to_pylist() == ["on UTC 30min"]


@pytest.mark.parametrize("settings", POOLS)
def test_a_pooler_changes_nothing(table, read, pool, settings):
    """PgBouncer in session or transaction mode, with and without options: the same row."""
    with pool(**settings) as port:
        (day,) = read(table(PROBE, port=port)).values()
    assert day.facts["learner_id"].to_pylist() == ["on UTC 30min"]


@pytest.mark.parametrize("cursor", ["id", "updated_at"])
def test_a_table_is_read_whole_through_a_pooler(database, source, read, pool, cursor):
    """A pool of one server connection gives every row, range by range."""
    with pool(pool_mode="transaction", default_pool_size="1") as port:
        ranges = read(source(cursor, url=database.url_at(port))).values()
    ids = [id_ for each in ranges for id_ in each.facts["attempt_id"].to_pylist()]
    assert sorted(ids) == sorted(str(row.values[0]) for row in database.rows if not row.late)


def test_nothing_stays_in_a_pooled_connection(database, source, pool):
    """Whoever is given the server connection after us finds its own settings."""
    show = "select current_setting('TimeZone'), current_setting('default_transaction_read_only')"
    with pool(pool_mode="transaction", default_pool_size="1", server_reset_query="") as port:
        url = database.url_at(port)
        with psycopg.connect(url, autocommit=True) as other:
            before = other.execute(show).fetchone()
            source(url=url).plan(PlanRequest())
            assert other.execute(show).fetchone() == before


def test_a_pool_of_statements_is_refused(database, source, pool):
    """Where no transaction can be, the message says which pools can be used."""
    with pool(pool_mode="statement") as port, pytest.raises(SourceRefused) as caught:
        source(url=database.url_at(port)).plan(PlanRequest())
    assert "session or transaction mode" in str(caught.value)
    assert database.reader_password not in str(caught.value)


def test_settings_that_are_not_kept_are_refused(database, source):
    """A pooler that drops a setting is found before a row is read."""
    with psycopg.connect(database.url) as connection, pytest.raises(SourceRefused) as caught:
        check_settings(source().table, connection)
    assert "transaction_read_only is off" in str(caught.value)


def test_options_in_the_url_are_named(database, source, pool):
    """What PgBouncer refuses at the door is not asked again, and the hint names it."""
    with pool(pool_mode="transaction") as port:
        made = source(url=f"{database.url_at(port)}?options=-c%20geqo%3Doff")
        with pytest.raises(SourceRefused, match="without options"):
            made.plan(PlanRequest())


@pytest.mark.parametrize(
    ("old", "new"), [("reader:", "nobody:"), ("reader:", "reader:n0"), ("/postgres", "/none")]
)
def test_a_wrong_address_is_not_asked_again(database, source, pool, old, new):
    """What a pooler says of a login or a database that is wrong is a refusal, as directly."""
    with pool(pool_mode="transaction") as port:
        made = source(url=database.url_at(port).replace(old, new))
        with pytest.raises(SourceRefused, match="POSTGRES_TABLES") as caught:
            made.plan(PlanRequest())
    assert database.reader_password not in str(caught.value)
