"""Make room for our tables where a database has others of the same names.

The `.env` of an earlier system names its database, and that has, for instance, a table
`grader_attempts`. It is moved into a schema of its own, with its rows, keys and rights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.sql import query

#: Where tables go that were there before ours; named in docs/how-to/.
ASIDE = "before_gradeline"
_FILE = "migrations"
_CREATED = re.compile(r"^\s*CREATE TABLE (?:public\.)?(\w+)", re.IGNORECASE | re.MULTILINE)


def move_aside(connection: psycopg.Connection[TupleRow], migration: str) -> Sequence[str]:
    """Move the tables whose names a migration needs, as the login; returns their names.

    Args:
        connection: acts as the owner of our tables; the caller owns its transaction.
        migration: the text of one that was not applied yet, so these tables are not ours.

    Raises:
        psycopg.Error: the login may not move them.
    """
    wanted = {"names": _CREATED.findall(migration)}
    taken = [name for (name,) in connection.execute(query(_FILE, "taken"), wanted)]
    if taken:
        _act_as(connection, "none")
        connection.execute(query(_FILE, "create_aside"))
        for name in taken:
            move = sql.SQL(query(_FILE, "move_aside"))
            connection.execute(move.format(table=sql.Identifier(name)))
        _act_as(connection, Role.OWNER)
    return taken


def _act_as(connection: psycopg.Connection[TupleRow], role: str) -> None:
    connection.execute(query(_FILE, "act_as"), {"role": role})
