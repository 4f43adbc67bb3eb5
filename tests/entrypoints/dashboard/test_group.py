"""The page of a group: its numbers are those of the facts, its list is worked off."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.entrypoints.api.school import COURSE, SCOTLAND, school_slices

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.languages import language
from gradeline.entrypoints.dashboard.filters import Filters
from gradeline.entrypoints.dashboard.pages.answers import read_answers
from gradeline.entrypoints.dashboard.pages.group import GroupPage, read_group_page
from gradeline.entrypoints.dashboard.places import PlaceKeys, find_place, group_url
from gradeline.entrypoints.dashboard.rendering import Freshness, environment
from gradeline.entrypoints.dashboard.viewers import Viewer
from gradeline.entrypoints.web.database import open_as
from gradeline.warehouse.results.stats import short_key

from .conftest import HTMX, SignIn

URL = group_url(SCOTLAND, COURSE)
KEYS = PlaceKeys(group=short_key(SCOTLAND), course=short_key(COURSE))
ANA = Principal(role=Role.CURATOR, login="ana", groups=frozenset({SCOTLAND}))
NEED = re.compile(r'class="need-who">\s*<h3><a href="([^"]+)"><bdi>([^<]+)<')
TOPICS = {item["item_id"]: item["topic_id"] for item in school_slices()["items", "all"]}

ReadPage = Callable[[Filters], GroupPage]


@pytest.fixture
def read_page(app: FastAPI) -> ReadPage:
    """Reads the page of Scotland as its curator."""
    parts = app.state.parts
    viewer = Viewer(principal=ANA, language=language("en"), theme="auto")

    def read(filters: Filters) -> GroupPage:
        with open_as(parts.database, ANA) as connection:
            return read_group_page(connection, parts, viewer, KEYS, filters)

    return read


def facts(filters: Filters) -> list[dict[str, Any]]:
    """The answers of Scotland in the school's own rows, narrowed."""
    return [
        {**row, "right": row["score"] >= Decimal("0.4"), "topic": TOPICS[row["item_id"]]}
        for row in school_slices()["attempts", "all"]
        if row["group_id"] == "AAA/2013J/Scotland"
        and (filters.since is None or row["at"].date() >= filters.since)
        and (filters.until is None or row["at"].date() <= filters.until)
    ]


