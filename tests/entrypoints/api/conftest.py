"""The API over a real database; who signs in with which token is a table of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from gradeline.access.link_signer import HmacSigner
from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal
from gradeline.base.clock import now
from gradeline.base.errors import SignInNeeded
from gradeline.entrypoints.api.app import api
from gradeline.entrypoints.api.parts import ApiParts, ExportParts
from gradeline.lake import open_lake
from gradeline.warehouse import Database
from gradeline.warehouse.connect.pool import open_pool

#: token → whom it stands for
PRINCIPALS: Mapping[str, Principal] = MappingProxyType(
    {
        "admin": Principal(role=Role.ADMIN, login="ada"),
        "curator-a": Principal(role=Role.CURATOR, login="ana", groups=frozenset({"s:A"})),
        "curator-b": Principal(role=Role.CURATOR, login="bea", groups=frozenset({"s:B"})),
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

    def principal_of(self, bearer: str) -> Principal:
        """See `SignIn`."""
        if bearer not in self.principals:
            raise SignInNeeded("That token is not valid.")
        return self.principals[bearer]


def as_(token: str) -> dict[str, str]:
    """Return the headers of whoever has a token."""
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def app_of(tmp_path: Path) -> Iterator[Callable[[Database], FastAPI]]:
    """Makes the API over a database."""
    with ExitStack() as opened:

        def make(database: Database) -> FastAPI:
            pooled = opened.enter_context(open_pool(database))
            parts = ApiParts(
                database=pooled,
                sign_in=Tokens(),
                exports=ExportParts(
                    lake=open_lake(f"file:{tmp_path}/store"),
                    signer=HmacSigner({"k1": b"key"}),
                    channels=frozenset({"email", "webhook"}),
                ),
                clock=now,
                public_url="http://testserver",
            )
            return api(parts)

        yield make


@pytest.fixture
def client(warehouse: Database, app_of: Callable[[Database], FastAPI]) -> Iterator[TestClient]:
    """A client of the API over an empty database."""
    with TestClient(app_of(warehouse), raise_server_exceptions=False) as client:
        yield client
