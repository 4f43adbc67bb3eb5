"""Input that is meant to harm gets a clear refusal, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from gradeline.entrypoints.api.app import api
from gradeline.entrypoints.web.front import guarded
from gradeline.warehouse import Database
from gradeline.warehouse.connect.pool import open_pool

from .conftest import as_, parts_over


@pytest.fixture(scope="module")
def client(
    module_warehouse: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """Somebody who may write to the warehouse and its store; there is one group."""
    with module_warehouse.connect() as connection:
        connection.execute("insert into builds (as_of, terms, courses) values (now(), '{}', 1)")
        connection.execute(
            "insert into group_figures (group_id, course_id, name, figures, build_id)"
            " select 'g', 'a/1', 'A', '{}', max(build_id) from builds"
        )
    folder, headers = tmp_path_factory.mktemp("api"), as_("warehouse-writer")
    with open_pool(module_warehouse) as pooled:
        app = guarded(api(parts_over(module_warehouse, pooled, folder)), {"testserver"})
        with TestClient(app, headers=headers, raise_server_exceptions=False) as client:
            yield client


def everything(client: TestClient) -> list[tuple[str, str]]:
    """Each object of the store with its tag."""
    listed = client.get("/s3/objects", params={"limit": 1000}).json()["objects"]
    return [(one["Key"], one["ETag"]) for one in listed]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/stats/exports?limit=10000000"),
        ("GET", "/stats/exports?limit=-1"),
        ("GET", "/stats/exports?limit=1e3"),
        ("GET", "/stats/exports?limit=%D9%A1%D9%A2x"),
        ("GET", "/stats/exports?after=0%20OR%201=1"),
        ("GET", "/stats/exports/87178291201"),
        ("GET", "/stats/groups/%00"),
        ("GET", "/stats/groups/g?level=%00"),
        ("GET", "/stats/users/a%00"),
        ("GET", "/stats/courses/%00/plan"),
        ("GET", "/db/mobile-devices?pk=%00"),
        ("GET", "/db/permanent-user-properties?pk=a%00"),
        ("POST", "/transform/user-properties?source=%00"),
        ("GET", "/stats/groups/a?from=9e18"),
        ("GET", "/transform/reports/87178291201"),
        ("GET", "/transform/reports/%D9%A1"),
        ("GET", "/s3/objects?limit=9223372036854775808"),
        ("GET", "/db/events-part?sort_by=uuid;DROP%20TABLE%20slices--"),
        ("GET", "/db/events-part?sort_by=(select%20pg_sleep(9))"),
        ("GET", "/db/events-part?limit=-1"),
        ("GET", "/db/events-part?pk=7%20OR%201=1"),
        ("GET", "/exports/87178291201/file"),
    ],
)
def test_a_number_or_name_that_is_none_is_the_requests_fault(client, method, path) -> None:
    """Never 500: a problem that says which parameter, or that there is no such thing."""
    answer = client.request(method, path, headers=as_("admin"))
    assert answer.status_code in (404, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"format": "csv", "topic_ids": NaN}',
        b'{"format": "csv", "topic_ids": [1e999]}',
        b'{"format": "csv", "topic_ids": [18446744073709551616]}',
        b'{"format": "csv", "topic_ids": ["\\ud800"]}',
        b'{"format": "csv", "topic_ids": ["\\u0000"]}',
        b'{"format": "csv",}',
        b"\xef\xbb\xbf" + b'{"format": "csv", "x": 1}',
        b"[" * 100_000,
        b'{"format": ' + b'{"a":' * 50_000,
        b'{"format": "csv", "group_id": "8", "role": "admin", "id": 1}',
    ],
)
def test_a_body_that_is_no_request_is_refused(client, body) -> None:
    """With 422, whatever is wrong with its JSON; a field that we do not know is not passed over."""
    path = "/stats/groups/g/export"
    headers = {**as_("admin"), "Content-Type": "application/json"}
    answer = client.post(path, content=body, headers=headers)
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/stats/exports", headers=as_("admin")).json()["exports"] == []


def form(parts: bytes) -> dict[str, object]:
    """A multipart body with these parts."""
    kind = "multipart/form-data; boundary=x"
    return {"content": parts + b"--x--\r\n", "headers": {"Content-Type": kind}}


FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n'
FIELD = b'--x\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n'


@pytest.mark.parametrize(
    "parts",
    [
        FIELD * 10_000 + FILE,
        b"--x\r\n" + b"X: a\r\n" * 100_000 + b"\r\nabc\r\n",
        b"--x\r\nX: " + b"a" * 8_000_000 + b"\r\n\r\nabc\r\n",
        b"a" * 8_000_000 + b"\r\n" + FIELD,
        FILE + FILE,
    ],
)
def test_a_form_that_is_made_to_cost_much_is_refused(client, parts) -> None:
    """Many parts, many or endless headers, a long preamble: nothing of it is stored."""
    before = everything(client)
    answer = client.post("/s3/upload?key=bad/form", **form(parts))
    assert answer.status_code in (400, 413, 422), answer.text
    assert everything(client) == before


def test_who_asks_is_not_what_a_header_says(client) -> None:
    """X-Forwarded-For and X-User-Id from outside sign nobody in and change nobody's name."""
    claims = {"X-Forwarded-For": "127.0.0.1", "X-User-Id": "1", "X-Forwarded-User": "ada"}
    plain = client.get("/s3/objects", headers={**claims, "Authorization": ""})
    assert plain.status_code == 401
    own = client.get("/stats/groups", headers={**claims, **as_("guest")})
    assert own.status_code == 403


