"""The transaction in which an install changes tables: all of it happens, or nothing does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.base.errors import WarehouseError
from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.install.make import act_as
from gradeline.warehouse.sql import query


@contextmanager
def install_transaction(database: Database) -> Iterator[Connection]:
    """Yield a transaction of the login that acts as the owner; one install goes on at a time.

    Raises:
        WarehouseError: another install is at work.
    """
    with database.connect_as_login() as connection, connection.transaction():
        act_as(connection, Role.OWNER)
        row = connection.execute(query("install", "lock")).fetchone()
        if row is None or not row[0]:
            raise WarehouseError(
                "Another install or backup of the bot's tables is at work.",
                hint="Run again once it has ended.",
            )
        yield connection
