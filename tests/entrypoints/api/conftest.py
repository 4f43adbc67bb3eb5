"""The API over a real database; who signs in with which token is a table of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.s3_server import bucket, s3_endpoint, s3_options

from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal
from gradeline.base.clock import now
from gradeline.base.errors import SignInNeeded
from gradeline.entrypoints.api.app import api
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.front import guarded
from gradeline.flows.storage.objects import StoredObjects
from gradeline.lake import Lake, open_lake
from gradeline.warehouse import Database
from gradeline.warehouse.connect.pool import open_pool

__all__ = ["bucket", "s3_endpoint", "s3_options"]

#: token → whom it stands for
PRINCIPALS: Mapping[str, Principal] = MappingProxyType(
    {
        "admin": Principal(role=Role.ADMIN, login="ada"),
        "guest": Principal(role=Role.GUEST, login="guy"),
        "reader": Principal(role=Role.READER, login="rea"),
        "warehouse-reader": Principal(
            role=Role.GUEST, login="ira", granted=frozenset({Permission.READ_WAREHOUSE})
        ),
        "warehouse-writer": Principal(
            role=Role.GUEST,
            login="wes",
            granted=frozenset({Permission.READ_WAREHOUSE, Permission.WRITE_WAREHOUSE}),
        ),
    }
)


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """Signs in whoever sends a token of the table."""

    principals: Mapping[str, Principal] = field(default_factory=lambda: PRINCIPALS)

    def principal_of(self, bearer: str, client: str = "") -> Principal:
        """See `SignIn`."""
        if bearer not in self.principals:
            raise SignInNeeded("That token is not valid.")
        return self.principals[bearer]


def as_(token: str) -> dict[str, str]:
    """Return the headers of whoever has a token."""
    return {"Authorization": f"Bearer {token}"}


def objects_in(lake: Lake, folder: Path) -> StoredObjects:
    """Return the objects of a lake, with files in transit and locks in a folder."""
    (folder / "spool").mkdir(exist_ok=True)
    return StoredObjects(lake, folder / "spool", folder / "limits")


@pytest.fixture
def app_of(tmp_path: Path) -> Iterator[Callable[..., FastAPI]]:
    """Makes the API over a database; other parts by name."""
    with ExitStack() as opened:

        def make(database: Database, **changed: Any) -> FastAPI:
            pooled = opened.enter_context(open_pool(database))
            parts = ApiParts(
                database=pooled,
                sign_in=Tokens(),
                objects=objects_in(open_lake(f"file:{tmp_path / 'store'}"), tmp_path),
                clock=now,
                public_url="http://testserver",
            )
            return api(replace(parts, **changed))

        yield make


@pytest.fixture
def folder_lake(tmp_path: Path) -> Lake:
    """A lake in an empty folder."""
    return open_lake(f"file:{tmp_path / 'folder'}")


@pytest.fixture
def s3_lake(bucket: str, s3_options: dict[str, str]) -> Lake:
    """A lake in a new bucket."""
    return open_lake(f"s3://{bucket}", options=s3_options)


@pytest.fixture
def client(warehouse: Database, app_of: Callable[..., FastAPI]) -> Iterator[TestClient]:
    """A client of the API over an empty database."""
    app = guarded(app_of(warehouse), {"testserver"})
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