@pytest.mark.parametrize("method", ["POST upload", "PUT update", "PATCH patch", "DELETE delete"])
@pytest.mark.parametrize(
    "key",
    [
        "../../etc/passwd",
        "%2e%2e%2f",
        "%252e%252e%252fx",
        "a/..%5c",
        "a\0b",
        "/abs",
        "//a",
        "C:\\x",
        "．．/x",
        "a/．．/x",
        "%c0%ae%c0%ae/x",
        "CON",
        "a ",
        "a.",
        "x" * 1025,
    ],
)
def test_no_verb_takes_a_key_that_leads_out_of_the_store(client, method, key) -> None:
    """400 for each, before anything is looked for."""
    verb, _, route = method.partition(" ")
    before = everything(client)
    answer = client.request(verb, f"/s3/{route}", params={"key": key}, content=b"x")
    assert answer.status_code == 400, answer.text
    assert everything(client) == before


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("key=p/a&offset=10", {}, 409),
        ("key=p/a&offset=-1", {}, 422),
        ("key=p/a&offset=9223372036854775808", {}, 422),
        ("key=p/a&offset=5e0", {}, 422),
        ("key=p/none", {}, 404),
        ("offset=0", {}, 422),
        ("key=p/a", {"If-Match": '"another"'}, 412),
        ("key=p/a", {"Content-MD5": "AAAA"}, 422),
        ("key=p/a", {"Repr-Digest": "sha-256=:AAAA:"}, 422),
        ("key=p/a", {"Content-Encoding": "gzip"}, 415),
    ],
)
def test_a_patch_that_does_not_fit_changes_nothing(client, query, headers, status) -> None:
    """A gap says the true size; what is wrong is named."""
    client.post("/s3/upload?key=p/a", content=b"12345")
    before = everything(client)
    answer = client.patch(f"/s3/patch?{query}", content=b"x", headers=headers)
    assert answer.status_code == status, answer.text
    assert status != 409 or "5" in answer.json()["detail"]
    assert everything(client) == before


def test_of_two_patches_at_once_no_bytes_are_mixed(client) -> None:
    """Many writers at one place: what stands there afterwards is what one of them sent."""
    client.post("/s3/upload?key=p/b", content=b"." * 100_000)
    sent = [bytes([ord("a") + number]) * 50_000 for number in range(8)]

    def patch(content: bytes) -> int:
        return client.patch("/s3/patch?key=p/b&offset=25000", content=content).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(patch, sent)) == {200}
    found = client.get("/s3/download?key=p/b").content
    assert (found[:25_000], found[75_000:]) == (b"." * 25_000, b"." * 25_000)
    assert found[25_000:75_000] in sent


def test_what_is_deleted_or_never_was_is_not_found(client) -> None:
    """Again, and of a key that nobody has: the same answer."""
    client.post("/s3/upload?key=d/a", content=b"x")
    statuses = [client.delete(f"/s3/delete?key={key}").status_code for key in ("d/a", "d/a", "d/b")]
    assert statuses == [204, 404, 404]


@pytest.mark.parametrize(
    ("key", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("report.xlsx", b"MZ\x90\x00"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ],
)
def test_no_browser_runs_what_somebody_stored(client, key, content) -> None:
    """It is given as a file to save, of no kind, and never framed."""
    assert client.post("/s3/upload", params={"key": key}, content=content).status_code == 200
    answer = client.get("/s3/download", params={"key": key})
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="{key}"; ')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
