"""The sources' own SQL, by name."""

from __future__ import annotations

from pathlib import Path
from typing import LiteralString

from gradeline.base.named_sql import read_queries

_QUERIES = Path(__file__).parent / "queries"


def query(file: str, name: str) -> LiteralString:
    """Return the SQL called `name` in `queries/<file>.sql`, fit to stand in parentheses."""
    return read_queries(_QUERIES / f"{file}.sql")[name].removesuffix(";")


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
