"""Rows that are posted: all of them or none, each with its id, and a slice like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from gradeline.base.clock import now
from gradeline.entrypoints.web.front import guarded
from gradeline.records.product_tables import PRODUCT_TABLES
from gradeline.warehouse import Database, audit
from gradeline.warehouse.slices import ledger

from .conftest import as_

WRITER = as_("warehouse-writer")
UUID = "00000000-0000-0000-0000-{:012}"
#: Table → a row with what it must have, and all that it may have.
ROWS = {
    "events-part": {
        "uuid": UUID.format(1),
        "event_type": "open",
        "event_time": "2024-02-01T13:00:00Z",
    },
    "mobile-devices": {"device_id": "d", "seen_at": "2024-02-01T13:00:00+03:00"},
    "permanent-user-properties": {"ehr_id": "p", "properties": {"email": "a@b.c"}},
    "changeable-user-properties": {"ehr_id": "p", "properties": {"level": 1}},
    "technical-data": {"uuid": UUID.format(1), "data": {"a": [1, 2.5, None]}, "paying": True},
    "event-properties": {"uuid": UUID.format(1), "event_properties": {"Ключ": "é"}},
    "user-properties": {"uuid": UUID.format(1), "user_properties": {"level": 1}},
    "user-locations": {"uuid": UUID.format(1), "location_lat": 55, "city": "Москва"},
}


@pytest.fixture
def writer(client: TestClient) -> TestClient:
    """A client that may write to an empty database."""
    client.headers.update(WRITER)
    return client


@pytest.fixture
def kept_writer(module_warehouse: Database, app_of) -> Iterator[TestClient]:
    """A client whose bad requests leave the database of this file as it is."""
    app = guarded(app_of(module_warehouse), {"testserver"})
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers.update(WRITER)
        yield client


def event(number: int, **more: object) -> dict[str, object]:
    """An event of that number."""
    return {**ROWS["events-part"], "uuid": UUID.format(number), **more}


def post(writer: TestClient, table: str, *rows: dict) -> dict:
    """Post rows; what is answered."""
    answer = writer.post(f"/db/{table}", json={"data": rows})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows_of(writer: TestClient, table: str) -> list[dict]:
    """The rows of a table."""
    return writer.get(f"/db/{table}").json()["rows"]


def test_each_table_takes_rows_and_gives_them_back(writer: TestClient) -> None:
    """With what was sent, and an id for each."""
    for route, row in ROWS.items():
        answer = post(writer, route, row)
        assert (len(answer["inserted_ids"]), answer["count"], answer["batches"]) == (1, 1, 1)
        (found,) = rows_of(writer, route)
        sent = {name: value for name, value in row.items() if "_at" not in name}
        assert {name: found[name] for name in sent} == sent
    (device,) = rows_of(writer, "mobile-devices")
    assert device["seen_at"] == "2024-02-01T10:00:00Z"


def test_ids_come_in_the_order_sent(writer: TestClient) -> None:
    """A row whose key is known, in the table or in the body, has the id that is there."""
    post(writer, "events-part", event(3, platform="web"))
    numbers = [5, 3, 9, 5, 1]
    answer = post(writer, "events-part", *(event(n, platform="ios") for n in numbers))
    assert answer["inserted_ids"] == [UUID.format(number) for number in numbers]
    assert [row["platform"] for row in rows_of(writer, "events-part")] == ["ios"] * 4


def test_the_same_body_again_changes_nothing(writer: TestClient, warehouse: Database) -> None:
    """It is the same slice, and is answered in the same words."""
    first = post(writer, "events-part", event(1), event(2))
    assert post(writer, "events-part", event(1), event(2)) == first
    with warehouse.connect() as connection:
        (entry,) = ledger.read_entries(connection, source="posted")
        notes = audit.ls(connection, most=10, login="wes")
    assert (entry.counts.received, entry.counts.stored) == (2, 2)
    assert [(note.action, note.subject, note.rows) for note in notes] == [
        ("post", "events_part", 2)
    ] * 2


def test_of_history_only_a_change_is_a_new_row(writer: TestClient) -> None:
    """A row that says what was known already has the id of the row that said it first."""
    days = [("2024-02-01", 1), ("2024-02-03", 2), ("2024-02-05", 2)]
    rows = [
        {"ehr_id": "p", "changed_at": f"{day}T00:00:00Z", "properties": {"level": level}}
        for day, level in days
    ]
    first, second, third = post(writer, "changeable-user-properties", *rows)["inserted_ids"]
    assert first != second == third
    assert [row["uuid"] for row in rows_of(writer, "changeable-user-properties")] == [first, second]
    # What is known only later may make a change of what was none.
    between = {**rows[0], "changed_at": "2024-02-04T00:00:00Z"}
    post(writer, "changeable-user-properties", between)
    levels = [r["properties"]["level"] for r in rows_of(writer, "changeable-user-properties")]
    assert levels == [1, 2, 1, 2]


def test_the_latest_instant_is_believed_of_a_person(writer: TestClient) -> None:
    """In whatever order rows are posted."""
    for day, email in ((5, "new"), (3, "old")):
        row = {"ehr_id": "p", "known_at": f"2024-02-0{day}T00:00:00Z", "properties": {"e": email}}
        assert post(writer, "permanent-user-properties", row)["inserted_ids"] == ["p"]
    (found,) = rows_of(writer, "permanent-user-properties")
    assert found["properties"] == {"e": "new"}


def test_rows_come_as_lines_too(writer: TestClient) -> None:
    """NDJSON, with or without a line end at its end, empty lines ignored."""
    body = "\n\n".join(json.dumps(event(number)) for number in range(3))
    headers = {"Content-Type": "application/x-ndjson"}
    answer = writer.post("/db/events-part", content=body, headers=headers).json()
    assert answer["inserted_ids"] == [UUID.format(number) for number in range(3)]


@pytest.mark.parametrize("spread", [{}, {"indent": 2}, {"separators": (",", ":")}])
def test_a_body_of_many_pieces_is_read_whole(writer: TestClient, spread, monkeypatch) -> None:
    """Objects within rows, and brackets within texts, are no ends of rows."""
    monkeypatch.setattr("gradeline.sources.posted.body._PIECE", 300)
    rows = [
        {"uuid": UUID.format(n), "event_properties": {"a": [{"b": '"},{'}, {"c": n}]}}
        for n in range(30)
    ]
    body = json.dumps({"data": rows}, **spread)
    headers = {"Content-Type": "application/json"}
    answer = writer.post("/db/event-properties", content=body, headers=headers).json()
    assert answer["inserted_ids"] == [UUID.format(n) for n in range(30)]
    assert answer["batches"] > 5
    found = rows_of(writer, "event-properties")
    assert [row["event_properties"] for row in found] == [row["event_properties"] for row in rows]


EVENT = json.dumps(ROWS["events-part"])[:-1]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (EVENT + ', "event_time": "01.02.2024"}', None),
        (EVENT + ', "server_upload_time": "2024-02-01 13:00:00"}', "server_upload_time"),
        (EVENT + ', "server_upload_time": "2024-02-30T13:00:00Z"}', "server_upload_time"),
        (EVENT + ', "server_upload_time": "2024-02-01"}', "server_upload_time"),
        (EVENT + ', "server_upload_time": 1706792400}', "server_upload_time"),
        (EVENT + ', "app": 1.5}', "app"),
        (EVENT + ', "app": "7"}', "app"),
        (EVENT + ', "app": 18446744073709551616}', "app"),
        (EVENT + ', "score": NaN}', None),
        (EVENT + ', "score": 1e999}', None),
        (EVENT + ', "score": 1.5}', "score"),
        (EVENT + ', "hints": -1}', "hints"),
        (EVENT + ', "correct": 1}', "correct"),
        (EVENT + ', "colour": "red"}', "colour"),
        (EVENT + ', "user_id": "a\\u0000b"}', "user_id"),
        (EVENT + ', "user_id": "\\ud800"}', None),
        (EVENT + ', "uuid": "7"}', None),
        (EVENT + ",}", None),
        ('{"uuid": "7", "event_type": "a", "event_time": "2024-02-01T13:00:00Z"}', "uuid"),
        ('{"event_type": "a", "event_time": "2024-02-01T13:00:00Z"}', "uuid"),
        (EVENT.replace('"open"', '""') + "}", "event_type"),
        (EVENT.replace('"open"', "null") + "}", "event_type"),
        ("[1]", None),
        ("7", None),
        ("[" * 100_000, None),
    ],
    ids=lambda text: text[-40:] if text else None,
)
def test_a_row_that_is_wrong_is_named(kept_writer: TestClient, row: str, field) -> None:
    """By its number and its field; nothing of the body is stored."""
    good = json.dumps(event(9))
    body = f'{{"data": [{good}, {row}, {good}]}}'
    headers = {"Content-Type": "application/json"}
    answer = kept_writer.post("/db/events-part", content=body.encode(), headers=headers)
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    # With brackets that do not close, nobody knows where a row ends.
    assert row.startswith("[[") or error["where"][:3] == ["body", "data", 1]
    assert field is None or error["where"][3:] == [field]
    assert rows_of(kept_writer, "events-part") == []


DEEP = '{"uuid": "%s", "event_properties": %s}'


@pytest.mark.parametrize(
    "value",
    ['"text"', "[1]", '{"a": ' * 70 + "1" + "}" * 70, '{"a": 1e99999}', '{"a": "\\u0000"}'],
    ids=["text", "list", "deep", "huge", "nul"],
)
def test_properties_are_objects_that_can_be_kept(kept_writer: TestClient, value: str) -> None:
    """Not too deep, without NUL and numbers that nobody can store."""
    body = f'{{"data": [{DEEP % (UUID.format(1), value)}]}}'
    headers = {"Content-Type": "application/json"}
    answer = kept_writer.post("/db/event-properties", content=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"][:3] == ["body", "data", 0]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b'{"data": [', {}, 422),
        (b'{"data": []} {}', {}, 422),
        (b'{"rows": []}', {}, 422),
        (b"\xef\xbb\xbf{}", {}, 422),
        ('{"data": []}'.encode("utf-16"), {}, 422),
        (b"", {}, 422),
        (b"a=1", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
        (b"\x1f\x8b", {"Content-Encoding": "gzip"}, 415),
        (b'{"data": []}', as_("warehouse-reader"), 403),
    ],
)
def test_a_body_that_is_none_is_refused(kept_writer: TestClient, body, headers, status) -> None:
    """Cut, in another form, compressed, or of somebody who may only read."""
    headers = {"Content-Type": "application/json", **headers}
    answer = kept_writer.post("/db/events-part", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_rows_are_no_slice(kept_writer: TestClient, module_warehouse: Database) -> None:
    """An empty list is answered with no ids."""
    answer = post(kept_writer, "events-part")
    assert answer == {"inserted_ids": [], "count": 0, "batches": 0}
    with module_warehouse.connect() as connection:
        assert ledger.read_entries(connection, source="posted") == []


def test_history_begins_when_it_was_posted(writer: TestClient) -> None:
    """Where a row does not say when it changed."""
    post(writer, "changeable-user-properties", ROWS["changeable-user-properties"])
    (row,) = rows_of(writer, "changeable-user-properties")
    assert abs(datetime.fromisoformat(row["changed_at"]) - now()).total_seconds() < 300
    assert datetime.fromisoformat(row["changed_at"]).tzinfo == UTC


def test_every_table_has_a_sample() -> None:
    """The rows above name all tables."""
    assert set(ROWS) == {table.route for table in PRODUCT_TABLES.values()}
