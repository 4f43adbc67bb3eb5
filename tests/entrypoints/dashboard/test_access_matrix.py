"""Who may look at what: each route of the page for each principal."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from gradeline.entrypoints.dashboard.viewers import Requirement, anybody

from .conftest import OURS, SignIn

TABLE = Path(__file__).with_name("access_matrix.csv")
#: column → the login of whom it is about
WHO = {"guest": "guy", "reader": "rea", "curator-a": "ana", "curator-b": "ben", "admin": "ada"}
FORM = {"Content-Type": "application/x-www-form-urlencoded", **OURS}


def rows() -> list[dict[str, str]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statuses(client: TestClient) -> list[str]:
    """The status that each sample is answered with."""
    asked = ((row["method"], row["sample"], row["body"]) for row in rows())
    return [
        str(client.request(method, sample, content=body, headers=FORM).status_code)
        for method, sample, body in asked
    ]


def test_every_route_is_in_the_matrix(app: FastAPI) -> None:
    """A route that is not in `access_matrix.csv`, or no longer exists, is an error."""
    there = {
        (method, route.path)
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert {(row["method"], row["path"]) for row in rows()} == there


def test_nobody_gets_what_the_matrix_says(nobody: TestClient) -> None:
    """Whoever is not signed in is led to where that is done, whatever there is."""
    assert statuses(nobody) == [row["nobody"] for row in rows()]


@pytest.mark.parametrize("who", WHO)
def test_each_principal_gets_what_the_matrix_says(sign_in: SignIn, who: str) -> None:
    """Each route answers each principal with the status of the table."""
    assert statuses(sign_in(WHO[who])) == [row[who] for row in rows()]


def test_every_route_names_its_permission(app: FastAPI) -> None:
    """A route needs a permission by name, or says that it is for everybody."""
    unnamed = [
        route.path
        for route in iter_route_contexts(app.routes)
        if not any(_names_permission(route.dependant))
    ]
    assert unnamed == []


def _names_permission(dependant: Dependant) -> Iterator[bool]:
    yield isinstance(dependant.call, Requirement) or dependant.call is anybody
    for each in dependant.dependencies:
        yield from _names_permission(each)
