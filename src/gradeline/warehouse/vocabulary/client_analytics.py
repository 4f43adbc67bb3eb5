"""The SELECTs of `client_analytics.sql`, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradeline.base.named_sql import read_descriptions, read_queries
from gradeline.warehouse.connect.database import Connection

FILE = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True, kw_only=True)
class QueryRows:
    """What a SELECT found."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def descriptions() -> Mapping[str, str]:
    """Return what each SELECT tells, by its name."""
    return read_descriptions(FILE)


def run_query(connection: Connection, name: str) -> QueryRows:
    """Run a SELECT.

    Raises:
        KeyError: there is none of that name.
    """
    cursor = connection.execute(read_queries(FILE)[name])
    columns = [column.name for column in cursor.description or ()]
    return QueryRows(columns=columns, rows=cursor.fetchall())
