"""The application as a whole: health, request ids, and the one form of errors."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_it_says_that_it_lives_and_can_answer(client: TestClient) -> None:
    """/healthz asks nothing, /readyz asks the database."""
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ok"}


def test_an_error_has_the_one_form_and_the_request_id(client: TestClient) -> None:
    """A path that is not there is a problem with the id that the client gave."""
    answer = client.get("/nowhere", headers={"X-Request-Id": "abc-1"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.json()["request_id"] == "abc-1"


def test_a_request_id_that_could_forge_a_line_is_not_taken(client: TestClient) -> None:
    """Only short plain ids are kept; otherwise one is made."""
    answer = client.get("/healthz", headers={"X-Request-Id": "a b"})
    assert answer.headers["x-request-id"] not in ("a b", "")
