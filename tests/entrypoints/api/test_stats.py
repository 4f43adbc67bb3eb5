"""The routes of figures: what each of them answers, and to whom."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from fastapi import FastAPI
from openpyxl import load_workbook
from pypdf import PdfReader
from starlette.testclient import TestClient
from tests.metrics.facts_in_lake import parts_in

from gradeline.base.languages import language
from gradeline.entrypoints.web.front import guarded
from gradeline.flows.exports.make import make_export
from gradeline.reports.export_tables import FIGURES
from gradeline.warehouse import Database

from .conftest import as_
from .school import COURSE, EVENING, LEVEL, OF_EVENING, OF_SCOTLAND, SCOTLAND, TINY, TOPIC, WALES


@pytest.fixture
def api(school: Database, app_of: Callable[..., FastAPI]) -> Iterator[TestClient]:
    """A client of the API over the small school."""
    with TestClient(guarded(app_of(school), {"testserver"})) as client:
        yield client


def ask(api: TestClient, who: str, path: str, **query: str) -> Any:
    """What somebody is answered."""
    answer = api.get(f"/stats/{path}", params=query, headers=as_(who))
    assert answer.status_code == 200, answer.text
    return answer.json()


def status(api: TestClient, who: str, path: str, **query: str) -> int:
    """The status of what somebody is answered."""
    return api.get(f"/stats/{path}", params=query, headers=as_(who)).status_code


def value(stat: Any, name: str) -> Any:
    """The number of a figure."""
    return stat[name]["value"]


def test_a_group_has_its_figures_and_its_leaderboard(api: TestClient) -> None:
    """A curator reads the own group: seven learners, each on the leaderboard with a name."""
    body = ask(api, "curator-a", f"groups/{SCOTLAND}")
    assert (body["name"], value(body["stat"], "total_users")) == ("Scotland", 7)
    assert body["leaderboard"]["size"] == len(body["leaderboard"]["rankings"]) == 7
    assert body["leaderboard"]["rankings"][0]["name"].startswith("Name of a")
    assert set(body["stat"]["avg_accuracy"]) == {"value", "n", "low", "high", "as_of"}
    assert [one["course_id"] for one in body["courses"]] == [COURSE]
    assert (body["build"], body["stale"]) == (1, False)


@pytest.mark.parametrize("who", ["curator-b", "admin"])
def test_an_id_is_taken_encoded_decoded_and_as_its_key(api: TestClient, who: str) -> None:
    """Slashes, blanks and any script reach the group in three spellings, with one answer."""
    (key,) = (g["key"] for g in ask(api, who, "groups")["groups"] if g["group_id"] == EVENING)
    bodies = [ask(api, who, f"groups/{name}") for name in (EVENING, quote(EVENING, safe=""), key)]
    assert bodies[0] == bodies[1] == bodies[2]
    assert bodies[0]["group_id"] == EVENING


def test_each_lists_the_own_groups(api: TestClient) -> None:
    """A curator the own ones, an admin all, a reader those that are not about few learners."""
    seen = {
        who: {group["group_id"] for group in ask(api, who, "groups")["groups"]}
        for who in ("curator-a", "curator-b", "admin", "reader")
    }
    assert seen["curator-a"] == {SCOTLAND}
    assert seen["curator-b"] == {EVENING, WALES}
    assert seen["admin"] == {SCOTLAND, EVENING, WALES, TINY}
    assert seen["reader"] == {SCOTLAND, WALES}


def test_a_group_of_somebody_else_is_not_there(api: TestClient) -> None:
    """Not yours, hidden, or not existing: byte for byte the same."""
    headers = as_("curator-a") | {"X-Request-Id": "same"}
    paths = (EVENING, "files:s:nothing", quote(TINY, safe=""))
    answers = [api.get(f"/stats/groups/{path}", headers=headers) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert status(api, "reader", f"groups/{TINY}") == 404


def test_a_reader_sees_no_name(api: TestClient) -> None:
    """Rank and score are there, ids and names are not; learners are not there at all."""
    body = ask(api, "reader", f"groups/{SCOTLAND}")
    (first, *_) = body["leaderboard"]["rankings"]
    assert (first["rank"], first["learner_id"], first["name"]) == (1, None, None)
    assert status(api, "reader", f"users/{OF_SCOTLAND}") == 403
    assert ask(api, "reader", f"courses/{COURSE}/plan")["learners"] == []


def test_a_learner_sees_oneself(api: TestClient) -> None:
    """The own figures and courses; others are not there."""
    body = ask(api, "learner", f"users/{OF_SCOTLAND}")
    assert (body["name"], [c["course_id"] for c in body["courses"]]) == ("Name of a1", [COURSE])
    assert value(body["stat"], "total_users") == 1
    assert status(api, "learner", f"users/{OF_EVENING}") == 404
    assert status(api, "learner", f"groups/{SCOTLAND}") == 403


def test_a_curator_sees_the_own_learners(api: TestClient) -> None:
    """Learners of own groups with names; of others nothing."""
    assert ask(api, "curator-a", f"users/{OF_SCOTLAND}")["email"] == "a1@school.org"
    assert status(api, "curator-a", f"users/{OF_EVENING}") == 404


def test_own_groups_together_count_each_learner_once(api: TestClient) -> None:
    """A curator of two groups reads their union: of a topic, a level, and a course."""
    topic = ask(api, "curator-b", f"topics/{TOPIC}")
    assert value(topic["stat"], "total_users") == 12
    assert {one["id"] for one in topic["groups"]} == {EVENING, WALES}
    assert value(ask(api, "curator-b", f"levels/{LEVEL}")["stat"], "total_users") == 12
    course = ask(api, "curator-b", f"courses/{COURSE}")
    assert (course["of"], course["enrolled"], value(course["stat"], "total_users")) == (
        "own groups",
        6,
        6,
    )


def test_a_course_has_its_plan_items_lists_and_leaderboard(api: TestClient) -> None:
    """An admin reads all of a course; a curator the part of the own group."""
    whole = ask(api, "admin", f"courses/{COURSE}")
    assert (whole["of"], whole["enrolled"], len(whole["groups"])) == ("course", 15, 3)
    assert ask(api, "admin", f"courses/{COURSE}/plan")["due"] == 1
    assert len(ask(api, "admin", f"courses/{COURSE}/items")["items"]) == 3
    assert len(ask(api, "curator-a", f"courses/{COURSE}/items")["items"]) == 3
    assert ask(api, "admin", f"courses/{COURSE}/leaderboard")["leaderboard"]["size"] == 15
    own = ask(api, "curator-a", f"courses/{COURSE}/leaderboard")["leaderboard"]["rankings"]
    assert len(own) == 7
    assert {one["course_id"] for one in ask(api, "curator-a", "courses")["courses"]} == {COURSE}


def test_who_is_at_risk_is_told_with_reasons(api: TestClient) -> None:
    """A curator's list holds own learners alone, each with a reason."""
    listed = ask(api, "curator-a", f"courses/{COURSE}/at-risk")["learners"]
    everybody = ask(api, "admin", f"courses/{COURSE}/at-risk")["learners"]
    assert all(one["at_risk"] for one in everybody)
    assert {one["learner_id"] for one in listed} == {
        one["learner_id"] for one in everybody if SCOTLAND in one["group_ids"]
    }


