"""Hours are asked for together, split where they are too many, and never twice."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from gradeline.base.errors import NotReady, SourceRefused, WrongAnswer
from gradeline.sandbox import Pace, named
from gradeline.sandbox.amplitude.twin import NOT_FOUND, AmplitudeTwin
from gradeline.sandbox.exchange import TEXT, Response
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.amplitude.source import open_amplitude
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import PlanRequest

from .conftest import account, export, line

DAY = datetime(2024, 3, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Says:
    """A twin that answers every question alike, and notes the questions."""

    name = "amplitude"
    faults: ClassVar = {}
    settings: ClassVar = {}

    def __init__(self, answer):
        self._answer = answer
        self.asked = []

    def respond(self, request):
        """The same again."""
        self.asked.append((request.param("start"), request.param("end")))
        return self._answer


def fetched(source, tmp_path, since=DAY, until=DAY + 24 * HOUR, now=None):
    """The raw windows that fetching every hour of a span gives, by hour."""
    given = {}
    plan = source.plan(PlanRequest(since=since, until=until, now=now))
    for planned in plan.slices:
        folder = tmp_path / planned.slice.window
        folder.mkdir()
        given[planned.slice.window] = [raw.window for raw in plan.fetch(planned, folder)]
    return given


def spans(sandbox, twin="amplitude"):
    """Which windows were asked for, in order, by the status of the answer."""
    return [entry.status for entry in sandbox.journal.entries() if entry.twin == twin]


def test_a_day_comes_in_as_few_answers_as_amplitude_gives(amplitude, sandbox, tmp_path):
    """24 hours are too many (400), 12 take too long on a busy day (504), 6 are given."""
    windows = fetched(amplitude, tmp_path)
    assert windows["2024-03-15T07"] == ["2024-03-15T06--2024-03-15T11"]
    assert spans(sandbox) == [400, 504, 200, 200, 200, 200]


def test_a_split_is_remembered(sandbox, tmp_path):
    """The next run, in another process, begins with as many hours as came before."""
    for turn in ("first", "second"):
        (tmp_path / turn).mkdir()
        source = open_amplitude(account(sandbox.url), read_mappings(), tmp_path / "limits")
        fetched(source, tmp_path / turn)
    assert spans(sandbox) == [400, 504, 200, 200, 200, 200, 200, 200, 200, 200]


def test_it_goes_on_at_the_hour_where_it_died(amplitude, sandbox, tmp_path):
    """What is asked for begins at the first hour that is still missing."""
    plan = amplitude.plan(PlanRequest(since=DAY, until=DAY + 24 * HOUR))
    (raw,) = plan.fetch(plan.slices[20], tmp_path)
    assert raw.window == "2024-03-15T20--2024-03-15T23"


def test_each_hour_holds_its_own_events(amplitude, tmp_path):
    """All hours of an answer together are all its events, no two of one uuid but strays."""
    plan = amplitude.plan(PlanRequest(since=DAY + 9 * HOUR, until=DAY + 15 * HOUR))
    readings = []
    for each in plan.slices:
        folder = tmp_path / each.slice.window
        folder.mkdir()
        paths = [raw.path for raw in plan.fetch(each, folder)]
        readings.append(amplitude.read(each, paths, folder / "facts.parquet"))
    assert all(reading.counts.stored > 20 for reading in readings)
    for each, reading in zip(plan.slices, readings, strict=True):
        assert reading.counts.add_up
        assert reading.latest < each.ends_at


def test_an_hour_that_may_still_change_is_not_ready(sandbox, tmp_path):
    """Nothing yet and nothing at all are told apart by two hours after the hour's end."""
    twin = Says(Response(status=404, content_type=TEXT, body=NOT_FOUND))
    with running([twin], pace=Pace(speed=50)) as box:
        source = open_amplitude(account(box.url), read_mappings(), tmp_path / "limits")
        late = {"now": DAY + 2.5 * HOUR, "since": DAY, "until": DAY + HOUR}
        with pytest.raises(NotReady):
            fetched(source, tmp_path, **late)
        late["now"] = DAY + 3.5 * HOUR
        (tmp_path / "later").mkdir()
        assert fetched(source, tmp_path / "later", **late) == {"2024-03-15T00": []}


