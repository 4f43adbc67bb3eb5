"""Named SQL: each query lives in `queries/*.sql` with a name and a line on what it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import LiteralString, cast

QUERIES = Path(__file__).parent / "queries"

_TITLE = re.compile(r"^-- (\w+) --$", re.MULTILINE)


@cache
def load_queries(file: str) -> Mapping[str, LiteralString]:
    """All queries of `queries/<file>`, name → SQL; the ending `.sql` may be left out.

    A query starts at the line `-- name --`; the comment line after it says what the query gives.

    Raises:
        ValueError: a query has no description or no SQL, or a name stands twice.
    """
    text = (QUERIES / file).with_suffix(".sql").read_text(encoding="utf-8")
    parts = _TITLE.split(text)[1:]
    queries: dict[str, LiteralString] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        description, _, sql = body.strip().partition("\n")
        if not description.startswith("-- ") or not sql.strip():
            raise ValueError(f"{file}: query {name} needs a description line, then SQL")
        if name in queries:
            raise ValueError(f"{file}: query {name} stands there twice")
        # The files ship with the package, so their text is as trusted as a literal.
        queries[name] = cast("LiteralString", sql.strip())
    return MappingProxyType(queries)


def query(file: str, name: str) -> LiteralString:
    """The SQL called `name` in `queries/<file>.sql`."""
    return load_queries(file)[name]
