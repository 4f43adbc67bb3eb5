"""Signing in on the page: a link, a session that ends, and the way back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from gradeline.access.json_client import JsonClient
from gradeline.access.sessions import Sessions
from gradeline.access.yandex_code_flow import YandexCodeFlow
from gradeline.access.yandex_id import YandexId
from gradeline.entrypoints.dashboard.app import dashboard
from gradeline.entrypoints.web.front import guarded
from gradeline.sandbox.server.running import running
from gradeline.sandbox.yandex.twin import CLIENT_ID, CLIENT_SECRET, YandexTwin
from gradeline.warehouse import Database

from .conftest import HTMX, OURS, SignIn, code_for


def test_opening_a_link_shows_a_button_and_uses_nothing_up(
    nobody: TestClient, staffed: Database
) -> None:
    """Programs that check mail for harm open every link, too."""
    code = code_for(staffed, "ana")
    assert [nobody.get(f"/sign-in?link={code}").status_code for _ in range(2)] == [200, 200]
    assert nobody.post("/session", data={"link": code}, headers=OURS).status_code == 303


def test_a_link_signs_in_once(nobody: TestClient, staffed: Database) -> None:
    """The second time the page says so, and shows no button."""
    code = code_for(staffed, "ana")
    first, second = (nobody.post("/session", data={"link": code}, headers=OURS) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 401)
    assert "signs nobody in" in second.text


def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(
    nobody: TestClient, staffed: Database
) -> None:
    """HttpOnly and SameSite=Lax; it ends with the session."""
    answer = nobody.post("/session", data={"link": code_for(staffed, "ana")}, headers=OURS)
    (cookie,) = (c for c in answer.headers.get_list("set-cookie") if "-session=" in c)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Max-Age=2592000" in cookie


def test_after_signing_in_one_is_back_where_one_was(nobody: TestClient, staffed: Database) -> None:
    """The page that was asked for is opened, with its filters."""
    assert nobody.get("/?a=1&b=%D1%8F").headers["location"] == "/sign-in"
    answer = nobody.post("/session", data={"link": code_for(staffed, "ana")}, headers=OURS)
    assert answer.headers["location"] == "/?a=1&b=%D1%8F"


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", ""])
def test_the_way_back_leads_to_no_other_site(
    nobody: TestClient, staffed: Database, path: str
) -> None:
    """A cookie that somebody planted leads to the first page."""
    nobody.cookies.set("gradeline-next", path)
    answer = nobody.post("/session", data={"link": code_for(staffed, "ana")}, headers=OURS)
    assert answer.headers["location"] == "/"


def test_a_session_that_has_ended_leads_the_whole_page_to_sign_in(nobody: TestClient) -> None:
    """A part of a page is never replaced by the page to sign in."""
    nobody.cookies.set("gradeline-session", "ended")
    answer = nobody.get("/", headers={**HTMX, "HX-Current-URL": "http://testserver/x?y=1"})
    assert (answer.status_code, answer.headers["hx-redirect"], answer.content) == (
        200,
        "/sign-in",
        b"",
    )
    assert "gradeline-next=%2Fx%3Fy%3D1" in answer.headers["set-cookie"]


def test_who_signs_out_is_out(sign_in: SignIn, sessions: Sessions) -> None:
    """The secret that the browser had is worth nothing any more."""
    client = sign_in("ana")
    secret = client.cookies["gradeline-session"]
    client.post("/sign-out", headers=OURS)
    assert sessions.find(secret) is None


def test_signing_out_everywhere_ends_every_device_of_that_person_alone(
    sign_in: SignIn, sessions: Sessions
) -> None:
    """Two sessions of Ana end, and Ben's goes on."""
    kept = sign_in("ben").cookies["gradeline-session"]
    other = sign_in("ana").cookies["gradeline-session"]
    sign_in("ana").post("/sign-out/everywhere", headers=OURS)
    assert sessions.find(other) is None
    assert sessions.find(kept) is not None


@pytest.mark.parametrize(
    "changed", ["expires_at = now()", "seen_at = now() - interval '7 days 1 second'"]
)
def test_a_session_ends_by_itself(
    sign_in: SignIn, staffed: Database, sessions: Sessions, changed: str
) -> None:
    """After a month, and after a week in which nobody used it."""
    secret = sign_in("ana").cookies["gradeline-session"]
    with staffed.connect() as connection:
        connection.execute(f"update sessions set {changed}".encode())
    sessions.forget_known()
    assert sessions.find(secret) is None


@pytest.fixture
def with_yandex(app: FastAPI) -> Iterator[TestClient]:
    """A browser for a page on which people sign in by Yandex; its twin agrees at once."""
    with running([YandexTwin()]) as sandbox:
        address = f"{sandbox.url}/yandex"
        yandex = YandexId(CLIENT_ID, fetch=JsonClient().get, clock=time.time, address=address)
        flow = YandexCodeFlow(
            CLIENT_ID,
            CLIENT_SECRET,
            public_url="http://testserver",
            identify=yandex.identify,
            address=address,
        )
        served = guarded(dashboard(replace(app.state.parts, yandex=flow)), {"testserver"})
        with TestClient(served, follow_redirects=False) as client:
            yield client


def test_who_agrees_at_yandex_is_signed_in(with_yandex: TestClient) -> None:
    """To Yandex, back with a code, and to the first page; a second time the code is nobody's."""
    assert "/sign-in/yandex" in with_yandex.get("/sign-in").text
    to_yandex = with_yandex.get("/sign-in/yandex").headers["location"]
    back = httpx2.get(to_yandex, follow_redirects=False).headers["location"]
    signed_in = with_yandex.get(back)
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/")
    assert "vasya" in with_yandex.get("/").text
    assert with_yandex.get(back).status_code == 401
