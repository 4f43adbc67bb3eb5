"""Views of the warehouse: the canonical tables, for people with an SQL client."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from psycopg import sql

from gradeline.base.named_sql import read_descriptions, read_queries
from gradeline.warehouse.connect.database import Connection, Database
from gradeline.warehouse.connect.errors import map_psycopg_errors
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.sql import query

_FILE = "views"

#: The views' queries, generated from the expressions that metrics use.
CANONICAL_VIEWS = Path(__file__).parents[1] / "canonical_views.sql"


def canonical_views(file: Path = CANONICAL_VIEWS) -> Sequence[str]:
    """Return the names of the canonical views."""
    return list(read_queries(file))


def ensure_views(database: Database, file: Path = CANONICAL_VIEWS) -> int:
    """Create the canonical views that are missing and replace those whose query changed.

    A view runs with the rights of whoever queries it, so row security applies through it.

    Args:
        database: where the views are.
        file: named queries; each name and description is that of a canonical table.

    Returns:
        How many views were created or replaced.

    Raises:
        WarehouseError: PostgreSQL refuses a definition.
    """
    views = read_queries(file)
    with map_psycopg_errors(), database.connect(Role.OWNER) as connection:
        if not _outdated(connection, file):
            return 0
        connection.execute(query(_FILE, "lock"))
        outdated = _outdated(connection, file)  # another process may have replaced them
        for name, description in outdated.items():
            parts = {
                "name": sql.Identifier(name),
                "select": sql.SQL(views[name]),
                "description": sql.Literal(description),
            }
            for step in ("drop", "create", "describe"):
                connection.execute(sql.SQL(query(_FILE, step)).format(**parts))
        if outdated:
            connection.execute(query("grants", "grant_all"))
    return len(outdated)


def _outdated(connection: Connection, file: Path) -> Mapping[str, str]:
    """Return the description of each view that is missing or has another query.

    A description ends with a digest of the query; older versions wrote more behind it.
    """
    current: dict[str, str] = dict(connection.execute(query(_FILE, "descriptions")).fetchall())
    meanings = read_descriptions(file)
    outdated = {}
    for name, select in read_queries(file).items():
        described = f"{meanings[name]} [{hashlib.sha256(select.encode()).hexdigest()[:16]}"
        if not (current.get(name) or "").startswith(described):
            outdated[name] = f"{described}]"
    return outdated
