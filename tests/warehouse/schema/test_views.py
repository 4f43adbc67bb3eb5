"""Canonical views: created once, and replaced where their query changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.records.tables import CANONICAL
from gradeline.warehouse import Database, Role
from gradeline.warehouse.schema.views import ensure_views


@pytest.fixture
def ensure(warehouse: Database, tmp_path: Path):
    """Make `plan` the view of a query; how many views changed."""

    def make(select: str) -> int:
        file = tmp_path / f"views_{abs(hash(select))}.sql"
        file.write_text(f"-- plan --\n-- A plan.\n{select}")
        return ensure_views(warehouse, file)

    return make


def run(database: Database, statement: str) -> None:
    """Execute a statement as the views' owner."""
    with database.connect(Role.OWNER) as connection:
        connection.execute(statement.encode())


def test_every_canonical_table_but_the_links_is_a_view(warehouse: Database) -> None:
    """Views that are there are left alone the second time."""
    assert ensure_views(warehouse) == len(CANONICAL) - 1  # learner_links is a table
    assert ensure_views(warehouse) == 0


def test_a_view_that_was_dropped_is_created_again(warehouse: Database) -> None:
    """Only the missing one is created."""
    ensure_views(warehouse)
    run(warehouse, "drop view plan")
    assert ensure_views(warehouse) == 1


def test_a_view_whose_query_changed_is_replaced(warehouse: Database, ensure) -> None:
    """Its columns may change too."""
    assert ensure("select 1 as n") == 1
    assert ensure("select 'two' as word, 2 as n") == 1
    with warehouse.connect(Role.LOADER) as connection:
        assert connection.execute(b"select * from plan").fetchall() == [("two", 2)]


def test_a_view_of_an_older_version_with_the_same_query_stays(warehouse: Database, ensure) -> None:
    """Older versions wrote a second digest into the description."""
    ensure("select 1 as n")
    with warehouse.connect() as connection:
        (described,) = connection.execute(b"select obj_description('plan'::regclass)").fetchone()
    run(warehouse, f"comment on view plan is '{described[:-1]} 0123456789abcdef]'")
    assert ensure("select 1 as n") == 0
