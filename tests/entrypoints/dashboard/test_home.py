"""The first page: the groups that somebody looks after, and no others."""

from __future__ import annotations

import re

import pytest

from .conftest import SignIn

CARD = re.compile(r'<h2><a href="(/groups/[^"]+)">([^<]+)</a></h2>')


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("ana", {"Scotland"}),
        ("ben", {"Wales", "Ñandú вечер"}),
        ("ada", {"Scotland", "Wales", "Ñandú вечер", "tiny"}),
    ],
)
def test_it_shows_the_groups_of_whoever_looks(sign_in: SignIn, who: str, names: set[str]) -> None:
    """A curator sees the own groups, an administrator all of them."""
    assert {name for _, name in CARD.findall(sign_in(who).get("/").text)} == names


def test_a_reader_sees_figures_and_no_learners(sign_in: SignIn) -> None:
    """Groups that are large enough, without anything that comes from single people."""
    page = sign_in("rea").get("/").text
    assert CARD.findall(page)
    assert "At risk" not in page


def test_who_has_no_role_is_told_what_to_do(sign_in: SignIn) -> None:
    """Somebody whom Yandex knows and the school does not."""
    page = sign_in("guy").get("/").text
    assert "gradeline staff add" in page
    assert not CARD.findall(page)
