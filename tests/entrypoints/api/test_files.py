"""Signed links to files: whoever has one has the file, and any other sign of it is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from gradeline.base.clock import now
from gradeline.entrypoints.web.front import guarded
from gradeline.lake import Lake
from gradeline.warehouse import Database

from .conftest import as_

CONTENT = "имя;año\n".encode() * 1000
KEY = "export/requests/x/1/Группа A.csv"


@dataclass(frozen=True, kw_only=True)
class Place:
    """An API over a database with one file."""

    app: FastAPI
    client: TestClient
    database: Database
    export_id: str

    def link(self, token: str = "curator-a") -> str:
        """The path and query of the link that whoever asks is given."""
        shown = self.client.get(f"/stats/exports/{self.export_id}", headers=as_(token)).json()
        parts = urlsplit(shown["url"])
        return f"{parts.path}?{parts.query}"

    def run(self, statement: str) -> None:
        """Change something behind the API."""
        with self.database.connect() as connection:
            connection.execute(statement.encode())


@pytest.fixture
def place(module_warehouse: Database, app_of: Callable[[Database], FastAPI]) -> Iterator[Place]:
    """A file of Ana's, ready for a day."""
    app = app_of(module_warehouse)
    app.state.parts.exports.lake.replace(KEY, CONTENT)
    with module_warehouse.connect() as connection:
        connection.execute("delete from report_exports")
        row = connection.execute(
            "insert into report_exports (status, requested_by, format, language, ready_at,"
            " expires_at, storage_key, file_name, media_type, size, sha256) values ('ready', 'ana',"
            " 'csv', 'en', now(), %s, %s, 'Группа A.csv', 'text/csv', %s, %s) returning id",
            (now() + timedelta(days=1), KEY, len(CONTENT), hashlib.sha256(CONTENT).hexdigest()),
        ).fetchone()
    assert row is not None
    whole = guarded(app, {"testserver"})
    with TestClient(whole, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Place(app=app, client=client, database=module_warehouse, export_id=str(row[0]))


def test_a_link_gives_the_file_to_whoever_has_it(place: Place) -> None:
    """Nobody signs in; the name is in any script, and nothing of it runs in a browser."""
    answer = place.client.get(place.link())
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith(
        "attachment; filename=\"______ A.csv\"; filename*=utf-8''%D0%93"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-4", 206, CONTENT[:5]),
        ("bytes=-3", 206, CONTENT[-3:]),
        ("bytes=" + ",".join(["0-"] * 1_000), 200, CONTENT),
    ],
)
def test_a_part_of_a_file_can_be_had(place: Place, asked: str, status: int, part: bytes) -> None:
    """So a download that was cut goes on; many parts at once are the whole."""
    answer = place.client.get(place.link(), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (status, part)


def test_a_part_beyond_the_end_is_a_problem(place: Place) -> None:
    """In the form of all errors; and who has the file already is told that it is the same."""
    answer = place.client.get(place.link(), headers={"Range": "bytes=99999999-"})
    assert answer.status_code == answer.json()["status"] == 416
    tag = place.client.get(place.link()).headers["etag"]
    assert place.client.get(place.link(), headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_any_flipped_bit_is_refused(place: Place, every: int) -> None:
    """Of path and query: no spelling but the one that was signed gives the file."""
    link = place.link().encode()
    assert place.client.get(link.decode()).status_code == 200
    bits = [(at, bit) for bit in range(7) for at in range(1, len(link))]
    asked = [link[:at] + bytes([link[at] ^ 1 << bit]) + link[at + 1 :] for at, bit in bits[::every]]
    # No client sends other signs, and # cuts the rest off.
    sent = [
        one.decode() for one in asked if one.decode().isprintable() and set(b" #").isdisjoint(one)
    ]
    taken = [one for one in sent if place.client.get(one).status_code not in (403, 404, 422)]
    assert taken == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("update file_links set revoked_at = now()", 410),
        ("update file_links set expires_at = now()", 410),
        ("update report_exports set expires_at = now()", 410),
        ("update report_exports set status = 'expired'", 410),
        ("update report_exports set sha256 = 'other'", 403),
        ("update file_links set asker = 'bea'", 403),
        ("delete from file_links", 403),
    ],
)
def test_a_link_ends(place: Place, change: str, status: int) -> None:
    """With its own time, with the file's, when it is revoked, and when anything it covers changes."""
    link = place.link()
    place.run(change)
    assert place.client.get(link).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_another_method_is_refused(place: Place, method: str) -> None:
    """A link is for getting."""
    assert place.client.request(method, place.link()).status_code == 405


def test_a_link_with_something_more_is_refused(place: Place) -> None:
    """A second `until`, and a name that nobody knows."""
    link = place.link()
    asked = [place.client.get(link + more) for more in ("&until=99999999999", "&x=1")]
    assert [answer.status_code for answer in asked] == [403, 403]


def test_a_revoked_link_is_replaced_by_another(place: Place) -> None:
    """The old one ends at once; only its owner can do that."""
    link = place.link()
    path = f"/stats/exports/{place.export_id}/revoke"
    assert place.client.post(path, headers=as_("curator-b")).status_code == 404
    assert place.client.post(path, headers=as_("curator-a")).json()["url"] is not None
    assert place.client.get(link).status_code == 410
    assert place.client.get(place.link()).status_code == 200


def test_each_use_is_recorded_for_whom_the_link_was_made(place: Place) -> None:
    """An administrator's link is another one than Ana's; what was refused is no use."""
    links = (place.link(), place.link("admin"), place.link())
    assert [place.client.get(link).status_code for link in links] == [200] * 3
    place.client.get(place.link() + "x")
    with place.database.connect() as connection:
        used = connection.execute(
            "select asker, count(*) from file_link_uses join file_links using (link_id) group by 1"
        ).fetchall()
    assert sorted(used) == [("ada", 1), ("ana", 2)]


def test_a_deleted_export_gives_its_file_no_more(place: Place) -> None:
    """At once, before a worker has deleted the bytes."""
    link = place.link()
    place.client.delete(f"/stats/exports/{place.export_id}", headers=as_("curator-a"))
    assert place.client.get(link).status_code == 410


def test_a_file_in_a_bucket_is_given_by_an_address_of_the_bucket(
    place: Place, s3_lake: Lake
) -> None:
    """Each use of the link makes a new one, which works five minutes."""
    s3_lake.replace(KEY, CONTENT)
    exports = replace(place.app.state.parts.exports, lake=s3_lake)
    place.app.state.parts = replace(place.app.state.parts, exports=exports)
    answer = place.client.get(place.link())
    assert answer.status_code == 307
    assert "X-Amz-Expires=300" in answer.headers["location"]
    assert httpx2.get(answer.headers["location"]).content == CONTENT
