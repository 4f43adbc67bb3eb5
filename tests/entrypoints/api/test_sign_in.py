"""Signing a tool in by a one-time link: a token."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_a_tool_gets_a_token(client: TestClient) -> None:
    """It is what `Authorization: Bearer` takes, and nobody stores it on the way."""
    answer = client.post("/sign-in", params={"link": "good"})
    assert answer.json() == {"token": "admin"}
    assert answer.headers["cache-control"] == "no-store"


def test_a_link_that_is_used_up_is_a_problem(client: TestClient) -> None:
    """401, in the form of all errors."""
    tool = client.post("/sign-in", params={"link": "used"})
    assert tool.status_code == 401
    assert tool.headers["content-type"] == "application/problem+json"
