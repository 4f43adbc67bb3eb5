"""Errors of PostgreSQL leave the warehouse as errors of our tree, and as nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from gradeline.base.errors import (
    DiskFull,
    GradelineError,
    TransactionConflict,
    ValueRefused,
    WarehouseError,
    WarehouseUnavailable,
)
from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.errors import map_psycopg_errors


def _all_kinds(kind: type[psycopg.Error]) -> Iterator[type[psycopg.Error]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _all_kinds(below)


KINDS = sorted(set(_all_kinds(psycopg.Error)), key=lambda kind: (kind.__module__, kind.__name__))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_error_of_psycopg_is_translated(kind: type[psycopg.Error]) -> None:
    """Whatever psycopg can raise leaves as one of ours."""
    with pytest.raises(GradelineError), map_psycopg_errors():
        raise kind("something happened")


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        (psycopg.errors.DiskFull, DiskFull),
        (psycopg.errors.AdminShutdown, WarehouseUnavailable),
        (psycopg.errors.ConnectionFailure, WarehouseUnavailable),
        (psycopg.errors.DeadlockDetected, TransactionConflict),
        (psycopg.errors.SerializationFailure, TransactionConflict),
        (psycopg.errors.UntranslatableCharacter, ValueRefused),
        (psycopg.DataError, ValueRefused),
        (psycopg.errors.DivisionByZero, WarehouseError),
    ],
)
def test_an_error_becomes_what_it_means(
    kind: type[psycopg.Error], ours: type[GradelineError]
) -> None:
    """A full disk is a full disk, a server that went is away."""
    with pytest.raises(ours), map_psycopg_errors():
        raise kind("something happened")


def test_a_mistake_inside_a_connection_is_translated_and_rolled_back(warehouse: Database) -> None:
    """The block of a connection gives our error, and nothing of it stays."""
    with pytest.raises(WarehouseError, match="no_such_table"), warehouse.connect() as connection:
        connection.execute("create temporary table t (n int); select * from no_such_table")
    with warehouse.connect() as connection:
        row = connection.execute("select to_regclass('pg_temp.t')").fetchone()
    assert row == (None,)


def test_a_value_that_is_refused_is_not_repeated(warehouse: Database) -> None:
    """What a person's record says does not travel in an error."""
    with pytest.raises(WarehouseError) as caught, warehouse.connect() as connection:
        connection.execute("select %s::text::int", ("Maria Curie",))
    assert "Curie" not in str(caught.value)


def test_a_broken_constraint_is_met_at_commit_too(warehouse: Database) -> None:
    """An error that comes only with the commit is translated as well."""
    with warehouse.connect(Role.OWNER) as connection:
        connection.execute("create table ones (n int unique deferrable initially deferred)")
    with pytest.raises(WarehouseError, match="unique"), warehouse.connect(Role.OWNER) as connection:
        connection.execute("insert into ones values (1), (1)")
