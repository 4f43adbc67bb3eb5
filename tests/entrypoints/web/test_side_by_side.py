"""API and page at one address: whose path it is decides how it is answered."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.requests import Request
from starlette.testclient import TestClient

from gradeline.entrypoints.web.side_by_side import RoutedApp, SideBySide


def served(name: str, *routes: str) -> RoutedApp:
    """An application whose every answer, errors included, bears its name."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    def answer() -> PlainTextResponse:
        return PlainTextResponse(name)

    async def error(_request: Request, wrong: Exception) -> JSONResponse:
        """Answer with an error."""
        return JSONResponse(name, getattr(wrong, "status_code", 500))

    for route in routes:
        method, path = route.split()
        app.add_api_route(path, answer, methods=[method])
    for status in (404, 405):
        app.add_exception_handler(status, error)
    return RoutedApp(app=app, routes=[(path, (method,)) for method, path in map(str.split, routes)])


@pytest.mark.parametrize(
    ("asked", "status", "whose"),
    [
        ("GET /", 200, "page"),
        ("GET /db/events", 200, "api"),
        ("DELETE /db/events", 405, "api"),
        ("GET /db/nothing", 404, "api"),
        ("GET /dbs", 404, "page"),
        ("GET /exports", 200, "page"),
        ("GET /exports/7/file", 200, "api"),
        ("DELETE /exports/7/file", 405, "api"),
        ("POST /exports/7/revoke", 200, "page"),
        ("GET /exports/7/revoke", 405, "page"),
        ("GET /sign-in", 200, "page"),
        ("POST /sign-in", 200, "api"),
        ("GET /groups/1/2", 404, "page"),
    ],
)
def test_each_path_is_answered_by_whose_it_is(asked: str, status: int, whose: str) -> None:
    """Below a path of the API the API answers, also what it does not know; else the page does."""
    api = served("api", "GET /db/events", "GET /exports/{link}/file", "POST /sign-in")
    page = served("page", "GET /", "GET /exports", "POST /exports/{id}/revoke", "GET /sign-in")
    client = TestClient(SideBySide(api, page))
    method, path = asked.split()
    answer = client.request(method, path)
    assert (answer.status_code, answer.text.strip('"')) == (status, whose)
