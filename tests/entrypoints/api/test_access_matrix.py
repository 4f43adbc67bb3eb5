"""Who may ask what: each route for each principal, and each table for each role."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from gradeline.entrypoints.api.auth import Requirement, anybody
from gradeline.entrypoints.web.front import guarded
from gradeline.warehouse import Database

from .access_matrix import differences, rows
from .conftest import as_
from .school import EVENING, OF_EVENING, OTHER_COURSE

#: Routes that show the documentation of the API, which everybody may read.
DOCUMENTATION = {"/openapi.json", "/docs", "/redoc", "/static/{name}"}


@pytest.fixture
def app(school: Database, app_of: Callable[..., FastAPI]) -> FastAPI:
    """The API over the small school."""
    return app_of(school)


def test_every_route_is_in_the_matrix(app: FastAPI) -> None:
    """A route that is not in `access_matrix.csv`, or no longer exists, is an error."""
    there = {
        (method, route.path)
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if method != "HEAD" and route.path not in DOCUMENTATION
    }
    assert {(row.method, row.path) for row in rows()} == there


def test_each_principal_gets_what_the_matrix_says(app: FastAPI) -> None:
    """Each route answers each principal with the status of the table."""
    with TestClient(guarded(app, {"testserver"}), raise_server_exceptions=False) as client:
        assert list(differences(client)) == []


def test_every_route_names_its_permission(app: FastAPI) -> None:
    """A route needs a permission by name, or says that it is for everybody."""
    unnamed = [
        route.path
        for route in iter_route_contexts(app.routes)
        if route.path not in DOCUMENTATION and not any(_names_permission(route.dependant))
    ]
    assert unnamed == []


def _names_permission(dependant: Dependant) -> Iterator[bool]:
    yield isinstance(dependant.call, Requirement) or dependant.call is anybody
    for each in dependant.dependencies:
        yield from _names_permission(each)


@pytest.mark.parametrize(
    ("path", "foreign"),
    [
        ("groups/{}", EVENING),
        ("users/{}", OF_EVENING),
        ("courses/{}", OTHER_COURSE),
        ("courses/{}/plan", OTHER_COURSE),
        ("courses/{}/at-risk", OTHER_COURSE),
        ("courses/{}/items", OTHER_COURSE),
        ("courses/{}/leaderboard", OTHER_COURSE),
    ],
)
def test_not_yours_and_not_there_are_the_same_bytes(app: FastAPI, path: str, foreign: str) -> None:
    """The same request id given, the answers are equal to the byte, headers included."""
    headers = as_("curator-a") | {"X-Request-Id": "same"}
    with TestClient(guarded(app, {"testserver"})) as client:
        answers = [
            client.get(f"/stats/{path.format(name)}", headers=headers)
            for name in (foreign, "files:s:nobody", "0123456789abcdef")
        ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.content, str(answer.headers)) for answer in answers}) == 1
