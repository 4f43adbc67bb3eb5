"""Named SQL: `.sql` files whose queries each have a name and a line that says what they return."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import LiteralString

_TITLE = re.compile(r"^-- (\w+) --$", re.MULTILINE)


@cache
def read_queries(file: Path) -> Mapping[str, LiteralString]:
    """Return the queries of a file by name.

    A query starts at the line `-- name --`; the comment line after it describes it.

    Raises:
        ValueError: a query has no description or no SQL, or a name appears twice.
    """
    return MappingProxyType({name: sql for name, (_, sql) in _parse(file).items()})


def read_descriptions(file: Path) -> Mapping[str, str]:
    """Return the descriptions of a file's queries by name.

    Raises:
        ValueError: as `read_queries`.
    """
    return {name: description for name, (description, _) in _parse(file).items()}


def _parse(file: Path) -> Mapping[str, tuple[str, LiteralString]]:
    """Return name → (description, SQL).

    The files ship with the package, so their text is as trusted as a literal.
    """
    parts = _TITLE.split(file.read_text(encoding="utf-8"))[1:]
    queries: dict[str, tuple[str, LiteralString]] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        description, _, sql = body.strip().partition("\n")
        if not description.startswith("-- ") or not sql.strip():
            raise ValueError(f"{file.name}: query {name} needs a description line, then SQL.")
        if name in queries:
            raise ValueError(f"{file.name}: query {name} appears twice.")
        queries[name] = (description.removeprefix("-- "), sql.strip())
    return queries
