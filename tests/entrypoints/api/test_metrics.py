"""What monitoring reads, and who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient
from tests.entrypoints.api.conftest import as_

from gradeline.entrypoints.api.app import api
from gradeline.entrypoints.api.parts import Metrics
from gradeline.entrypoints.web.front import guarded
from gradeline.warehouse import Database
from gradeline.warehouse.operation import JobEnd, note_job_end

TOKEN = "a-token-of-monitoring"
#: Names that monitoring of the older service asks for.
KNOWN = {
    "reporting_worker_ticks_total",
    "reporting_worker_errors_total",
    "reporting_worker_tick_seconds",
    'analytics_worker_ticks_total{status="error"}',
    'export_worker_ticks_total{status="error"}',
}


@pytest.fixture
def scrape(warehouse: Database, app_of: Callable[..., FastAPI]) -> Iterator[TestClient]:
    """A client of an API whose monitoring has a token."""
    parts = replace(app_of(warehouse).state.parts, metrics=Metrics(token=TOKEN))
    app = guarded(api(parts), {"testserver"}, measures=parts.metrics.measures)
    with TestClient(app, headers=as_(TOKEN)) as client:
        yield client


def values(client: TestClient) -> dict[str, float]:
    """Return the series of a scrape, by name and labels as Prometheus writes them."""
    found = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            labels = ",".join(f'{key}="{value}"' for key, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_every_known_name_is_there_from_the_start(scrape) -> None:
    """At 0, so that a first error is an increase."""
    assert values(scrape).keys() >= KNOWN
    assert values(scrape)["gradeline_database_up"] == 1


def test_requests_are_counted_by_route_and_never_by_path(scrape) -> None:
    """Whatever is asked for, the labels are those of our routes."""
    scrape.get("/healthz")
    scrape.get("/secret/names/of/learners")
    scrape.request("BREW", "/healthz")
    found = values(scrape)
    assert found['http_requests_total{method="GET",route="/healthz",status="200"}'] == 1
    assert found['http_requests_total{method="GET",route="none",status="404"}'] == 1
    assert found['http_request_duration_seconds_count{method="GET",route="/healthz"}'] == 1
    assert not any("secret" in name or "BREW" in name for name in found)


def test_what_workers_did_is_read_from_their_tables(warehouse: Database, scrape) -> None:
    """Workers are processes of their own; counts stay when they and the API start again."""
    with warehouse.connect() as connection:
        for good, seconds in ((True, 2.0), (False, 91.5)):
            end = JobEnd(job="refresh", good=good, seconds=seconds, ended_at=datetime.now(UTC))
            note_job_end(connection, end)
    found = values(scrape)
    assert found["reporting_worker_ticks_total"] == 2
    assert found["reporting_worker_errors_total"] == 1
    assert found['analytics_worker_ticks_total{status="error"}'] == 1
    assert found["reporting_worker_tick_seconds"] == 91.5


def test_a_database_that_is_away_is_a_metric(warehouse: Database, app_of) -> None:
    """The figures of the process are there all the same."""
    parts = app_of(warehouse).state.parts
    away = replace(parts, database=warehouse.sibling("away"), metrics=Metrics(token=TOKEN))
    with TestClient(api(away), headers=as_(TOKEN)) as client:
        assert values(client)["gradeline_database_up"] == 0


@pytest.mark.parametrize(
    ("token", "status"), [("", 401), ("another", 401), ("reader", 403), ("admin", 200)]
)
def test_whoever_does_not_operate_reads_no_metrics(scrape, token, status) -> None:
    """Without a token nobody does, unless the service is for this machine alone."""
    headers = as_(token) if token else {"Authorization": ""}
    assert scrape.get("/metrics", headers=headers).status_code == status
