"""Signing in over HTTP: with real tokens, and what who is refused reads."""

from __future__ import annotations

import time
from collections.abc import Iterator

import jwt
import pytest
from starlette.testclient import TestClient

from gradeline.settings import read_settings
from gradeline.wiring.sign_in import wire_sign_in

from .conftest import as_

SECRET = "a-secret-of-the-school-that-is-long-enough"
PATH = "/s3/objects?prefix="


@pytest.fixture
def client(template, tmp_path, app_of) -> Iterator[TestClient]:
    """The API of a school with JWTs, and with Yandex, which does not answer."""
    written = {
        "JWT_SECRET": SECRET,
        "YANDEX_CLIENT_ID": "abc",
        "SANDBOX_URL": "http://127.0.0.1:9",
    }
    settings = read_settings(home=tmp_path, overrides=written)
    app = app_of(template, sign_in=wire_sign_in(settings, template))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_an_administrator_with_a_jwt_is_let_in(client):
    """And a learner with one is told which right is missing."""
    end = int(time.time()) + 60
    statuses = {
        role: client.get(PATH, headers=as_(jwt.encode(claims, SECRET, "HS256"))).status_code
        for role in ("admin", "student")
        for claims in [{"sub": "x", "role": role, "exp": end}]
    }
    assert statuses == {"admin": 200, "student": 403}


def test_who_is_refused_reads_how_to_get_a_token(client):
    """With the link of Yandex, filled in; what the token is stands in no answer."""
    nobody, wrong = client.get(PATH), client.get(PATH, headers=as_("a.secret-part.b"))
    assert [one.status_code for one in (nobody, wrong)] == [401, 401]
    assert "https://oauth.yandex.ru/authorize?response_type=token&client_id=abc" in nobody.text
    assert "secret-part" not in wrong.text


def test_a_yandex_that_does_not_answer_is_no_refusal(client):
    """The token may be good: 503, with when to come again."""
    answer = client.get(PATH, headers=as_("y0_some-token"))
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (503, True)


def test_who_guesses_is_told_to_wait(client):
    """Ten wrong tokens, then 429."""
    tokens = [f"gl_{number:043}" for number in range(11)]
    statuses = [client.get(PATH, headers=as_(each)).status_code for each in tokens]
    assert statuses == [401] * 10 + [429]
