"""Views of the warehouse: the canonical tables, as people with an SQL client see them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

from psycopg import sql

from gradeline.warehouse.connect.database import Database
from gradeline.warehouse.connect.errors import map_psycopg_errors
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.sql import query

_FILE = "views"
#: Behind a view's meaning: digests of its query and of what that was compiled from.
_MARK = re.compile(r" \[(\w+)(?: (\w+))?\]$")

Compile = Callable[[], Mapping[str, str]]  #: gives the query of each view, by name


def ensure_views(
    database: Database, meanings: Mapping[str, str], compiled: Compile, *, maker: str
) -> int:
    """Make these views (name → meaning), those that are there already left alone; how many.

    They run with the rights of whoever asks, so row security holds through them. Compiling takes
    a second, so it is left out where the views that stand there are of the same maker.

    Args:
        database: where they stand.
        meanings: what each says, for its description.
        compiled: gives their queries.
        maker: letters and digits that are others when the queries may be.

    Raises:
        WarehouseError: PostgreSQL refuses a definition.
    """
    with map_psycopg_errors(), database.connect(Role.OWNER) as connection:
        there: dict[str, str] = dict(connection.execute(query(_FILE, "there")).fetchall())
        if all(_marked(there.get(name))[1] == maker for name in meanings):
            return 0
        connection.execute(query(_FILE, "lock"))
        there = dict(connection.execute(query(_FILE, "there")).fetchall())
        changed = 0
        for name, select in compiled().items():
            digest = hashlib.sha256(select.encode()).hexdigest()[:16]
            new = _marked(there.get(name))[0] != digest
            changed += new
            parts = {
                "name": sql.Identifier(name),
                "select": sql.SQL(select),  # compiled by Ibis
                "mark": sql.Literal(f"{meanings[name]} [{digest} {maker}]"),
            }
            for step in ("drop", "create", "describe") if new else ("describe",):
                connection.execute(sql.SQL(query(_FILE, step)).format(**parts))
        if changed:
            connection.execute(query("grants", "grant_all"))
    return changed


def _marked(description: str | None) -> tuple[str | None, str | None]:
    """The two digests that a view's description carries."""
    found = _MARK.search(description or "")
    return (found[1], found[2]) if found else (None, None)
