"""The twin of Amplitude: every kind of dirt, archives of every kind, hours that fill up late."""

import gzip
import io
import json
import zipfile
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest

from gradeline.sandbox.amplitude.archive import archive, wrong_sum
from gradeline.sandbox.amplitude.bulk import BulkEvents
from gradeline.sandbox.amplitude.events import NEWER_KEYS, AmplitudeEvents
from gradeline.sandbox.amplitude.twin import KEYS, AmplitudeTwin
from gradeline.sandbox.exchange import Request
from gradeline.sandbox.school.practice import hours

DAY = datetime(2024, 3, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def month(school):
    """All lines of the web project of two weeks, by hour."""
    events = AmplitudeEvents(school)
    return {each: events.lines("web", each) for each in hours(DAY, DAY + timedelta(days=14))}


def records(lines):
    """The lines that are JSON objects."""
    found = []
    for each in lines:
        try:
            record = json.loads(each)
        except ValueError:
            continue
        found.append(record) if isinstance(record, dict) else None
    return found


def test_every_kind_of_dirt_is_there_in_a_small_share(month):
    """Cut lines, twins, strays, bad ids and times, NULs, absent keys: together about one percent."""
    lines = [line for hour in month.values() for line in hour]
    objects = records(lines)
    assert 0 < len(lines) - len(objects) < len(lines) // 50
    assert any(not set(NEWER_KEYS) & set(each) for each in objects)
    assert {-1} < {each["session_id"] for each in objects}
    assert {None} < {each["user_id"] for each in objects}
    uuids = [each["uuid"] for each in objects]
    assert 0 < len(uuids) - len(set(uuids)) < len(uuids) // 50
    told = [(str(each["event_time"])[:10], each["server_upload_time"][:10]) for each in objects]
    assert any(happened < uploaded for happened, uploaded in told)


def test_an_hour_is_of_its_upload(month):
    """Every event of an hour was uploaded in it, but for those repeated from the hour before."""
    strays = 0
    for hour, lines in month.items():
        for each in records(lines):
            at = datetime.fromisoformat(each["server_upload_time"]).replace(tzinfo=UTC)
            strays += not hour <= at < hour + HOUR
            assert hour - HOUR <= at < hour + HOUR
    assert 0 < strays < 150


def test_an_archive_has_members_of_every_kind(month):
    """A folder, stored and deflated members, an empty one, parts, a last line without an end."""
    app_hours = {hour: month[hour] for hour in list(month)[6:24] if month[hour]}
    with zipfile.ZipFile(io.BytesIO(archive(218028, app_hours))) as packed:
        infos = packed.infolist()
        said = {info.filename: packed.read(info) for info in infos[1:]}
    assert infos[0].filename == "218028/"
    assert {info.compress_type for info in infos[1:]} == {0, 8}
    texts = [gzip.decompress(content) for content in said.values()]
    assert b"" in texts
    assert {text[-1:] for text in texts if text} == {b"\n", b"}"}
    assert "218028/218028_2024-03-14_9#0.json.gz" in said


def test_a_wrong_sum_is_that_of_gzip_alone(month):
    """The zip is right, and its first gzip is not."""
    spoilt = wrong_sum(archive(1, {DAY + 10 * HOUR: month[DAY + 10 * HOUR]}))
    with zipfile.ZipFile(io.BytesIO(spoilt)) as packed:
        assert packed.testzip() is None
        with pytest.raises(gzip.BadGzipFile):
            gzip.decompress(packed.read(packed.namelist()[1]))


def test_an_hour_fills_up_until_two_hours_after_its_end(school):
    """Nothing while it lasts, then more and more, then all, and that for ever."""
    clock = {"now": DAY}
    twin = AmplitudeTwin(school, today=lambda: clock["now"])
    sizes = []
    for after in (-0.1, 0.5, 1.5, 2, 99):
        clock["now"] = DAY + (11 + after) * HOUR
        sizes.append(len(twin.respond(asked("20240314T10", "20240314T10")).body))
    assert sizes[0] < sizes[1] < sizes[2] < sizes[3] == sizes[4]


def asked(start, end):
    """A question with the right key."""
    login = f"{KEYS['AMPLITUDE_WEB_API_KEY']}:{KEYS['AMPLITUDE_WEB_SECRET_KEY']}"
    header = "Basic " + b64encode(login.encode()).decode()
    return Request(
        method="GET",
        path="/api/2/export",
        query=(("start", start), ("end", end)),
        headers={"authorization": header},
    )


def test_bulk_events_are_many_large_and_all_different(school, tmp_path):
    """For measuring: as many as asked for, about 1.7 kB each, dirt among them, the same each time."""
    bulk = BulkEvents(school=school, project="web", hour=DAY + 10 * HOUR, count=9000)
    lines = list(bulk.lines(9000))
    assert len({record["uuid"] for record in records(lines)}) == 9000
    assert len(lines) == 9002
    assert 1500 < sum(map(len, lines)) / len(lines) < 2000
    bulk.pack(tmp_path / "one.zip")
    bulk.pack(tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_bulk_events_can_be_made_for_every_hour(school):
    """What cannot be written as UTF-8 is no pattern, whatever hour is asked for."""
    hours = [DAY + number * HOUR for number in range(24)]
    made = [BulkEvents(school=school, project="web", hour=hour, count=1).lines(1) for hour in hours]
    assert [len(list(lines)) for lines in made] == [1] * 24
