"""Named SQL: each query stands in a `.sql` file with a name and a line on what it gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import LiteralString, cast

_TITLE = re.compile(r"^-- (\w+) --$", re.MULTILINE)


@cache
def read_queries(file: Path) -> Mapping[str, LiteralString]:
    """All queries of a file, name → SQL.

    A query starts at the line `-- name --`; the comment line after it says what the query gives.

    Raises:
        ValueError: a query has no description or no SQL, or a name stands twice.
    """
    parts = _TITLE.split(file.read_text(encoding="utf-8"))[1:]
    queries: dict[str, LiteralString] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        description, _, sql = body.strip().partition("\n")
        if not description.startswith("-- ") or not sql.strip():
            raise ValueError(f"{file.name}: query {name} needs a description line, then SQL")
        if name in queries:
            raise ValueError(f"{file.name}: query {name} is there twice")
        # The files ship with the package, so their text is as trusted as a literal.
        queries[name] = cast("LiteralString", sql.strip())
    return MappingProxyType(queries)
