"""Prepared, waited for, fetched in parts: whatever happens on the way, a day is the same day."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from gradeline.base.errors import SourceRefused, SourceUnavailable, WrongAnswer
from gradeline.sandbox import mix, named
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin

from .conftest import NOW, SPEED, days

ONE_DAY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from gradeline.sources.appmetrica.source import AppMetricaAccount, open_appmetrica
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest
url, home, token, app, speed = sys.argv[1:]
account = AppMetricaAccount(token=token, application_id=app, sandbox=url, speed=float(speed))
source = open_appmetrica(account, Path(home) / "one", read_mappings())
day = dict(since=datetime(2024, 1, 12, tzinfo=UTC), until=datetime(2024, 1, 13, tzinfo=UTC))
plan = source.plan(PlanRequest(now=datetime(2024, 3, 1, tzinfo=UTC), **day))
plan.fetch(plan.slices[0], Path(home))
"""


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))]
)
def test_faults_change_nothing(desk, clean_days, seed):
    """Three days under a mix of all faults are the three days of a run without any."""
    desk.sandbox.switch(mix(seed))
    source = desk.source()
    found = {each.slice.window: desk.read(source, each) for each in days(source, 11, 13)}
    assert {name: read.facts for name, read in found.items()} == {
        name: read.facts for name, read in clean_days.items()
    }


@pytest.mark.parametrize(
    "fault", ["rows-number", "shards", "enough", "file-gone", "too-many-date", "login-page", "cut"]
)
def test_each_fault_alone_changes_nothing(desk, clean_days, fault):
    """A day whose every answer suffers once or twice is whole in the end."""
    desk.sandbox.switch(named(fault, seed=7))
    source = desk.source()
    (planned,) = days(source, 12, 12)
    assert desk.read(source, planned).facts == clean_days["2024-01-12"].facts


def test_a_great_day_comes_in_parts(desk, clean_days):
    """`Try to use more parts.` doubles them until they are taken."""
    assert clean_days["2024-01-12"].parts == 2
    assert clean_days["2024-01-11"].parts == 1


def test_json_says_the_same_as_csv(desk, clean_days):
    """The other format gives the same facts."""
    source = desk.source(form="json")
    (planned,) = days(source, 12, 12)
    assert desk.read(source, planned).facts == clean_days["2024-01-12"].facts


@pytest.mark.slow
def test_no_more_than_three_stand_in_the_queue(desk):
    """Two runs of one home that ask for eight days at once never hear that the queue is full."""
    sources = [desk.source(), desk.source()]
    work = [(sources[n % 2], each) for n, each in enumerate(days(sources[0], 8, 15))]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda pair: desk.read(*pair), work))
    assert 429 not in desk.statuses()


def test_who_stands_behind_others_waits(desk, clean_days):
    """A home that does not know of the three in the queue hears 429, and gets its day later."""
    sources = [desk.source(f"home {n}") for n in range(4)]
    work = [(source, days(source, 12, 12)[0]) for source in sources[:1]]
    work += [(source, days(source, 8 + n, 8 + n)[0]) for n, source in enumerate(sources[1:])]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda pair: desk.read(*pair), work))
    assert found[0].facts == clean_days["2024-01-12"].facts


def test_after_a_kill_nothing_is_prepared_twice(desk, clean_days):
    """A process killed while it waits; the next one goes on waiting for the same file."""
    settings = desk.twin.settings
    told = [desk.sandbox.url, str(desk.home), settings["APPMETRICA_TOKEN"]]
    told += [settings["APPMETRICA_APPLICATION_ID"], str(SPEED)]
    child = subprocess.Popen([sys.executable, "-c", ONE_DAY, *told])
    while 202 not in desk.statuses():
        time.sleep(0.01)
    time.sleep(0.1)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    source = desk.source()
    (planned,) = days(source, 12, 12)
    assert desk.read(source, planned).facts == clean_days["2024-01-12"].facts
    assert desk.twin.prepared == 1


def test_a_day_lost_before_it_was_safe_is_there_still(desk):
    """Fetched again at once, a day is not prepared again: AppMetrica keeps it for a day."""
    source = desk.source()
    (planned,) = days(source, 11, 11)
    assert desk.read(source, planned).facts == desk.read(source, planned).facts
    assert desk.twin.prepared == 1