def test_hours_are_planned_again_until_they_are_final(source):
    """Until two hours after its end an hour is open, and each run has another fingerprint for it."""

    def plan(now):
        asked = PlanRequest(since=DAY, until=DAY + HOUR, now=now)
        return [(each.open, each.fingerprint) for each in source.plan(asked).slices]

    (first,), (second,) = plan(DAY + HOUR * 1.2), plan(DAY + HOUR * 2.9)
    (third,), (fourth,) = plan(DAY + HOUR * 3), plan(DAY + HOUR * 300)
    assert (first[0], second[0], third[0]) == (True, True, False)
    assert first[1] != second[1] != third[1] == fourth[1]


@pytest.mark.parametrize(
    ("answer", "error", "names"),
    [
        (
            Response(status=403, content_type=TEXT, body=b"Invalid API Key"),
            SourceRefused,
            "_SECRET",
        ),
        (Response(status=401, content_type=TEXT, body=b"no"), SourceRefused, "AMPLITUDE_REGION"),
        (Response(status=404, content_type=TEXT, body=b"Not Found"), WrongAnswer, "SANDBOX_URL"),
        (
            Response(status=200, content_type="text/html", body=b"<html>"),
            WrongAnswer,
            "SANDBOX_URL",
        ),
        (Response(status=200, body=b'{"error": 1}'), WrongAnswer, "SANDBOX_URL"),
        (Response(status=400, content_type=TEXT, body=b"too large"), WrongAnswer, "S3"),
    ],
)
def test_what_is_no_export_names_what_to_mend(answer, error, names, tmp_path):
    """A wrong key, region or address, a web page, an error object: each says what to do."""
    with running([Says(answer)], pace=Pace(speed=1000)) as box:
        one = account(box.url)
        source = open_amplitude(one, read_mappings(), tmp_path / "limits")
        with pytest.raises(error) as failure:
            fetched(source, tmp_path, until=DAY + HOUR)
    assert names in str(failure.value)
    assert not any(key in str(failure.value) for key in ("sandbox-web-key", "web-secret"))


def test_an_unsafe_archive_is_fetched_once(tmp_path):
    """Asking again would bring it again: it is kept as it came, and reading refuses it."""
    twin = Says(Response(content_type="application/zip", body=export(line()) * 2))
    with running([twin], pace=Pace(speed=1000)) as box:
        source = open_amplitude(account(box.url), read_mappings(), tmp_path / "limits")
        windows = fetched(source, tmp_path, until=DAY + HOUR)
    assert (len(twin.asked), list(windows.values())) == (1, [["2024-03-15T00"]])


@pytest.mark.parametrize("fault", ["zip-cut", "gzip-in-zip", "cut", "error-504", "login-page"])
def test_a_spoilt_answer_is_asked_for_again(fault, tmp_path):
    """Whatever faults a response has, the file in the end is complete."""
    pace = Pace(speed=100)
    with running([AmplitudeTwin(read_school(), pace)], pace=pace, faults=named(fault)) as box:
        source = open_amplitude(account(box.url), read_mappings(), tmp_path / "limits")
        plan = source.plan(PlanRequest(since=DAY + 9 * HOUR, until=DAY + 11 * HOUR))
        (raw,) = plan.fetch(plan.slices[0], tmp_path)
        assert (
            source.read(plan.slices[0], [raw.path], tmp_path / "facts.parquet").counts.stored > 20
        )


def test_a_later_plan_changes_nothing_for_an_earlier_one(amplitude, tmp_path):
    """Whoever plans meanwhile, as doctor does, the hours of a plan still come together."""
    plan = amplitude.plan(PlanRequest(since=DAY + 9 * HOUR, until=DAY + 12 * HOUR))
    amplitude.plan(PlanRequest(since=DAY, until=DAY + HOUR))
    (raw,) = plan.fetch(plan.slices[0], tmp_path)
    assert raw.window == f"{DAY:%Y-%m-%d}T09--{DAY:%Y-%m-%d}T11"
