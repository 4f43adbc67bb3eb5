"""Named SQL: each query has a name, a description and a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.warehouse import sql
from gradeline.warehouse.sql import load_queries, query

FILES = sorted(path.name for path in sql.QUERIES.glob("*.sql"))


@pytest.mark.parametrize("file", FILES)
def test_every_query_is_described(file: str) -> None:
    """Each file of queries can be read, which asks for name and description of each."""
    assert load_queries(file)


def test_a_query_is_found_by_its_name() -> None:
    """The ending of the file may be left out."""
    assert query("roles", "lock") == load_queries("roles.sql")["lock"]


@pytest.mark.parametrize(
    "text", ["-- a --\nselect 1", "-- a --\n-- gives one\n", "-- a --\n-- x\nselect 1\n" * 2]
)
def test_a_query_without_description_text_or_own_name_is_refused(text: str, tmp_path: Path) -> None:
    """A file that breaks the form is refused, and the query is named."""
    (tmp_path / "wrong.sql").write_text(text)
    with pytest.raises(ValueError, match="query a"):
        load_queries(str(tmp_path / "wrong.sql"))
