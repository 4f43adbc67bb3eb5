"""The page of a course: its items are judged by first tries, and a curator sees own groups'."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI
from tests.entrypoints.api.school import COURSE, OTHER_COURSE, SCOTLAND, school_slices

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.languages import LANGUAGES
from gradeline.entrypoints.dashboard.item_reading import Doubt, in_order, judge
from gradeline.entrypoints.dashboard.pages.course import CoursePage, read_course_page
from gradeline.entrypoints.dashboard.places import course_url
from gradeline.entrypoints.web.database import open_as
from gradeline.records.item_figures import ItemFigures, ItemResponse
from gradeline.records.measures import Measure
from gradeline.warehouse.results.stats import short_key

from .conftest import OURS, SignIn

ADA = Principal(role=Role.ADMIN, login="ada")
ANA = Principal(role=Role.CURATOR, login="ana", groups=frozenset({SCOTLAND}))


def read(app: FastAPI, principal: Principal) -> CoursePage:
    """The page of the course as somebody sees it."""
    parts = app.state.parts
    with open_as(parts.database, principal) as connection:
        return read_course_page(connection, parts, principal, short_key(COURSE), "")


def first_tries() -> dict[str, list[dict[str, Any]]]:
    """Of each item of the course the first answers of all learners."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in sorted(school_slices()["attempts", "all"], key=lambda r: (r["at"], r["attempt_id"])):
        if row["course_id"] == COURSE:
            found.setdefault(row["item_id"], {}).setdefault(row["learner_id"], row)
    return {item: [*rows.values()] for item, rows in found.items()}


def test_items_are_those_of_the_facts(app: FastAPI) -> None:
    """Facility and chosen answers of each item, counted once more."""
    page = read(app, ADA)
    shown = {each.figures.item_id: each for each in (*page.suspicious, *page.others)}
    for item, rows in first_tries().items():
        right = sum(row["score"] >= Decimal("0.4") for row in rows)
        facility = shown[item].figures.facility
        assert (facility.n, round((facility.value or 0) * facility.n)) == (len(rows), right)
        given = Counter(row["response"] for row in rows)
        told = {each.response.response: each.response.learners for each in shown[item].answers}
        assert told == {response: n for response, n in given.items() if n > 1}
    assert {*shown} == {*first_tries()}


def test_a_small_group_has_no_figures_of_items(app: FastAPI) -> None:
    """Fewer than ten learners have tried each item, so a curator reads why nothing is there."""
    page = read(app, ANA)
    assert [scope.name for scope in page.scopes] == ["Scotland"]
    assert (page.suspicious, page.others, page.form) == ((), (), None)
    assert page.waiting == 3


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_whole_in_each_language(sign_in: SignIn, code: str) -> None:
    """It renders, and what learners answered is text."""
    client = sign_in("ada")
    client.post("/language", data={"language": code}, headers=OURS)
    answer = client.get(course_url(COURSE))
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in answer.text
    assert "&lt;b&gt;" in answer.text
    assert "<bdi><b>" not in answer.text


def test_a_course_of_others_is_not_there(sign_in: SignIn) -> None:
    """A course without an own group looks as one that does not exist."""
    client = sign_in("ana")
    bodies = {
        client.get(f"/courses/{key}", headers={"X-Request-ID": "0" * 32}).text.replace(key, "")
        for key in (short_key(OTHER_COURSE), "0" * 16)
    }
    assert len(bodies) == 1


def item(
    facility: float, discrimination: float | None, *responses: ItemResponse, n: int = 40
) -> ItemFigures:
    """An item with these figures."""
    return ItemFigures(
        item_id=f"{facility}",
        title="An item",
        facility=Measure(value=facility, n=n),
        discrimination=Measure(value=discrimination, n=n),
        median_time=Measure(value=None, n=0),
        responses=responses,
    )


def chosen(response: str, strong: int, *, is_right: bool) -> ItemResponse:
    """An answer of ten learners."""
    return ItemResponse(response=response, learners=10, strong=strong, is_right=is_right)


@pytest.mark.parametrize(
    ("figures", "doubts"),
    [
        (item(0.5, 0.4), ()),
        (item(0.5, 0.19), (Doubt.LOW,)),
        (item(0.5, -0.01), (Doubt.NEGATIVE,)),
        (item(0.96, None), (Doubt.EASY,)),
        (item(0.19, 0.3), (Doubt.HARD,)),
        (item(0.95, 0.2), ()),
        (
            item(0.3, 0.3, chosen("a", 9, is_right=False), chosen("b", 3, is_right=True)),
            (Doubt.KEY,),
        ),
        (item(0.3, 0.3, chosen("a", 7, is_right=False), chosen("b", 5, is_right=True)), ()),
        (item(0.3, None, chosen("a", 6, is_right=False), n=29), ()),
    ],
)
def test_doubts_follow_from_figures(figures: ItemFigures, doubts: tuple[Doubt, ...]) -> None:
    """Each limit makes its doubt, and each item is told about in words."""
    judged = judge(figures, "")
    assert judged.doubts == doubts
    assert len(judged.sentences) > 0


def test_suspicious_items_come_first() -> None:
    """The gravest doubt first; without any the hardest."""
    items = [judge(item(*each), "") for each in ((0.5, 0.4), (0.3, 0.4), (0.96, 0.4), (0.6, -0.2))]
    assert [each.figures.item_id for each in in_order(items)] == ["0.6", "0.96", "0.3", "0.5"]