def test_filters_narrow_figures(api: TestClient) -> None:
    """Level, topic and period together; what ends before it begins is refused."""
    narrowed = {"level": LEVEL, "topic": TOPIC, "from": "2024-01-05", "to": "2024-02-05"}
    whole = ask(api, "admin", f"groups/{SCOTLAND}")
    part = ask(api, "admin", f"groups/{SCOTLAND}", **narrowed)
    assert 0 < part["stat"]["total_attempts"]["n"] < whole["stat"]["total_attempts"]["n"]
    assert part["leaderboard"] is None
    assert part["period"] == {"from": "2024-01-05", "to": "2024-02-05"}
    assert status(api, "admin", "groups/x", **{"from": "2024-02-01", "to": "2024-01-01"}) == 422


def test_an_answer_that_is_known_is_not_sent_again(api: TestClient) -> None:
    """The ETag of a build is answered with 304; another principal's answer has another one."""
    path, own = f"/stats/courses/{COURSE}", as_("curator-a")
    etag = api.get(path, headers=own).headers["etag"]
    assert api.get(path, headers=own | {"If-None-Match": f'"x", W/{etag}'}).status_code == 304
    assert api.get(path, headers=as_("admin")).headers["etag"] != etag


def test_a_scope_bounds_a_token(api: TestClient) -> None:
    """A token for one course reads that course and its groups, and nothing of the other one."""
    assert [c["course_id"] for c in ask(api, "api-token", "courses")["courses"]] == [COURSE]
    assert {g["group_id"] for g in ask(api, "api-token", "groups")["groups"]} == {SCOTLAND}
    assert status(api, "api-token", f"groups/{WALES}") == 404
    assert status(api, "api-token", "leaderboard") == 404


