"""The tables of product events are read as whoever asks likes them, whole or in pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec
import polars as pl
import pytest
from starlette.testclient import TestClient

from gradeline.entrypoints.web.front import guarded
from gradeline.entrypoints.web.growing_file import GrowingFile
from gradeline.records.product_tables import PRODUCT_TABLES
from gradeline.warehouse import Database, audit

from .conftest import as_

UUID = "00000000-0000-0000-0000-00000000000{}"
READER = as_("warehouse-reader")
NASTY = 'a "quote", a \\ backslash\\n\nand\ta line end\r; é 漢'

EVENTS = """
insert into events_part (uuid, slice_id, position, event_type, event_time, user_id, score, hints)
values
    ('00000000-0000-0000-0000-000000000001', 1, 0, 'open', '2024-02-01 13:00:00+00', null, 0.5, 1),
    ('00000000-0000-0000-0000-000000000002', 1, 1, %s, '2024-02-01 12:00:00.25+00', '', null, 2),
    ('00000000-0000-0000-0000-000000000003', 1, 2, 'close', '2024-02-01 11:00:00+00', 'u', 1, null)
"""
HISTORY = """
insert into changeable_user_properties (ehr_id, changed_at, slice_id, properties) values
    ('p', '2024-02-01', 1, '{"level": 1}'), ('p', '2024-02-02', 2, '{"level": 1}'),
    ('p', '2024-02-03', 2, '{"level": 2}'), ('q', '2024-02-01', 1, '{"level": 1}')
