"""Signing in by a one-time link: a page for people, a token for tools."""

from __future__ import annotations

from starlette.testclient import TestClient

LINK = {"link": "good"}
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


def test_opening_a_link_shows_a_button_and_uses_nothing_up(client: TestClient) -> None:
    """Programs that check mail open links, too."""
    page = client.get("/sign-in", params=LINK)
    assert '<form method="post"><button>Sign in</button>' in page.text
    assert "script" not in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_tool_gets_a_token_as_json(client: TestClient) -> None:
    """It is what `Authorization: Bearer` takes."""
    assert client.post("/sign-in", params=LINK).json() == {"token": "admin"}


def test_a_browser_gets_a_page_with_the_token(client: TestClient) -> None:
    """The page says how to use it, and that it is not shown again."""
    page = client.post("/sign-in", params=LINK, headers=BROWSER)
    assert "Authorization: Bearer admin" in page.text
    assert "not shown again" in page.text


def test_a_link_that_is_used_up_is_told_in_the_askers_form(client: TestClient) -> None:
    """401 as a page to browsers, as a problem to tools."""
    wrong = {"link": "used"}
    page = client.post("/sign-in", params=wrong, headers=BROWSER)
    assert (page.status_code, "signs nobody in" in page.text) == (401, True)
    tool = client.post("/sign-in", params=wrong)
    assert tool.headers["content-type"] == "application/problem+json"