GROUP = f"/stats/groups/{quote(SCOTLAND, safe='')}"
EN = language("en")


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An API, and a worker that makes files for it."""

    client: TestClient
    make: Callable[[UUID], bool]

    def file(self, form: str, filters: Mapping[str, Any]) -> bytes:
        """Ask for a file as Ana, let it be made, and follow its link."""
        body = {"format": form, **filters}
        asked = self.client.post(f"{GROUP}/export", json=body, headers=as_("curator-a"))
        assert self.make(UUID(asked.json()["id"]))
        ready = self.client.get(asked.json()["status_url"], headers=as_("curator-a")).json()
        return self.client.get(ready["url"]).content

    def stat(self, filters: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
        """The figures that Ana is answered with the same filters."""
        query = dict(filters["period"])
        if filters["topic_ids"]:
            (query["topic"],) = filters["topic_ids"]
        answer = self.client.get(GROUP, params=query, headers=as_("curator-a"))
        return answer.json()["stat"]


@pytest.fixture
def desk(school: Database, app_of: Callable[..., FastAPI], tmp_path: Path) -> Iterator[Desk]:
    """A desk without a limit of files an hour."""
    app = app_of(school)
    app.state.parts = replace(
        app.state.parts, exports=replace(app.state.parts.exports, per_hour=1000)
    )
    parts = replace(parts_in(tmp_path, school), lake=app.state.parts.exports.lake)
    with TestClient(guarded(app, {"testserver"})) as client:
        yield Desk(client=client, make=lambda export_id: make_export(parts, export_id, bool))


def filters_of(dice: Random) -> dict[str, Any]:
    """A topic or all, and a period that is open at either end or both."""
    days = sorted(f"2024-{dice.randint(1, 3):02}-{dice.randint(1, 28):02}" for _ in range(2))
    ends = {
        name: day for name, day in zip(("from", "to"), days, strict=True) if dice.random() < 0.7
    }
    return {"topic_ids": dice.choice(([], [TOPIC], ["CMA"])), "period": ends}


@pytest.mark.parametrize("seed", range(8))
def test_a_workbook_says_what_the_api_says(desk: Desk, seed: int) -> None:
    """Each figure: value, n and both bounds, for filters of all kinds."""
    filters = filters_of(Random(seed))
    sheet = load_workbook(io.BytesIO(desk.file("xlsx", filters))).worksheets[0]
    rows = {row[0]: row[1:5] for row in sheet.iter_rows(values_only=True)}
    stat = desk.stat(filters)
    answered = {
        EN.say(FIGURES[name][0]): tuple(stat[name][part] for part in ("value", "n", "low", "high"))
        for name in stat.keys() & FIGURES.keys()
    }
    assert answered["Attempts"][0] is not None
    assert {name: rows[name] for name in answered} == {
        name: pytest.approx(cells) for name, cells in answered.items()
    }


@pytest.mark.parametrize("seed", range(8, 16))
def test_a_csv_file_adds_up_to_what_the_api_says(desk: Desk, seed: int) -> None:
    """The attempts of its learners are the group's, whatever the filters."""
    filters = filters_of(Random(seed))
    lines = desk.file("csv", filters).decode("utf-8-sig").splitlines()
    header, *rows = [line.split(",") for line in lines]
    at = header.index("attempts"), header.index("correct")
    attempts, correct = (sum(int(row[place]) for row in rows) for place in at)
    stat = desk.stat(filters)
    assert attempts == stat["total_attempts"]["value"]
    assert attempts == 0 or stat["avg_accuracy"]["value"] == pytest.approx(correct / attempts)


def test_a_pdf_says_what_the_api_says(desk: Desk) -> None:
    """Each figure as it is written for people."""
    filters = {"topic_ids": [TOPIC], "period": {"from": "2024-01-20"}}
    pages = PdfReader(io.BytesIO(desk.file("pdf", filters))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    stat = desk.stat(filters)
    lines = [
        f"{EN.say(label)} {EN.percent(value) if is_share else EN.number(value, 2, least=0)}"
        for name, (label, is_share) in FIGURES.items()
        for value in [stat[name]["value"]]
    ]
    assert [line for line in lines if line not in text] == []
