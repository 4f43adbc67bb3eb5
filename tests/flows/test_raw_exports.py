"""Raw exports are slices like any other: loaded later, and without whoever was forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from tests.metrics.facts_in_lake import parts_in

from gradeline.base.clock import now
from gradeline.flows.collect.collect import collect_from_lake
from gradeline.flows.learners.forget import forget
from gradeline.flows.raw_exports import Span, export_records
from gradeline.metrics import Terms
from gradeline.records.raw_exports import AppMetricaSpan
from gradeline.sandbox import Pace
from gradeline.sandbox.amplitude.twin import KEYS, AmplitudeTwin
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.settings import read_settings
from gradeline.sources.appmetrica.for_people import open_for_people
from gradeline.warehouse.slices import ledger
from gradeline.wiring.product_events import appmetrica_account, wire_amplitude

PACE = Pace(speed=200)
MORNING = datetime(2024, 3, 14, 8, tzinfo=UTC)
WEB = Span(stream="events@web", since=MORNING, until=MORNING + timedelta(hours=3))
DAY = datetime(2024, 1, 11, tzinfo=UTC)
APP = AppMetricaSpan(
    since=DAY,
    until=DAY + timedelta(hours=12),
    form="csv",
    dimension="default",
    skip_unavailable=False,
    bom=False,
)


@pytest.fixture
def systems(warehouse, tmp_path):
    """A sandbox, a Gradeline with nothing in it, and settings that lead to both."""
    school = read_school()
    with running([AmplitudeTwin(school, PACE), AppMetricaTwin(school, PACE)], pace=PACE) as box:
        settings = read_settings(
            home=tmp_path / "home",
            overrides={
                **KEYS,
                **AppMetricaTwin.settings,
                "SANDBOX_URL": box.url,
                "SANDBOX_SPEED": "200",
            },
        )
        yield box, parts_in(tmp_path, warehouse), settings


def lines_of(source, span, parts) -> list[bytes]:
    """The lines of an export."""
    return b"".join(export_records(source, span, parts)).splitlines()


def test_the_next_run_loads_what_was_exported(systems) -> None:
    """Every record, without a request; then an export gives the same again."""
    box, parts, settings = systems
    (source,) = wire_amplitude(settings)
    exported = lines_of(source, WEB, parts)
    box.journal.clear()
    done = collect_from_lake(source, parts, lambda *_: None)
    assert (done.done, done.counts.received) == (3, len(exported))
    assert lines_of(source, WEB, parts) == exported
    assert box.journal.entries() == []


def test_raw_bytes_that_are_no_longer_kept_are_fetched_again(systems) -> None:
    """RAW_RETENTION_DAYS ends the bytes, not what people can ask for."""
    box, parts, settings = systems
    (source,) = wire_amplitude(settings)
    exported = lines_of(source, WEB, parts)
    collect_from_lake(source, parts, lambda *_: None)
    with parts.database.connect() as connection:
        parts.lake.delete(ledger.release_raws(connection, now()))
    box.journal.clear()
    assert lines_of(source, WEB, parts) == exported
    assert box.journal.entries() != []


@contextmanager
def no_progress(_what: str) -> Iterator:
    """Shows nothing."""
    yield lambda _done, _of, _what: None


@pytest.mark.slow
def test_a_forgotten_learner_is_in_no_export(systems) -> None:
    """What was exported before is rewritten, and what is fetched again leaves them out."""
    box, parts, settings = systems
    source = open_for_people(appmetrica_account(settings), settings.gradeline_home / "limits", APP)
    span = Span(stream=source.stream, since=APP.since, until=APP.until)
    before = lines_of(source, span, parts)
    who = next(cell for cell in before[1].decode().split(",") if "@" in cell)
    asked = len(box.journal.entries())
    forget(parts, f"appmetrica:{who}", Terms(as_of=MORNING), no_progress, lambda _words: None)
    after = lines_of(source, span, parts)
    assert [line for line in after if line] == [line for line in before if who.encode() not in line]
    assert len(box.journal.entries()) == asked
