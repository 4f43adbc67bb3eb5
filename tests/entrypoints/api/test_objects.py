"""Objects over HTTP: written, read in parts and deleted, on a folder and on S3."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from gradeline.warehouse import Database
from gradeline.warehouse.audit import ls

from .conftest import as_, objects_in

READ, WRITE = as_("warehouse-reader"), as_("warehouse-writer")


@pytest.fixture(params=["folder_lake", "s3_lake"])
def files(request, tmp_path, module_warehouse: Database, app_of) -> Iterator[TestClient]:
    """A client who may write, over each store in turn; the audit is the only table."""
    lake = request.getfixturevalue(request.param)
    app = app_of(module_warehouse, objects=objects_in(lake, tmp_path))
    with TestClient(app, headers=WRITE) as client:
        yield client


def put(client: TestClient, key: str, content: bytes, **headers: str):
    """Upload raw bytes."""
    return client.post("/s3/upload", params={"key": key}, content=content, headers=headers)


def get(client: TestClient, key: str, **headers: str):
    """Download an object."""
    return client.get("/s3/download", params={"key": key}, headers=headers)


def test_what_was_uploaded_is_downloaded_listed_and_deleted(files: TestClient) -> None:
    """The life of an object, with the bodies that the users of the old service know."""
    done = put(files, "folder/file1.txt", b"first").json()
    assert (done["key"], done["size"]) == ("folder/file1.txt", 5)
    assert done["etag"].startswith('"')
    info = files.get("/s3/object-info", params={"key": "folder/file1.txt"}).json()
    assert info["etag"] == done["etag"]
    listing = files.get("/s3/objects", params={"prefix": "folder/"}).json()
    assert [one["Key"] for one in listing["objects"]] == ["folder/file1.txt"]
    assert listing["count"] == 1
    assert get(files, "folder/file1.txt").content == b"first"
    assert files.delete("/s3/delete", params={"key": "folder/file1.txt"}).status_code == 204
    assert get(files, "folder/file1.txt").status_code == 404


@pytest.mark.parametrize("after", ["..", "a\x00", "//", "x/../y"])
def test_a_listing_cannot_go_on_after_what_is_no_key(files: TestClient, after) -> None:
    """It is a wrong parameter, on every store."""
    assert files.get("/s3/objects", params={"after": after}).status_code == 400


def test_an_upload_may_be_larger_than_other_bodies(files: TestClient) -> None:
    """The limit of other routes is a mebibyte."""
    answer = files.post("/s3/upload?key=uploads/large", content=b"a" * 2_000_000)
    assert answer.json()["size"] == 2_000_000


def test_a_form_with_a_file_is_taken_as_the_file(files: TestClient) -> None:
    """`curl -F file=@notes.txt`, for upload, update and patch."""
    form = {"file": ("notes.txt", b"hello")}
    assert files.post("/s3/upload", params={"key": "a/n"}, files=form).status_code == 200
    form = {"file": ("notes.txt", b"HE")}
    done = files.patch("/s3/patch", params={"key": "a/n", "offset": 0}, files=form).json()
    assert done["size"] == 5
    assert get(files, "a/n").content == b"HEllo"
    assert files.put("/s3/update", params={"key": "a/n"}, files=form).json()["size"] == 2


@pytest.mark.parametrize(
    ("wanted", "status", "content"),
    [
        ("bytes=0-1", 206, b"ab"),
        ("bytes=2-", 206, b"cdef"),
        ("bytes=-2", 206, b"ef"),
        ("bytes=4-99", 206, b"ef"),
        ("bytes=5-2", 200, b"abcdef"),
        ("bytes=0-0,1-1,2-2", 200, b"abcdef"),
        ("bytes=" + "0-," * 10_000, 200, b"abcdef"),
        ("pages=1-2", 200, b"abcdef"),
    ],
)
def test_a_range_is_answered_as_the_standard_says(files, wanted, status, content) -> None:
    """One range is sent, several are the whole."""
    put(files, "a/b", b"abcdef")
    answer = get(files, "a/b", Range=wanted)
    assert (answer.status_code, answer.content) == (status, content)


@pytest.mark.parametrize("wanted", ["bytes=6-", "bytes=-0", "bytes=999999999999-"])
def test_a_range_beyond_the_end_is_a_problem(files: TestClient, wanted) -> None:
    """In the form of all errors, with the size that the object has."""
    put(files, "a/b", b"abcdef")
    answer = get(files, "a/b", Range=wanted)
    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */6")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_writer_who_read_an_older_version_is_refused(files: TestClient) -> None:
    """If-Match: 412 for a stale tag; without it the last writer wins."""
    old = put(files, "a/b", b"one").json()["etag"]
    put(files, "a/b", b"two2")
    assert put(files, "a/b", b"three", **{"If-Match": old}).status_code == 412
    stale = files.delete("/s3/delete", params={"key": "a/b"}, headers={"If-Match": old})
    assert stale.status_code == 412
    assert put(files, "a/b", b"four", **{"If-None-Match": "*"}).status_code == 412
    assert get(files, "a/b").content == b"two2"


def test_a_patch_never_leaves_a_gap(files: TestClient) -> None:
    """Beyond the end: 409 with the true size; at the end: appended."""
    put(files, "a/b", b"12345")
    refused = files.patch("/s3/patch", params={"key": "a/b", "offset": 10}, content=b"x")
    assert refused.status_code == 409
    assert "5" in refused.json()["detail"]
    done = files.patch("/s3/patch", params={"key": "a/b", "offset": 5}, content=b"67")
    assert done.json()["size"] == 7
    assert get(files, "a/b").content == b"1234567"


def test_a_changed_body_is_refused_by_its_checksum(files: TestClient) -> None:
    """Content-MD5 and Repr-Digest are compared before anything is stored."""
    good = base64.b64encode(hashlib.sha256(b"abc").digest()).decode()
    assert put(files, "a/b", b"abc", **{"Repr-Digest": f"sha-256=:{good}:"}).status_code == 200
    refused = put(files, "a/c", b"abd", **{"Repr-Digest": f"sha-256=:{good}:"})
    assert refused.status_code == 422
    assert get(files, "a/c").status_code == 404


def test_a_listing_goes_on_where_the_page_before_ended(files: TestClient) -> None:
    """Pages are sorted by key; prefixes may end within a name."""
    for name in ("b", "a", "c", "ab"):
        put(files, f"p/{name}", b"x")
    first = files.get("/s3/objects", params={"prefix": "p/", "limit": 3}).json()
    assert [one["Key"] for one in first["objects"]] == ["p/a", "p/ab", "p/b"]
    rest = files.get("/s3/objects", params={"prefix": "p/", "after": first["next"]}).json()
    assert ([one["Key"] for one in rest["objects"]], rest["next"]) == (["p/c"], None)
    begun = files.get("/s3/objects", params={"prefix": "p/a"}).json()
    assert begun["count"] == 2


@pytest.mark.parametrize(
    "key",
    [
        "../../etc/passwd",
        "%2e%2e%2f",
        "a/..%5c",
        "a\0b",
        "/abs",
        "C:\\x",
        "．．/x",
        "CON",
        "a ",
        "x" * 1025,
    ],
)
def test_a_key_that_leads_out_of_the_store_is_refused(app_of, module_warehouse, key) -> None:
    """No such key reaches the store, whatever is asked of it."""
    with TestClient(app_of(module_warehouse), headers=WRITE) as client:
        assert put(client, key, b"x").status_code == 400
        assert get(client, key).status_code == 400


def test_the_machines_own_objects_are_not_written(app_of, module_warehouse) -> None:
    """What the ledger names by content, and the folders of running processes, are closed."""
    with TestClient(app_of(module_warehouse), headers=WRITE) as client:
        assert put(client, "lake/raw/x", b"x").status_code == 422
        assert get(client, "db/logins").status_code == 422


def test_logs_and_backups_are_nobodys_over_http(app_of, module_warehouse, folder_lake, tmp_path):
    """They are neither listed nor read, for they hold what is for who runs the machine."""
    for key in ("logs/etl.log", "backup/all.dump", "export/mine.csv"):
        folder_lake.replace(key, b"x")
    app = app_of(module_warehouse, objects=objects_in(folder_lake, tmp_path))
    with TestClient(app, headers=READ) as client:
        listed = client.get("/s3/objects").json()["objects"]
        assert [one["Key"] for one in listed] == ["export/mine.csv"]
        assert get(client, "logs/etl.log").status_code == 404


def test_whoever_may_read_may_not_write(app_of: Callable[..., FastAPI], module_warehouse) -> None:
    """Reading and writing are two rights; without a token there is neither."""
    with TestClient(app_of(module_warehouse)) as client:
        assert get(client, "a", **READ).status_code == 404
        assert put(client, "a", b"x", **READ).status_code == 403
        assert put(client, "a", b"x").status_code == 401


def test_a_broken_form_is_refused_where_it_breaks(app_of, module_warehouse) -> None:
    """No boundary, no file, two files, a cut end: 422 with the reason."""
    with TestClient(app_of(module_warehouse), headers=WRITE) as client:
        for kind, body in (
            ("multipart/form-data", b""),
            ("multipart/form-data; boundary=x", b"--x--\r\n"),
            ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="'),
        ):
            refused = put(client, "a/b", body, **{"Content-Type": kind})
            assert refused.status_code == 422, body


def test_each_write_is_in_the_audit(app_of, warehouse: Database) -> None:
    """Who wrote what, with the id of the request."""
    with TestClient(app_of(warehouse), headers=WRITE) as client:
        put(client, "a/b", b"abc", **{"X-Request-Id": "r-1"})
        client.delete("/s3/delete", params={"key": "a/b"})
    with warehouse.connect() as connection:
        rows = ls(connection, most=9)
    assert [(row.action, row.subject, row.login) for row in rows] == [
        ("delete", "a/b", "wes"),
        ("upload", "a/b", "wes"),
    ]
    assert (rows[1].request_id, rows[1].detail) == ("r-1", {"bytes": 3})
