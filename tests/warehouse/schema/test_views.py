"""Views for people with an SQL client: made once, made anew when their meaning changed."""

import pytest

from gradeline.warehouse import Role
from gradeline.warehouse.schema.views import ensure_views


@pytest.fixture
def made(warehouse):
    """Makes one view from a query, and says how many were changed."""

    def make(query: str, maker: str) -> int:
        return ensure_views(warehouse, {"one": "A number."}, lambda: {"one": query}, maker=maker)

    return make


def never() -> dict[str, str]:
    """Stands for a compiler that nobody should ask."""
    raise AssertionError("the views of this maker are there already")


def test_views_of_the_same_maker_are_not_compiled_again(warehouse, made):
    """Every command looks whether they are there, and compiling all of them takes a second."""
    assert made("select 1 as n", "a") == 1
    assert ensure_views(warehouse, {"one": "A number."}, never, maker="a") == 0


def test_a_view_whose_meaning_changed_is_made_anew(warehouse, made):
    """Its columns may be others, too."""
    made("select 1 as n", "a")
    assert made("select 'two' as word, 2 as n", "b") == 1
    with warehouse.connect(Role.LOADER) as connection:
        assert connection.execute(b"select * from one").fetchall() == [("two", 2)]
