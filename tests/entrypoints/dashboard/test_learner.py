"""The page of a learner: its numbers are those of the facts, and it is there for the own curators."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.entrypoints.api.school import OF_EVENING, OF_SCOTLAND, SCOTLAND, school_slices

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.languages import LANGUAGES, language
from gradeline.entrypoints.dashboard.pages.learner import (
    LearnerPage,
    read_learner_page,
)
from gradeline.entrypoints.dashboard.places import learner_url
from gradeline.entrypoints.dashboard.viewers import Viewer
from gradeline.entrypoints.web.database import open_as
from gradeline.warehouse.results.stats import short_key

from .conftest import OURS, SignIn

ANA = Principal(role=Role.CURATOR, login="ana", groups=frozenset({SCOTLAND}))
URL = learner_url(OF_SCOTLAND)
TOPICS = {item["item_id"]: item["topic_id"] for item in school_slices()["items", "all"]}
#: A topic of one item has the name of that.
NAMES = {"CMA": "Title of i 2"}
MINE = [row for row in school_slices()["attempts", "all"] if row["learner_id"] == "a1"]
OF_GROUP = [
    row for row in school_slices()["attempts", "all"] if row["group_id"] == "AAA/2013J/Scotland"
]


@pytest.fixture
def page(app: FastAPI) -> LearnerPage:
    """The page of somebody of Scotland as its curator sees it."""
    viewer = Viewer(principal=ANA, language=language("en"), theme="auto")
    with open_as(app.state.parts.database, ANA) as connection:
        return read_learner_page(connection, app.state.parts, viewer, short_key(OF_SCOTLAND))


def counted(rows: list[dict[str, Any]]) -> tuple[int, int]:
    """How many rows, and how many of them are right."""
    return len(rows), sum(row["score"] >= Decimal("0.4") for row in rows)


def shown(measure: Any) -> tuple[int, int]:
    """The same of a rate that a page shows."""
    return measure.n, round((measure.value or 0) * measure.n)


def test_the_figures_of_the_learner_and_of_the_group_are_those_of_the_facts(
    page: LearnerPage,
) -> None:
    """Answers, those without hints, and the same of the group, counted once more."""
    figures = {each.label: each for each in page.courses[0].figures}
    assert shown(figures["Correct answers"].own) == counted(MINE)
    assert shown(figures["Correct answers"].group) == counted(OF_GROUP)
    without = [row for row in MINE if row["hints"] == 0]
    assert shown(figures["Correct without hints"].own) == counted(without)
    items = {row["item_id"] for row in MINE}
    assert shown(figures["Response rate"].own) == (len({*TOPICS}), len(items))


def test_topics_are_those_of_the_facts_with_the_group_beside(page: LearnerPage) -> None:
    """Each topic has the learner's answers, and the group's."""
    told = {row.topic: (shown(row.accuracy), shown(row.group)) for row in page.topics}
    expected = {
        NAMES.get(topic, topic): tuple(
            counted([row for row in rows if TOPICS[row["item_id"]] == topic])
            for rows in (MINE, OF_GROUP)
        )
        for topic in {TOPICS[row["item_id"]] for row in MINE}
    }
    assert told == expected


def test_weeks_and_answers_are_those_of_the_facts(page: LearnerPage) -> None:
    """Every answer is in its week and in the list, with what was answered."""
    weeks = Counter(row["at"].date().isocalendar()[:2] for row in MINE)
    assert {w.starts_on.isocalendar()[:2]: w.answers for w in page.weeks if w.answers} == weeks
    assert all(
        (after.starts_on - before.starts_on).days == 7
        for before, after in zip(page.weeks, page.weeks[1:], strict=False)
    )
    given = {each.attempt.attempt_id.rpartition("a1/")[2]: each.attempt for each in page.answers}
    assert {key: each.response for key, each in given.items()} == {
        row["attempt_id"].rpartition("a1/")[2]: row["response"] for row in MINE
    }
    assert [each.attempt.at for each in page.answers] == sorted(
        (row["at"] for row in MINE), reverse=True
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_is_whole_in_each_language(sign_in: SignIn, code: str) -> None:
    """It renders, and what a learner answered is text."""
    client = sign_in("ana")
    client.post("/language", data={"language": code}, headers=OURS)
    answer = client.get(URL)
    assert answer.status_code == 200
    assert f'<html lang="{code}"' in answer.text
    assert "&lt;b&gt;" in answer.text
    assert "<bdi><b>" not in answer.text


def test_somebody_of_another_group_is_not_there(sign_in: SignIn) -> None:
    """A learner of others looks as one who does not exist, byte for byte."""
    client = sign_in("ana")
    bodies = {
        client.get(f"/learners/{key}", headers={"X-Request-ID": "0" * 32}).text.replace(key, "")
        for key in (short_key(OF_EVENING), "0" * 16)
    }
    assert len(bodies) == 1


def test_a_note_is_kept_until_it_is_taken_back(sign_in: SignIn) -> None:
    """What a curator writes down is in the log as text, for the group's curators alone."""
    client = sign_in("ana")
    place = client.get(URL).text.partition('name="place" value="')[2].partition('"')[0]
    note = "<script>alert(1)</script>"
    saved = client.post(f"{URL}/notes", data={"place": place, "text": note}, headers=OURS)
    assert saved.status_code == 303
    page = client.get(URL).text
    assert "&lt;script&gt;alert(1)" in page
    undo = page.partition('<ul class="entries">')[2].partition('action="')[2].partition('"')[0]
    assert client.post(undo, headers=OURS).status_code == 303
    assert "alert(1)" not in client.get(URL).text


def test_an_empty_note_is_refused(client_of_ana: TestClient) -> None:
    """A note needs a text."""
    data = {"place": "x", "text": " \n"}
    assert client_of_ana.post(f"{URL}/notes", data=data, headers=OURS).status_code == 422


@pytest.fixture
def client_of_ana(sign_in: SignIn) -> TestClient:
    """A browser in which the curator of Scotland is signed in."""
    return sign_in("ana")
