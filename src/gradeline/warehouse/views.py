"""Views of the warehouse: the canonical tables, as people with an SQL client see them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from psycopg import sql

from gradeline.warehouse.database import Database
from gradeline.warehouse.roles import Role
from gradeline.warehouse.sql import query
from gradeline.warehouse.translation import translated

_FILE = "views"


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """Views that should be there."""

    names: Collection[str]
    made_from: str  #: digest of all that their queries are made from
    make: Callable[[], Mapping[str, tuple[str, str]]]  #: name → query, meaning; takes seconds


def ensure_views(database: Database, wanted: Definitions) -> int:
    """Make these views, those that are there already left alone; how many were made.

    Their queries are made only where a view is missing or was made from something else. Views
    run with the rights of whoever asks, so row security holds through them.

    Raises:
        WarehouseError: PostgreSQL refuses a definition.
    """
    with translated(), database.connect(Role.OWNER) as connection:
        connection.execute(query(_FILE, "lock"))
        there: dict[str, str] = dict(connection.execute(query(_FILE, "there")).fetchall())
        if all(there.get(name, "").endswith(f" {wanted.made_from}]") for name in wanted.names):
            return 0
        made = 0
        for name, (select, meaning) in wanted.make().items():
            mark = f"{meaning} [{hashlib.sha256(select.encode()).hexdigest()[:16]}"
            parts = {
                "name": sql.Identifier(name),
                "select": sql.SQL(select),  # compiled by Ibis
                "mark": sql.Literal(f"{mark} {wanted.made_from}]"),
            }
            changed = not there.get(name, "").startswith(f"{mark} ")
            for step in ("drop", "create", "describe") if changed else ("describe",):
                connection.execute(sql.SQL(query(_FILE, step)).format(**parts))
            made += changed
        if made:
            connection.execute(query("grants", "grant_all"))
    return made
