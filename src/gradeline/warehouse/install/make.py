"""Make tables and views that are missing, as migrations made them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.connect.savepoints import savepoint
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.statements import (
    Statement,
    declared_statements,
    first_rows,
    statements_on,
)
from gradeline.warehouse.sql import query


@dataclass(frozen=True, kw_only=True)
class PutOff:
    """A foreign key that cannot be made yet: rows that it is about are still missing."""

    table: str
    name: str


def act_as(connection: Connection, role: Role) -> None:
    """Act as another role until the transaction ends."""
    connection.execute(query("migrations", "act_as"), {"role": role.value})


def make_tables(
    connection: Connection, tables: Sequence[str], *, without_rows: Collection[str] = ()
) -> list[str]:
    """Make those of the tables that are missing, with all that migrations give them.

    Foreign keys that rows do not fulfil yet are left to `make_links`.

    Args:
        connection: acts as the owner; the caller owns its transaction.
        tables: all that are wanted.
        without_rows: tables whose rows come from elsewhere, so that they get no first rows.

    Returns:
        The tables that were made.

    Raises:
        psycopg.Error: PostgreSQL refuses a statement.
    """
    there = catalog.present(connection, tables)
    missing = [table for table in tables if table not in there]
    for statement in statements_on(missing, "table", "index", "trigger"):
        connection.execute(statement.text)
    make_links(connection, missing)
    _grant(connection, missing)
    act_as(connection, Role.LOADER)
    for table in missing:
        for statement in first_rows(table) if table not in without_rows else ():
            connection.execute(statement.text)
    act_as(connection, Role.OWNER)
    return missing


def make_links(connection: Connection, tables: Collection[str]) -> list[PutOff]:
    """Make the missing policies of these tables, and foreign keys from and to them.

    Args:
        connection: acts as the owner; the caller owns its transaction.
        tables: whose they are.

    Returns:
        The foreign keys that do not hold yet, as rows are still missing.

    Raises:
        psycopg.Error: PostgreSQL refuses another statement.
    """
    wanted = [one for one in declared_statements() if _links(one, tables)]
    there = catalog.parts(connection, {one.on for one in wanted})
    everything = {one.on for one in declared_statements() if one.kind == "table"}
    known = set(catalog.present(connection, sorted(everything)))
    put_off = []
    for one in wanted:
        if (one.kind, one.on, one.name) in there or one.mentions(everything - known):
            continue
        try:
            with savepoint(connection):
                connection.execute(one.text)
        except psycopg.errors.ForeignKeyViolation:
            put_off.append(PutOff(table=one.on, name=one.name))
    return put_off


def make_views(connection: Connection, views: Sequence[str]) -> list[str]:
    """Make those of the views that are missing; return them.

    Raises:
        psycopg.Error: a table that a view is about is missing.
    """
    there = catalog.present(connection, views)
    missing = [view for view in views if view not in there]
    for statement in statements_on(missing, "view"):
        connection.execute(statement.text)
    _grant(connection, missing)
    return missing


def _grant(connection: Connection, made: Sequence[str]) -> None:
    """Give what was made its rights; policies are there, as these decide about some of them."""
    if not made:
        return
    names = sql.SQL(", ").join(sql.Identifier("public", name) for name in made)
    connection.execute(sql.SQL(query("install", "clear_rights")).format(tables=names))
    for statement in statements_on(made, "right"):
        connection.execute(statement.text)
    connection.execute(query("grants", "grant_all"))


def _links(statement: Statement, tables: Collection[str]) -> bool:
    return statement.kind in ("foreign key", "policy") and statement.mentions(tables)
