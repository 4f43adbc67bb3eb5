"""User properties are moved by a worker; whoever asked reads what became of it."""

from __future__ import annotations

from starlette.testclient import TestClient
from tests.entrypoints.api.test_post_rows import UUID, post, rows_of

from gradeline.entrypoints.worker.clock import put_transforms
from gradeline.flows.transform import transform
from gradeline.jobs.postgres import PostgresQueue
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.warehouse import Database, audit

from .conftest import as_


def test_a_transform_is_asked_for_done_and_reported(
    client: TestClient, warehouse: Database
) -> None:
    """Posted properties are in their tables then, by the shipped field_mappings.yaml."""
    client.headers.update(as_("warehouse-writer"))
    properties = {"email": "a@b.c", "level": "B1", "other": 1}
    nobody = {"uuid": UUID.format(2), "user_properties": {"level": "A1"}}
    person = {"uuid": UUID.format(1), "ehr_id": "p", "user_properties": properties}
    post(client, "user-properties", person, nobody)
    asked = client.post("/etl/transform/user-properties", params={"source": "posted"})
    assert (asked.status_code, asked.json()["status"]) == (202, "pending")
    place = asked.headers["location"]
    assert client.get(place).json()["status"] == "pending"
    with warehouse.connect(autocommit=True) as connection:
        queue = PostgresQueue()
        assert (put_transforms(connection, queue), put_transforms(connection, queue)) == (1, 0)
        assert audit.ls(connection, most=1)[0].action == "transform"
    transform(warehouse, read_mappings(), asked.json()["report_id"])
    report = client.get(place).json()
    assert (report["status"], report["migrated"], report["left_rows"]) == (
        "done",
        1,
        {"no ehr_id": 1},
    )
    (permanent,) = rows_of(client, "permanent-user-properties")
    assert (permanent["ehr_id"], permanent["properties"]["email"]) == ("p", "a@b.c")
    (changed,) = rows_of(client, "changeable-user-properties")
    assert changed["properties"]["level"] == "B1"
    left = client.get("/db/user-properties", params={"migrated": False}).json()["rows"]
    assert [row["uuid"] for row in left] == [UUID.format(2)]


def test_a_transform_of_another_system_is_refused(client: TestClient) -> None:
    """With the name of the parameter; a report that is none is not found."""
    client.headers.update(as_("warehouse-writer"))
    answer = client.post("/transform/user-properties", params={"source": "moodle"})
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, ["query", "source"])
    assert client.get(f"/transform/reports/{UUID.format(7)}").status_code == 404
