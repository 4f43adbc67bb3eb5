"""Exports over the API: asked for, limited, shown to whoever asked, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from gradeline.entrypoints.web.front import guarded
from gradeline.warehouse import Database

from .conftest import as_
from .school import EVENING, SCOTLAND

CSV = {"format": "csv"}


@pytest.fixture(scope="module")
def filled(module_warehouse: Database) -> Database:
    """A database with figures of two groups of one course."""
    with module_warehouse.connect() as connection:
        connection.execute("insert into builds (as_of, terms, courses) values (now(), '{}', 1)")
        for group in (SCOTLAND, EVENING):
            connection.execute(
                "insert into group_figures (group_id, course_id, name, figures, build_id)"
                " select %s, 'a/1', 'A', '{}', max(build_id) from builds",
                (group,),
            )
    return module_warehouse


@pytest.fixture
def database(filled: Database) -> Database:
    """The same, with nothing asked for yet."""
    with filled.connect() as connection:
        connection.execute("delete from report_exports")
    return filled


@pytest.fixture
def client(database: Database, app_of: Callable[[Database], FastAPI]) -> Iterator[TestClient]:
    """A client of the API over these groups."""
    app = guarded(app_of(database), {"testserver"})
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def ask(
    client: TestClient, token: str = "curator-a", group: str = SCOTLAND, key: str = "", **body: Any
) -> Any:
    """Ask for a file."""
    headers = as_(token) | ({"Idempotency-Key": key} if key else {})
    path = f"/stats/groups/{quote(group, safe='')}/export"
    return client.post(path, json=CSV | body, headers=headers)


def test_a_request_is_kept_and_shown_to_whoever_made_it(client: TestClient) -> None:
    """The answer names the export; another curator sees as much of it as of none."""
    answer = ask(client, topic_ids=["t2", "t1"], period={"from": "2024-01-01", "to": "2024-02-01"})
    assert answer.status_code == 202
    assert answer.headers["location"] == answer.json()["status_url"]
    own = client.get(answer.json()["status_url"], headers=as_("curator-a")).json()
    assert (own["status"], own["url"], own["requested_by"]) == ("pending", None, "ana")
    assert own["filters"]["topic_ids"] == ["t1", "t2"]
    assert own["filters"]["period"] == {"from": "2024-01-01", "to": "2024-02-01"}
    foreign = client.get(answer.json()["status_url"], headers=as_("curator-b"))
    none = client.get(f"/stats/exports/{'0' * 32}", headers=as_("curator-b"))
    same = [{**one.json(), "request_id": ""} for one in (foreign, none)]
    assert (foreign.status_code, same[0]) == (404, same[1])


def test_a_group_of_others_is_like_one_that_is_not_there(client: TestClient) -> None:
    """A curator asks for a group of somebody else, and for none; nothing is stored."""
    assert ask(client, group=EVENING).status_code == ask(client, group="s:Z").status_code == 404
    assert client.get("/stats/exports", headers=as_("admin")).json()["exports"] == []


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"format": "doc"}, ["body", "format"]),
        ({"role": "admin"}, ["body", "role"]),
        ({"period": {"from": "2024-02-02", "to": "2024-01-01"}}, ["body", "period"]),
        ({"topic_ids": [""]}, ["body", "topic_ids", 0]),
        ({"notify": {"channel": "telegram"}}, ["body", "notify", "channel"]),
        ({"notify": {"channel": "webhook"}}, ["body", "notify"]),
        ({"notify": {"channel": "webhook", "url": "http://10.0.0.1/"}}, ["body", "notify", "url"]),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_place(
    client: TestClient, body: Mapping[str, Any], where: list[str | int]
) -> None:
    """The answer is 422 and names the field; nothing counts for the limit."""
    answer = ask(client, **body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == where


def test_the_sixth_file_in_an_hour_is_refused(client: TestClient) -> None:
    """The headers count down, and say when there is room again; another login has its own."""
    left = [ask(client).headers["ratelimit"].partition(";t=")[0] for _ in range(5)]
    assert left == [f'"exports";r={n}' for n in (4, 3, 2, 1, 0)]
    refused = ask(client)
    assert refused.status_code == 429
    assert 3590 < int(refused.headers["retry-after"]) <= 3600
    assert refused.headers["ratelimit-policy"] == '"exports";q=5;w=3600'
    assert ask(client, "curator-b", EVENING).status_code == 202


def test_room_is_there_again_an_hour_after_the_oldest(
    client: TestClient, database: Database
) -> None:
    """The hour slides: it does not begin at a full one."""
    assert [ask(client).status_code for _ in range(5)] == [202] * 5
    with database.connect() as connection:
        connection.execute(
            "update report_exports set requested_at = requested_at - interval '61 minutes'"
            " where id = (select id from report_exports order by requested_at limit 1)"
        )
    assert [ask(client).status_code for _ in range(2)] == [202, 429]


@pytest.mark.parametrize("at_once", [20, pytest.param(100, marks=pytest.mark.slow)])
def test_of_many_requests_at_once_the_limit_is_accepted(client: TestClient, at_once: int) -> None:
    """Exactly five of them, and as many are stored."""
    with ThreadPoolExecutor(at_once) as pool:
        statuses = [one.status_code for one in pool.map(lambda _: ask(client), range(at_once))]
    assert sorted(statuses) == [202] * 5 + [429] * (at_once - 5)
    stored = client.get("/stats/exports", headers=as_("admin")).json()["exports"]
    assert len(stored) == 5


def test_an_idempotency_key_has_one_effect(client: TestClient) -> None:
    """Sent again, or many times at once, the answer is the same; it counts once for the limit."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(client, key="k-1"), range(8)))
    assert {one.status_code for one in answers} == {202}
    assert len({one.text for one in answers}) == 1
    assert ask(client, key="k-2").headers["ratelimit"].startswith('"exports";r=3')


