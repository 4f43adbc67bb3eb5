"""The page over the small school; people of its staff sign in as they do everywhere."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.entrypoints.api.conftest import KEY, school
from tests.entrypoints.api.school import EVENING, SCOTLAND, WALES

from gradeline.access.guesses import Guesses
from gradeline.access.sessions import Sessions
from gradeline.access.signing_keys import SigningKeys
from gradeline.delivery.outbox import Outbox
from gradeline.entrypoints.dashboard.app import dashboard
from gradeline.entrypoints.dashboard.parts import DashboardParts
from gradeline.entrypoints.web.exports import ExportParts
from gradeline.entrypoints.web.front import guarded
from gradeline.flows.parts import Delivery
from gradeline.flows.sign_in import make_sign_in_link
from gradeline.flows.staff import add_member
from gradeline.lake import open_lake
from gradeline.records.staff import NewStaffMember
from gradeline.settings import read_settings
from gradeline.warehouse import Database, staff
from gradeline.warehouse.connect.pool import open_pool
from gradeline.wiring.office import Office
from gradeline.wiring.sign_in import wire_sessions

__all__ = ["school"]

#: What a browser says of a request that a page of ours sent.
OURS = {"Sec-Fetch-Site": "same-origin"}
#: What htmx says beside that.
HTMX = {**OURS, "HX-Request": "true"}
#: login → role and groups
STAFF = {
    "ada": ("admin", ()),
    "rea": ("reader", ()),
    "ana": ("curator", (SCOTLAND,)),
    "ben": ("curator", (EVENING, WALES)),
}
#: A day on which nothing of the school's data is new.
NOW = datetime(2024, 12, 2, 9, tzinfo=UTC)

SignIn = Callable[[str], TestClient]


@pytest.fixture(scope="module")
def staffed(school: Database) -> Database:
    """The school with its staff."""
    with school.connect() as connection:
        for login, (role, groups) in STAFF.items():
            member = NewStaffMember(login=login, role=role, added_by="test")
            added = add_member(connection, member, "en")
            staff.grant_groups(connection, added.staff_id, groups)
    return school


@pytest.fixture(scope="module")
def sessions(staffed: Database, tmp_path_factory: pytest.TempPathFactory) -> Sessions:
    """Sessions as the service has them."""
    settings = read_settings(home=tmp_path_factory.mktemp("home"))
    return wire_sessions(settings, staffed, Guesses(time.time))


def parts_over(
    staffed: Database,
    pooled: Database,
    sessions: Sessions,
    folder: Path,
    public_url: str = "http://testserver",
) -> DashboardParts:
    """What the page works with; reports go out by mail, which is kept and sent nowhere."""
    return DashboardParts(
        database=pooled,
        sessions=sessions,
        clock=lambda: NOW,
        public_url=public_url,
        zone="UTC",
        language="en",
        exports=ExportParts(
            lake=open_lake(f"file:{folder}"),
            keys=SigningKeys(lambda: [KEY], time.time),
        ),
        office=Office(staffed, Delivery(channels={"email": Outbox(name="email")})),
    )


@pytest.fixture(scope="module")
def app(
    staffed: Database, sessions: Sessions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """The page over the school."""
    with ExitStack() as opened:
        pooled = opened.enter_context(open_pool(staffed))
        yield dashboard(parts_over(staffed, pooled, sessions, tmp_path_factory.mktemp("store")))


@pytest.fixture
def nobody(app: FastAPI) -> Iterator[TestClient]:
    """A browser in which nobody is signed in."""
    served = guarded(app, {"testserver"})
    with TestClient(served, raise_server_exceptions=False, follow_redirects=False) as client:
        client.headers.update({"Accept": "text/html", "Accept-Language": "en"})
        yield client


def code_for(staffed: Database, login: str | None) -> str:
    """The code of a new one-time link of somebody; None = an administrator without a name."""
    with staffed.connect() as connection:
        link = make_sign_in_link(connection, login, public_url="http://testserver", made_by="test")
    return re.sub(".*link=", "", link)


@pytest.fixture
def sign_in(nobody: TestClient, staffed: Database, sessions: Sessions) -> SignIn:
    """Signs somebody of the staff in; another name is a login that the school does not know."""

    def signed_in(login: str) -> TestClient:
        nobody.cookies.clear()
        if login in STAFF:
            answer = nobody.post("/session", data={"link": code_for(staffed, login)}, headers=OURS)
            assert answer.status_code == 303
        else:
            nobody.cookies.set("gradeline-session", sessions.begin(login))
        return nobody

    return signed_in


@pytest.fixture(scope="session")
def templates() -> Path:
    """The folder of the page's templates."""
    return Path(__file__).parents[3] / "src/gradeline/entrypoints/dashboard/templates"
