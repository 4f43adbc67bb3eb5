"""Schedules: those of settings follow the settings, own ones are a person's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.base.errors import WrongUse
from gradeline.flows.schedules import (
    add_schedule,
    diagnose_schedules,
    pause_schedule,
    remove_schedule,
    resume_schedule,
    sync_schedules,
)
from gradeline.flows.upkeep.diagnose import Verdict
from gradeline.records.schedules import NewSchedule
from gradeline.warehouse import Database, schedules

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
BATCH = NewSchedule(
    name="batch", cron="0 8 * * *", job="run", origin="settings", added_by="settings"
)
OWN = NewSchedule(name="own", cron="30 9 * * 1", job="deliver", added_by="ana")
ZONE = "Europe/Madrid"


@pytest.fixture
def connection(warehouse: Database):
    """A connection with one schedule of settings and one of a person."""
    with warehouse.connect(autocommit=True) as opened:
        sync_schedules(opened, [BATCH], ZONE, NOW)
        add_schedule(opened, OWN, ZONE, NOW)
        yield opened


def due(connection) -> dict[str, str]:
    """Name → when it is due next, in UTC."""
    return {one.name: f"{one.next_at:%d %H:%M}" for one in schedules.ls(connection)}


def test_each_is_due_on_the_schools_clock(connection):
    """Eight in Madrid is seven in UTC in winter."""
    assert due(connection) == {"batch": "02 07:00", "own": "07 08:30"}


def test_what_was_missed_stays_due(connection):
    """Settings that are as before move nothing, so that a worker catches up."""
    sync_schedules(connection, [BATCH], ZONE, NOW + timedelta(days=3))
    assert due(connection)["batch"] == "02 07:00"


def test_another_cron_line_begins_anew(connection):
    """A schedule that a setting changes is due by its new line; a pause stays."""
    pause_schedule(connection, "batch")
    changed = NewSchedule(name="batch", cron="0 9 * * *", job="run", origin="settings", added_by="")
    sync_schedules(connection, [changed], ZONE, NOW)
    assert due(connection)["batch"] == "02 08:00"
    assert schedules.ls(connection)[0].paused_at is not None


def test_another_zone_moves_all(connection):
    """School time is that of the school, for own schedules as well."""
    sync_schedules(connection, [BATCH], "UTC", NOW)
    assert due(connection) == {"batch": "02 08:00", "own": "07 09:30"}


def test_what_settings_no_longer_name_is_gone(connection):
    """Own schedules stay."""
    sync_schedules(connection, [], ZONE, NOW)
    assert list(due(connection)) == ["own"]


def test_a_resumed_schedule_catches_up_nothing(connection):
    """What was due during the pause is over; a schedule that is not paused stays as it is."""
    pause_schedule(connection, "batch")
    resume_schedule(connection, "batch", NOW + timedelta(days=3))
    resume_schedule(connection, "own", NOW + timedelta(days=30))
    assert due(connection) == {"batch": "05 07:00", "own": "07 08:30"}


def test_what_comes_from_settings_is_changed_there(connection):
    """A command neither replaces nor removes it, and names the way."""
    with pytest.raises(WrongUse, match="SCHEDULE_BATCH"):
        add_schedule(
            connection,
            NewSchedule(name="batch", cron="* * * * *", job="run", added_by=""),
            ZONE,
            NOW,
        )
    with pytest.raises(WrongUse, match="schedules pause batch"):
        remove_schedule(connection, "batch")


@pytest.mark.parametrize("what", [pause_schedule, remove_schedule])
def test_a_name_that_nobody_has_is_answered_with_those_there_are(connection, what):
    """The message lists the schedules."""
    with pytest.raises(WrongUse, match=r"No schedule is called x. Known: batch, own"):
        what(connection, "x")


@pytest.mark.parametrize(("cron", "job"), [("0 25 * * *", "run"), ("0 8 * * *", "bake")])
def test_a_wrong_line_or_job_is_refused_when_it_is_added(connection, cron, job):
    """Nothing is stored that no worker could do."""
    wrong = NewSchedule(name="wrong", cron=cron, job=job, added_by="ana")
    with pytest.raises(WrongUse):
        add_schedule(connection, wrong, ZONE, NOW)
    assert "wrong" not in due(connection)


def test_doctor_names_what_is_overdue_and_what_failed(warehouse: Database, connection):
    """A schedule that nobody runs and one whose last run had problems are warnings."""
    schedules.end_run(connection, "batch", NOW, "files:x failed: no such file")
    soon, later = (
        {each.what: each for each in diagnose_schedules(warehouse, NOW + timedelta(days=days))}
        for days in (0, 2)
    )
    assert soon["schedules"].verdict is Verdict.GOOD
    assert "no such file" in soon["schedule batch"].message
    assert later["schedules"].verdict is Verdict.WARN
    assert "Overdue: batch." in later["schedules"].message
