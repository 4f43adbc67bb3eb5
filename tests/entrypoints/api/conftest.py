"""The API over a real database; who signs in with which token is a table of the test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.lakes import folder_lake, s3_lake
from tests.metrics.facts_in_lake import parts_in, settle
from tests.s3_server import bucket, s3_endpoint, s3_options

from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal, Scope
from gradeline.access.signing_keys import SigningKeys
from gradeline.base.clock import now
from gradeline.base.errors import SignInNeeded
from gradeline.engine import DuckEngine
from gradeline.entrypoints.api.app import api
from gradeline.entrypoints.api.parts import ApiParts
from gradeline.entrypoints.web.exports import ExportParts
from gradeline.entrypoints.web.front import guarded
from gradeline.flows.refresh.refresh import refresh
from gradeline.flows.storage.objects import StoredObjects
from gradeline.lake import Lake, open_lake
from gradeline.metrics import Terms
from gradeline.records.signing_keys import SigningKey
from gradeline.settings import read_settings
from gradeline.warehouse import Database
from gradeline.warehouse.connect.pool import open_pool
from gradeline.wiring.posting import PostLoader, post_parts
from gradeline.wiring.raw_exports import VendorExports

from .school import EVENING, OF_SCOTLAND, SCOTLAND, WALES, school_slices

__all__ = ["bucket", "folder_lake", "s3_endpoint", "s3_lake", "s3_options"]

AS_OF = datetime(2024, 12, 1, tzinfo=UTC)
#: token → whom it stands for
PRINCIPALS: Mapping[str, Principal] = MappingProxyType(
    {
        "admin": Principal(role=Role.ADMIN, login="ada"),
        "guest": Principal(role=Role.GUEST, login="guy"),
        "reader": Principal(role=Role.READER, login="rea"),
        "learner": Principal(role=Role.LEARNER, login="lea", learner_id=OF_SCOTLAND),
        "curator-a": Principal(role=Role.CURATOR, login="ana", groups=frozenset({SCOTLAND})),
        "curator-b": Principal(role=Role.CURATOR, login="ben", groups=frozenset({EVENING, WALES})),
        "api-token": Principal(
            role=Role.READER, login="token", scope=Scope(courses=("aaa/2013j",))
        ),
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

    def remembered(self, bearer: str) -> Principal | None:
        """See `SignIn`."""
        return self.principals.get(bearer)

    def principal_of(self, bearer: str, client: str = "") -> Principal:
        """See `SignIn`."""
        if bearer not in self.principals:
            raise SignInNeeded("That token is not valid.")
        return self.principals[bearer]

    def redeem(self, link: str, client: str = "") -> str:
        """See `SignIn`; the link that is good signs an administrator in."""
        if link != "good":
            raise SignInNeeded("This link signs nobody in.")
        return "admin"


KEY = SigningKey.of(b"k" * 32)


def as_(token: str) -> dict[str, str]:
    """Return the headers of whoever has a token."""
    return {"Authorization": f"Bearer {token}"}


def objects_in(lake: Lake, folder: Path) -> StoredObjects:
    """Return the objects of a lake, with files in transit and locks in a folder."""
    (folder / "spool").mkdir(exist_ok=True)
    return StoredObjects(lake, folder / "spool", folder / "limits")


def parts_over(database: Database, pooled: Database, folder: Path) -> ApiParts:
    """What the API works with, over a database, with everything else in a folder."""
    store = open_lake(f"file:{folder / 'store'}")
    (folder / "spool").mkdir(exist_ok=True)
    engine = DuckEngine(memory_mb=272, spill=folder / "spool")
    return ApiParts(
        database=pooled,
        sign_in=Tokens(),
        exports=ExportParts(
            lake=store,
            keys=SigningKeys(lambda: [KEY], time.time),
            channels=frozenset({"email", "webhook"}),
        ),
        objects=objects_in(store, folder),
        post_rows=PostLoader(post_parts(database, store, engine, folder / "spool")),
        raw_exports=VendorExports(read_settings(home=folder / "home"), database),
        clock=now,
        public_url="http://testserver",
    )


@pytest.fixture
def app_of(tmp_path: Path) -> Iterator[Callable[..., FastAPI]]:
    """Makes the API over a database; other parts by name."""
    with ExitStack() as opened:

        def make(database: Database, **changed: Any) -> FastAPI:
            pooled = opened.enter_context(open_pool(database))
            return api(replace(parts_over(database, pooled, tmp_path), **changed))

        yield make


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory, module_warehouse: Database) -> Database:
    """A small school whose results are published; see `school.py`."""
    parts = parts_in(tmp_path_factory.mktemp("school"), module_warehouse)
    settle(parts, school_slices())
    refresh(parts, Terms(as_of=AS_OF))
    return module_warehouse


@pytest.fixture
def client(warehouse: Database, app_of: Callable[..., FastAPI]) -> Iterator[TestClient]:
    """A client of the API over an empty database."""
    app = app_of(warehouse)
    measures = app.state.parts.metrics.measures
    app = guarded(app, {"testserver"}, measures=measures)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
