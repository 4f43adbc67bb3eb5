"""The code flow of Yandex ID: only the browser that began it comes back with a login."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from gradeline.access.json_client import JsonClient
from gradeline.access.yandex_code_flow import Attempt, YandexCodeFlow
from gradeline.access.yandex_id import YandexId
from gradeline.base.errors import SignInNeeded, SignInUnavailable
from gradeline.sandbox.server.running import running
from gradeline.sandbox.yandex.twin import CLIENT_ID, CLIENT_SECRET, YandexTwin

PUBLIC = "https://reports.school.example"


def flow_at(address: str, secret: str = CLIENT_SECRET) -> YandexCodeFlow:
    """The flow through a twin."""
    yandex = YandexId(CLIENT_ID, fetch=JsonClient().get, clock=time.time, address=address)
    return YandexCodeFlow(
        CLIENT_ID, secret, public_url=PUBLIC, identify=yandex.identify, address=address
    )


@pytest.fixture(scope="module")
def twin():
    """The twin of Yandex, and its address."""
    with running([YandexTwin()]) as sandbox:
        yield f"{sandbox.url}/yandex"


def come_back(url: str) -> dict[str, str]:
    """What a browser comes back with after somebody agreed."""
    answer = httpx2.get(url, follow_redirects=False)
    location = urlsplit(answer.headers["location"])
    assert location.path == "/sign-in/yandex/callback"
    return dict(parse_qsl(location.query))


def test_who_agrees_comes_back_with_their_login(twin):
    """State, code and verifier belong together."""
    flow = flow_at(twin)
    url, attempt = flow.begin()
    assert attempt.verifier not in url
    assert flow.finish(Attempt.of(attempt.text), **come_back(url)) == "vasya"


def test_another_browser_does_not_come_back(twin):
    """A link that somebody else began signs nobody in, and a code works for its browser alone."""
    flow = flow_at(twin)
    back = come_back(flow.begin()[0])
    _, other = flow.begin()
    with pytest.raises(SignInNeeded, match="not begun in this browser"):
        flow.finish(other, **back)
    with pytest.raises(SignInNeeded, match="not begun"):
        flow.finish(None, **back)
    stolen = Attempt(state=back["state"], verifier=other.verifier)
    with pytest.raises(SignInNeeded, match="does not know the code"):
        flow.finish(stolen, **back)


def test_a_code_works_once(twin):
    """The second time Yandex knows it no longer."""
    flow = flow_at(twin)
    url, attempt = flow.begin()
    back = come_back(url)
    flow.finish(attempt, **back)
    with pytest.raises(SignInNeeded, match="no longer"):
        flow.finish(attempt, **back)


def test_no_secret_stands_in_an_error(twin):
    """Neither where the secret is wrong nor where nobody answers."""
    wrong = flow_at(twin, secret="a-wrong-secret-of-ours")
    url, attempt = wrong.begin()
    with pytest.raises(SignInNeeded) as refused:
        wrong.finish(attempt, **come_back(url))
    away = flow_at("http://127.0.0.1:9", secret="a-wrong-secret-of-ours")
    with pytest.raises(SignInUnavailable) as unavailable:
        away.finish(attempt, state=attempt.state, code="x")
    assert "a-wrong-secret" not in f"{refused.value}{unavailable.value}"