@pytest.mark.parametrize(
    ("again", "status"),
    [
        ({"key": "k", "format": "pdf"}, 422),
        ({"key": "k" * 300}, 422),
        ({"key": "k", "token": "curator-b", "group": EVENING}, 202),
    ],
)
def test_a_key_is_of_one_login_and_one_request(
    client: TestClient, again: Mapping[str, Any], status: int
) -> None:
    """Another request under it is refused, and somebody else's key is another one."""
    ask(client, key="k")
    assert ask(client, **again).status_code == status


def test_exports_are_listed_in_pages(client: TestClient) -> None:
    """The newest first; `next` leads to the following page, and nothing stands on two."""
    made = [ask(client).json()["id"] for _ in range(3)]
    first = client.get("/stats/exports?limit=2", headers=as_("curator-a")).json()
    rest = client.get(f"/stats/exports?after={first['next']}", headers=as_("curator-a")).json()
    assert [one["id"] for one in (*first["exports"], *rest["exports"])] == made[::-1]
    assert rest["next"] is None
    assert client.get("/stats/exports", headers=as_("curator-b")).json()["exports"] == []


def test_who_may_not_see_names_gets_no_list_of_learners(client: TestClient) -> None:
    """A reader is told which formats there are for them."""
    answer = ask(client, "reader")
    assert (answer.status_code, "PDF" in answer.json()["hint"]) == (403, True)


def test_an_export_can_be_withdrawn_before_it_is_made(client: TestClient) -> None:
    """It is expired; who follows it is told so, and then nothing more."""
    path = ask(client).json()["status_url"]
    assert client.delete(path, headers=as_("curator-b")).status_code == 404
    assert client.delete(path, headers=as_("curator-a")).status_code == 204
    followed = client.get(f"{path}/events", headers=as_("curator-a"))
    assert followed.headers["content-type"].startswith("text/event-stream")
    assert followed.text.count("event: status") == 1
    assert '"status":"expired"' in followed.text.replace('": "', '":"')