def first_ones(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each learner and item the first answer of all."""
    whole = facts(Filters())
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for row in sorted(whole, key=lambda row: (row["at"], row["attempt_id"])):
        first.setdefault((row["learner_id"], row["item_id"]), row)
    ids = {row["attempt_id"] for row in first.values()}
    return [row for row in rows if row["attempt_id"] in ids]


def shares(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """How many, and how many of them are right."""
    return len(rows), sum(row["right"] for row in rows)


def random_filters(number: int) -> Filters:
    """Filters that are the same in each run of the tests."""
    dice, begin = Random(number), date(2024, 1, 1)
    since = begin + timedelta(days=dice.randrange(70)) if dice.random() < 0.6 else None
    until = (since or begin) + timedelta(days=dice.randrange(60)) if dice.random() < 0.6 else None
    topic = dice.choice([None, *set(TOPICS.values())])
    return Filters(since=since, until=until, topic=topic)


@pytest.mark.parametrize("number", range(20))
def test_numbers_are_those_of_the_facts(read_page: ReadPage, number: int) -> None:
    """Whatever the filters: tile and cells are what one counts in the rows that the school gave."""
    filters = random_filters(number)
    page, rows = read_page(filters), facts(filters)
    chosen = [row for row in first_ones(rows) if filters.topic in (None, row["topic"])]
    tile = page.tiles[0].measure
    assert (tile.n, round((tile.value or 0) * tile.n)) == shares(chosen)
    cells = [row.cells[0].measure for row in page.heat.rows]
    assert [(cell.n, round((cell.value or 0) * cell.n)) for cell in cells] == [
        shares([row for row in rows if row["topic"] == topic.topic_id]) for topic in page.topics
    ]


def test_behind_a_cell_are_its_answers(app: FastAPI, read_page: ReadPage) -> None:
    """The learners behind a cell answered as often, and as right, as the cell says."""
    filters = Filters(topic="CMA")
    with open_as(app.state.parts.database, ANA) as connection:
        place = find_place(connection, KEYS)
        fresh = Freshness(as_of=None, stale=False)
        behind = read_answers(connection, place, filters, fresh)
    (row,) = (row for row in read_page(filters).heat.rows if row.is_chosen)
    assert row.cells[0].measure == behind.total
    assert sum(each.accuracy.n for each in behind.learners) == behind.total.n


def test_the_heading_figures_are_those_of_the_api(read_page: ReadPage) -> None:
    """Enrolled learners of the group alone, by name; tiles with n and interval."""
    page = read_page(Filters())
    assert [each.standing.name for each in page.learners] == [f"Name of a{n}" for n in range(1, 8)]
    assert [tile.label for tile in page.tiles] == [
        "Correct on first try",
        "Plan completed",
        "Attendance",
        "Response rate",
    ]
    assert all(tile.measure.low is not None for tile in page.tiles if tile.measure.n)


def test_who_was_written_to_leaves_the_list_and_comes_back_by_undo(sign_in: SignIn) -> None:
    """The log has what was done, and takes it back."""
    client = sign_in("ana")
    before = NEED.findall(client.get(URL).text)
    key = before[0][0].rpartition("/")[2]
    done = client.post(
        f"{URL}/contacts", data={"learner": key, "action": "contacted"}, headers=HTMX
    )
    assert NEED.findall(done.text) == before[1:]
    undo = re.search(rf'action="({URL}/contacts/\d+/undo)"', done.text)
    assert undo is not None
    assert NEED.findall(client.post(undo[1], headers=HTMX).text) == before


def test_a_part_that_is_replaced_is_the_same_as_in_its_page(sign_in: SignIn) -> None:
    """What htmx puts in is what a reload would show."""
    client = sign_in("ana")
    key = short_key("files:s:a7")
    part = client.post(
        f"{URL}/contacts", data={"learner": key, "action": "snooze-3"}, headers=HTMX
    ).text
    assert part.strip() in client.get(URL).text
    assert "put off until" in part


def test_nobody_notes_anything_about_learners_of_others(sign_in: SignIn, staffed: Any) -> None:
    """Not in the other curator's group, and not through the own one."""
    key = short_key("files:s:b1")
    answer = sign_in("ana").post(
        f"{URL}/contacts", data={"learner": key, "action": "contacted"}, headers=HTMX
    )
    assert answer.status_code == 404
    assert answer.headers["hx-retarget"] == "#notice"


def test_a_reader_sees_no_learner(sign_in: SignIn) -> None:
    """No name, no list, no leaderboard, no answers behind a cell."""
    page = sign_in("rea").get(URL).text
    assert "Name of" not in page
    assert "/answers" not in page


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=1+1", "‮abc", "ა" + "\u0301" * 10_000]
)
def test_names_of_any_script_are_text(name: str) -> None:
    """Whatever a learner is called, it is neither markup nor does it turn the line around."""
    made = environment("en", "UTC").from_string(
        '{% import "parts.html" as parts %}{{ parts.name(page) }}'
    )
    shown = made.render(page=name)
    assert "<script" not in shown
    assert shown.startswith("<bdi>")


def test_a_page_without_a_session_asks_nothing_of_the_database(nobody: TestClient) -> None:
    """Whether a group exists is not told to whoever is not signed in."""
    there, not_there = nobody.get(URL), nobody.get("/groups/0123456789abcdef/0123456789abcdef")
    assert there.status_code == not_there.status_code == 303
    assert there.headers["location"] == not_there.headers["location"]