def test_another_day_takes_the_place_of_a_dead_one_only_when_it_is_done(desk):
    """What a dead run left in the queue is waited for before three more are asked for."""
    dead = desk.source()
    with ThreadPoolExecutor(3) as threads:
        tries = [threads.submit(desk.read, dead, each) for each in days(dead, 5, 7)]
        desk.heard(202, times=3)
        dead.stop()
    assert {type(one.exception()) for one in tries} <= {SourceUnavailable, type(None)}
    source = desk.source()
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda each: desk.read(source, each), days(source, 8, 10)))
    assert 429 not in desk.statuses()


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_run_stopped_at_any_step_leaves_no_fourth_in_the_queue(desk, after):
    """Stopped before it asks, between two of its questions, or with all asked: three at most."""
    dead = desk.source()
    with ThreadPoolExecutor(4) as threads:
        tries = [threads.submit(desk.read, dead, each) for each in days(dead, 4, 7)]
        desk.heard(202, times=after)
        dead.stop()
    assert {type(one.exception()) for one in tries} <= {SourceUnavailable, type(None)}
    source = desk.source()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda each: desk.read(source, each), days(source, 5, 9)))
    assert 429 not in desk.statuses()


@pytest.mark.slow
def test_the_same_day_asked_in_another_form_waits_too(desk, clean_days):
    """A dead run's CSV is seen off where the next run wants JSON of the same day."""
    dead = desk.source()
    with ThreadPoolExecutor(3) as threads:
        tries = [threads.submit(desk.read, dead, each) for each in days(dead, 11, 13)]
        desk.heard(202, times=3)
        dead.stop()
    assert {type(one.exception()) for one in tries} <= {SourceUnavailable, type(None)}
    source = desk.source(form="json")
    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda each: desk.read(source, each), days(source, 11, 13)))
    assert [read.facts for read in found] == [read.facts for read in clean_days.values()]
    assert 429 not in desk.statuses()


def test_a_day_too_great_for_its_parts_is_asked_for_by_its_hours(open_desk, clean_days):
    """Its facts are the same; asked again, it is by hours at once."""
    for desk in open_desk(speed=200.0, most_rows=40):
        source = desk.source(most_parts=2)
        (planned,) = days(source, 11, 11)
        read = desk.read(source, planned)
        assert read.facts == clean_days["2024-01-11"].facts
        assert read.parts > 24
        refused = desk.statuses().count(400)
        assert desk.read(source, planned).facts == read.facts
        assert desk.statuses().count(400) == refused
        assert 429 not in desk.statuses()


def test_an_hour_that_no_parts_make_small_enough_is_said(open_desk):
    """The day fails and names the hour; nothing of it is loaded."""
    for desk in open_desk(speed=200.0, most_rows=0):
        source = desk.source()
        (planned,) = days(source, 11, 11)
        with pytest.raises(WrongAnswer, match="2024-01-11T00 even in 256 parts"):
            desk.read(source, planned)


def test_a_request_that_arrives_late_begins_nothing(open_desk):
    """The first request of a day, given up and long on its way, finds the file that was made."""
    for desk in open_desk(twin=Remembering):
        source = desk.source()
        desk.read(source, days(source, 11, 11)[0])
        late = desk.twin.respond(replace(desk.twin.heard[0], at=time.monotonic()))
        assert (late.status, desk.twin.prepared) == (200, 1)


class Remembering(AppMetricaTwin):
    """A twin that keeps what it was asked."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.heard = []

    def respond(self, request):
        """As any twin does."""
        self.heard.append(request)
        return super().respond(request)


def test_an_open_day_is_prepared_anew_for_each_run(desk):
    """What a day has more of an hour later is there when it is asked for an hour later."""
    source = desk.source()
    for hour in (5, 6):
        (planned,) = days(source, 11, 11, at=datetime(2024, 1, 12, hour, tzinfo=UTC))
        assert planned.open
        desk.read(source, planned)
    assert desk.twin.prepared == 2


def test_a_finished_day_is_finished(desk):
    """Its fingerprint no longer depends on when it is asked for."""
    source = desk.source()
    assert days(source, 11, 12) == days(source, 11, 12, at=NOW.replace(month=4))


@pytest.mark.parametrize(
    ("changes", "status"), [({"token": "revoked"}, 401), ({"application_id": "77"}, 403)]
)
def test_a_wrong_key_names_the_settings(desk, changes, status):
    """401 and 403 end at once and say what to fix; the token is in no message."""
    source = desk.source(**changes)
    (planned,) = days(source, 11, 11)
    with pytest.raises(SourceRefused, match=rf"{status}.*APPMETRICA_TOKEN") as refused:
        desk.read(source, planned)
    assert "revoked" not in str(refused.value)
    assert desk.statuses() == [status]


def test_a_page_instead_of_data_is_refused(desk):
    """A sign-in page with status 200, for ever, ends in a message and no file."""
    desk.sandbox.switch(named("login-page", always=True))
    source = desk.source()
    (planned,) = days(source, 11, 11)
    with pytest.raises(WrongAnswer, match="web page"):
        desk.read(source, planned)