"""


@pytest.fixture(scope="module")
def told(module_warehouse: Database) -> Database:
    """A database with three events and the history of two people."""
    with module_warehouse.connect() as connection:
        connection.execute(EVENTS, (NASTY,))
        connection.execute(HISTORY)
    return module_warehouse


@pytest.fixture
def reader(told: Database, app_of) -> Iterator[TestClient]:
    """A client of the API over that database."""
    app = guarded(app_of(told), {"testserver"})
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers.update(READER)
        yield client


def numbers(rows: list[dict]) -> list[int]:
    """The last digit of each uuid."""
    return [int(row["uuid"][-1]) for row in rows]


def test_a_table_is_read_whole(reader: TestClient) -> None:
    """In the order of its key; instants are of UTC, null stays null, every sign as it was."""
    answer = reader.get("/db/events-part")
    assert (answer.status_code, answer.json()["count"]) == (200, 3)
    first, second, _third = answer.json()["rows"]
    assert (first["event_time"], first["score"]) == ("2024-02-01T13:00:00Z", 0.5)
    assert (first["user_id"], second["user_id"], second["event_type"]) == (None, "", NASTY)
    assert second["event_time"] == "2024-02-01T12:00:00.25Z"
    assert "slice_id" not in first


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"pk": UUID.format(2)}, [2]),
        ({"limit": 2}, [1, 2]),
        ({"sort_dir": "desc"}, [3, 2, 1]),
        ({"sort_by": "event_time"}, [3, 2, 1]),
        ({"sort_by": "score"}, [1, 3, 2]),
        ({"sort_by": "score", "sort_dir": "desc"}, [3, 1, 2]),
        ({"pk": UUID.format(9)}, []),
    ],
)
def test_rows_are_chosen_and_ordered(reader: TestClient, parameters, found) -> None:
    """By key, number and any column; nulls come last in both directions."""
    answer = reader.get("/db/events-part", params=parameters).json()
    assert (numbers(answer["rows"]), answer["count"]) == (found, len(found))


@pytest.mark.parametrize(
    ("table", "parameters"),
    [
        ("events-part", {"sort_by": "event_time; drop table audit"}),
        ("events-part", {"sort_by": "slice_id"}),
        ("tmp-event-properties", {}),
        ("event-properties", {"sort_by": "event_properties"}),
        ("events-part", {"sort_dir": "down"}),
        ("events-part", {"limit": -1}),
        ("events-part", {"limit": 2**63}),
        ("events-part", {"pk": "7"}),
        ("events-part", {"migrated": "true"}),
        ("events-part", {"after": "AAAA"}),
        ("events-part", {"group": "8"}),
    ],
)
def test_what_is_not_a_parameter_is_refused(reader: TestClient, table, parameters) -> None:
    """With the name of the parameter; a table that does not exist is not found."""
    answer = reader.get(f"/db/{table}", params=parameters)
    assert answer.status_code == (422 if parameters else 404)
    assert all(one["where"][-1] in parameters for one in answer.json().get("errors", []))


@pytest.mark.parametrize("sort_by", [None, "score", "event_time", "hints"])
@pytest.mark.parametrize("sort_dir", ["asc", "desc"])
def test_pages_follow_each_other(reader: TestClient, sort_by, sort_dir) -> None:
    """Page by page each row comes once, in the order of the whole; the last page has no next."""
    order = {"sort_dir": sort_dir} | ({"sort_by": sort_by} if sort_by else {})
    whole = reader.get("/db/events-part", params=order).json()["rows"]
    found, after = [], {}
    for _ in range(4):
        page = reader.get("/db/events-part", params={**order, "limit": 1, **after}).json()
        found += page["rows"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert found == whole


def test_a_cursor_of_another_list_is_refused(reader: TestClient) -> None:
    """Of another person, another order, or changed by one bit."""
    cursor = reader.get("/db/events-part", params={"limit": 1}).json()["next"]
    changed = ("B" if cursor[0] == "A" else "A") + cursor[1:]
    asked = [
        ({"after": cursor, "sort_by": "score"}, READER),
        ({"after": changed}, READER),
        ({"after": cursor}, as_("warehouse-writer")),
    ]
    statuses = [reader.get("/db/events-part", params=p, headers=h).status_code for p, h in asked]
    assert statuses == [422, 422, 422]


def test_history_has_a_row_for_each_change(reader: TestClient) -> None:
    """A slice that begins with what was known already changes nothing; pages agree."""
    rows = reader.get("/db/changeable-user-properties").json()["rows"]
    assert [
        (row["ehr_id"], row["changed_at"][:10], row["properties"]["level"]) for row in rows
    ] == [
        ("p", "2024-02-01", 1),
        ("p", "2024-02-03", 2),
        ("q", "2024-02-01", 1),
    ]
    first = reader.get("/db/changeable-user-properties", params={"limit": 1}).json()
    rest = reader.get("/db/changeable-user-properties", params={"after": first["next"]}).json()
    assert first["rows"] + rest["rows"] == rows
    assert reader.get("/db/changeable-user-properties", params={"pk": "q"}).json()["count"] == 1


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "application/vnd.apache.parquet"])
def test_every_form_has_the_same_rows(reader: TestClient, media_type) -> None:
    """As the header Accept asks for them."""
    whole = reader.get("/db/events-part").json()["rows"]
    answer = reader.get("/db/events-part", headers={"Accept": media_type})
    assert answer.headers["content-type"] == media_type
    if "ndjson" in media_type:
        assert msgspec.json.Decoder().decode_lines(answer.content) == whole
        return
    frame = pl.read_parquet(io.BytesIO(answer.content))
    assert frame["event_type"].to_list() == [row["event_type"] for row in whole]
    assert frame["user_id"].to_list() == [None, "", "u"]
    assert frame.schema["event_time"] == pl.Datetime("us", "UTC")


def test_csv_tells_null_from_an_empty_text(reader: TestClient) -> None:
    """Null is empty, an empty text is in quotes; the audit counts rows, not lines."""
    answer = reader.get("/db/events-part", headers={"Accept": "text/csv;q=0.9, image/png"})
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["event_type"] for row in rows] == ["open", NASTY, "close"]
    assert b',"",' in answer.content
    assert reader.get("/db/events-part", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("table", PRODUCT_TABLES.values(), ids=lambda table: table.name)
def test_who_may_not_read_the_warehouse_reads_no_table(reader: TestClient, table) -> None:
    """A reader of the school is not one of the warehouse; nobody is nobody."""
    url = f"/db/{table.route}"
    statuses = [
        reader.get(url, headers=headers).status_code
        for headers in (as_("reader"), as_("guest"), as_("nonsense"), as_("admin"))
    ]
    assert statuses == [403, 403, 401, 200]


def test_reading_whole_is_in_the_audit(told: Database, reader: TestClient) -> None:
    """Who, which table, how many rows; one row by its key is not noted."""
    with told.connect() as connection:
        before = len(audit.ls(connection, most=1000))
    answer = reader.get("/db/events-part", headers={"Accept": "text/csv"})
    reader.get("/db/events-part", params={"pk": UUID.format(1)})
    with told.connect() as connection:
        found = audit.ls(connection, most=1000)
    newest = found[0]
    assert len(found) == before + 1
    assert (newest.login, newest.action, newest.subject, newest.rows) == (
        "ira",
        "read",
        "events_part",
        3,
    )
    assert newest.request_id == answer.headers["x-request-id"]


def test_an_answer_that_breaks_off_is_an_error(tmp_path) -> None:
    """Whoever reads meets what writing ended with, behind the bytes that came before."""
    file = GrowingFile(tmp_path)
    file.write(b"half")
    file.end(OSError("the server is gone"))
    pieces = file.read()
    assert next(pieces) == b"half"
    with pytest.raises(OSError, match="gone"):
        next(pieces)
    assert list(tmp_path.iterdir()) == []
