"""Views of the warehouse: the canonical tables, as people with an SQL client see them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from psycopg import sql

from gradeline.warehouse.database import Database
from gradeline.warehouse.roles import Role
from gradeline.warehouse.sql import query
from gradeline.warehouse.translation import translated

_FILE = "views"


def ensure_views(database: Database, definitions: Mapping[str, tuple[str, str]]) -> int:
    """Make these views (name → query, meaning), those that are there already left alone; how many.

    They run with the rights of whoever asks, so row security holds through them.

    Raises:
        WarehouseError: PostgreSQL refuses a definition.
    """
    marks = {
        name: f"{meaning} [{hashlib.sha256(select.encode()).hexdigest()[:16]}]"
        for name, (select, meaning) in definitions.items()
    }
    with translated(), database.connect(Role.OWNER) as connection:
        connection.execute(query(_FILE, "lock"))
        there: dict[str, str] = dict(connection.execute(query(_FILE, "there")).fetchall())
        changed = [name for name, mark in marks.items() if there.get(name) != mark]
        for name in changed:
            parts = {
                "name": sql.Identifier(name),
                "select": sql.SQL(definitions[name][0]),  # compiled by Ibis
                "mark": sql.Literal(marks[name]),
            }
            for step in ("drop", "create", "describe"):
                connection.execute(sql.SQL(query(_FILE, step)).format(**parts))
        if changed:
            connection.execute(query("grants", "grant_all"))
    return len(changed)
