"""A dump is proven by restoring it: equal to what was dumped, or each difference is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.base.errors import WarehouseError
from gradeline.flows.upkeep.verify_dump import verify_dump
from gradeline.warehouse import Database
from gradeline.warehouse.dump import write_dump
from gradeline.warehouse.learners import forgotten

_NAMES = "select datname from pg_database where datname like %(like)s"


def test_a_dump_is_equal_until_the_database_changes(warehouse: Database, tmp_path: Path) -> None:
    """A restored dump has the rows and sequences of its database; a later row is named."""
    path = tmp_path / "database.dump"
    with warehouse.connect() as connection:
        forgotten.remember_forgotten(connection, [("files:oulad", "1")])
    write_dump(warehouse, path)
    assert verify_dump(warehouse, path) == []
    with warehouse.connect() as connection:
        forgotten.remember_forgotten(connection, [("files:oulad", "2")])
    assert verify_dump(warehouse, path) == ["public.forgotten"]


def test_a_broken_dump_leaves_no_scratch_database(warehouse: Database, tmp_path: Path) -> None:
    """What cannot be restored is an error with PostgreSQL's words, and nothing is left behind."""
    path = tmp_path / "database.dump"
    path.write_bytes(b"rubbish")
    with pytest.raises(WarehouseError, match="could not be restored"):
        verify_dump(warehouse, path)
    with warehouse.connect_as_login() as connection:
        left = connection.execute(_NAMES, {"like": f"{warehouse.name}_verify_%"}).fetchall()
    assert left == []
