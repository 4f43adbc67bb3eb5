"""What a file of AppMetrica's becomes: facts in one order, nothing lost, nothing bent."""

import hashlib
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest

from gradeline.base.errors import WrongAnswer
from gradeline.sandbox.appmetrica.rows import FIELDS, TIME_ZONE, AppEvents
from gradeline.sources.appmetrica.fields import FACTS
from gradeline.sources.appmetrica.files import elements, refuse_other_file

from .conftest import SAMPLES, days

EVENT = {
    "event_datetime": "2024-01-11 13:04:58",
    "event_name": "lesson_finish",
    "event_receive_datetime": "2024-01-11 13:05:03",
    "event_receive_timestamp": "1704967503",
    "event_timestamp": "1704967498",
    "appmetrica_device_id": "12345678901234567890",
    "profile_id": "student_42",
}


@pytest.fixture
def read_file(desk, tmp_path):
    """Reads a file of events as if it had come for the 11th of January."""

    def read(*events, form="json", name="raw", text=None):
        path = tmp_path / f"{name}.{form}"
        path.write_text(text or json.dumps({"data": list(events)}), encoding="utf-8")
        source = desk.source()
        (planned,) = days(source, 11, 11)
        reading = source.read(planned, [path], tmp_path / "facts.parquet")
        return reading, pq.read_table(tmp_path / "facts.parquet")

    return read


def test_every_event_of_a_day_arrives(school, clean_days):
    """What phones told on that day, twins included, is stored or in quarantine."""
    first = datetime(2024, 1, 12, tzinfo=ZoneInfo(TIME_ZONE)).astimezone(UTC)
    last = first + timedelta(days=1, seconds=-1)
    told = [each.row for each in AppEvents(school).received(first, last)]
    read = clean_days["2024-01-12"]
    ids = Counter((row["event_timestamp"], row["appmetrica_device_id"]) for row in told)
    kept = read.facts.select(["event_timestamp", "appmetrica_device_id"]).to_pylist()
    found = Counter((str(row["event_timestamp"]), row["appmetrica_device_id"]) for row in kept)
    assert read.reading.counts.received == len(told)
    assert found <= ids
    assert (ids - found).total() == read.reading.counts.quarantined == len(read.broken)


def test_late_events_are_there(clean_days):
    """A day of receiving holds what phones kept for up to a week."""
    read = clean_days["2024-01-12"].reading
    assert read.earliest < datetime(2024, 1, 7, tzinfo=UTC)
    assert read.latest < datetime(2024, 1, 12, 21, tzinfo=UTC)


def test_broken_events_say_what_is_wrong_with_them(clean_days):
    """One reason each, the bytes, and a place that is the same in whatever order rows come."""
    broken = clean_days["2024-01-12"].broken
    reasons = sorted(each.reason.partition(":")[0] for each in broken)
    assert reasons == ["bad_id", "bad_instant", "bad_instant", "missing"]
    told = [hashlib.sha256(each.raw).hexdigest()[:12] for each in broken]
    assert [each.place for each in broken] == [f"events, row {digest}" for digest in told]


def test_two_equal_events_are_two(read_file):
    """They have no id; the day holds both, with different uuids, and always the same ones."""
    reading, facts = read_file(EVENT, EVENT, name="once")
    again = read_file(EVENT, {**EVENT, "event_name": "earlier", "event_timestamp": "1"}, EVENT)[1]
    uuids = facts["uuid"].to_pylist()
    assert reading.counts.stored == len(set(uuids)) == 2
    assert set(uuids) < set(again["uuid"].to_pylist())


def test_ids_are_text(read_file):
    """An unsigned 64-bit number keeps every digit; what is none goes to quarantine."""
    great = {**EVENT, "appmetrica_device_id": 18446744073709551615}
    over = {**EVENT, "appmetrica_device_id": "18446744073709551616"}
    reading, facts = read_file(great, over)
    assert facts["appmetrica_device_id"].to_pylist() == ["18446744073709551615"]
    assert [each.reason.partition(":")[0] for each in reading.broken] == ["bad_id"]


def test_numbers_and_flags_may_be_no_text(read_file):
    """JSON that says 1 where it should say "1" is the same."""
    numbers = {**EVENT, "event_timestamp": 1704967498, "event_receive_timestamp": 1704967503}
    texts = read_file(EVENT, name="texts")[1]
    assert read_file(numbers)[1] == texts


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('{"a": {"b": [1]}}', True),
        ("", False),
        ('{"a": ', False),
        ("text", False),
        ('{"a": "\\u0000"}', False),
        ('{"a": "\\ud83d\\ude00"}', True),
        ('{"a": "\\ud83d"}', False),
        ('{"a": 1e99999}', False),
        ("[" * 5000 + "]" * 5000, False),
    ],
)
def test_properties_are_decoded_where_they_can_be(read_file, said, kept):
    """The text is kept as it came; what PostgreSQL can keep of it, as JSON too."""
    reading, facts = read_file({**EVENT, "event_json": said})
    assert reading.counts.stored == 1
    assert facts["event_json"].to_pylist() == [said or None]
    assert (facts["event_properties"].to_pylist() == [said]) is kept


def test_a_clock_that_was_never_set_is_not_believed(read_file):
    """The phone's time stays as told; the event happened when it came."""
    facts = read_file({**EVENT, "event_timestamp": "86400"})[1]
    assert facts["event_timestamp"].to_pylist() == [86400]
    assert facts["event_at"].to_pylist() == [datetime(2024, 1, 11, 10, 5, 3, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"event_name": ""}, "missing"),
        ({"event_timestamp": "yesterday"}, "bad_instant"),
        ({"event_timestamp": "-1"}, "bad_instant"),
        ({"event_receive_timestamp": ""}, "bad_instant"),
        ({"event_receive_datetime": "2024-01-12 00:00:00"}, "outside_window"),
        ({"city": "a\0b"}, "bad_text"),
    ],
)
def test_what_cannot_be_understood_is_set_aside(read_file, changes, code):
    """The others of the day are stored."""
    reading, _ = read_file(EVENT, {**EVENT, **changes})
    assert (reading.counts.received, reading.counts.stored, reading.counts.quarantined) == (2, 1, 1)
    assert [each.reason.partition(":")[0] for each in reading.broken] == [code]


def test_the_order_of_rows_is_ours(read_file):
    """However AppMetrica orders them, facts are the same."""
    others = [{**EVENT, "event_name": name} for name in ("b", "a", "c")]
    assert read_file(*others, name="one")[1] == read_file(*others[::-1])[1]


def test_csv_may_begin_with_a_mark_and_lack_its_last_end(read_file):
    """A BOM, quoted commas, quotes and lines, no end of line behind the last row."""
    header, values = ",".join(EVENT), list(EVENT.values())
    values[1] = '"a, ""b""\nc"'
    facts = read_file(form="csv", text=f"\ufeff{header}\n{','.join(values)}")[1]
    assert facts["event_name"].to_pylist() == ['a, "b"\nc']


def test_a_day_without_events_is_an_empty_table(read_file):
    """The header alone is an answer."""
    reading, facts = read_file(form="csv", text=f"{','.join(EVENT)}\n")
    assert (reading.counts.received, facts.num_rows, facts.schema.names) == (0, 0, FACTS.names)


def test_the_sample_can_be_read(read_file):
    """The answer that AppMetrica documents gives one event with every field."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples (../shared/data/samples) are not here")
    (event,) = json.loads((SAMPLES / "events_example.json").read_text("utf-8"))["data"]
    reading, facts = read_file(event)
    assert (reading.counts.stored, set(event)) == (1, set(FIELDS))
    (row,) = facts.select(list(FIELDS)).to_pylist()
    assert {name: str(value) for name, value in row.items()} == event


@pytest.mark.parametrize(
    "text",
    [
        '{"data": [{"a": 1}',
        '{"data": [{"a": 1}]} x',
        '{"errors": []}',
        "[]",
        '{"data": [' + "[" * 99999,
    ],
)
def test_json_that_is_cut_or_another_thing_is_refused(tmp_path, text):
    """A document is believed only to its end."""
    path = tmp_path / "raw.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WrongAnswer):
        list(elements(path))


def test_other_fields_or_other_rows_are_refused(tmp_path):
    """A file is what was asked for, with as many rows as were announced."""
    path = tmp_path / "raw.csv"
    path.write_text('a,b\n1,"x\ny"\n2,z', encoding="utf-8")
    refuse_other_file(path, "csv", ["a", "b"], "2")
    with pytest.raises(WrongAnswer, match="announced 3 rows and gave 2"):
        refuse_other_file(path, "csv", ["a", "b"], "3")
    with pytest.raises(WrongAnswer, match="other fields"):
        refuse_other_file(path, "csv", ["b", "a"], None)


@pytest.mark.parametrize(
    ("name", "written", "code"),
    [
        ("score", 1.5, "out_of_range"),
        ("score", "NaN", "bad_number"),
        ("score", "Infinity", "bad_number"),
        ("duration_s", -1, "out_of_range"),
        ("hints", "-2", "out_of_range"),
    ],
)
def test_an_answer_with_a_number_that_cannot_be_right_goes_to_quarantine(
    read_file, name, written, code
):
    """With its reason; the same properties of an event that is no answer mean nothing."""
    properties = json.dumps({"quiz_id": "q1", name: written})
    other = {**EVENT, "event_json": properties}
    reading, facts = read_file(other, {**other, "event_name": "quiz_answer"})
    assert facts["event_name"].to_pylist() == [EVENT["event_name"]]
    (reason,) = (each.reason for each in reading.broken)
    assert reason.startswith(f"{code}: {name} ")
    assert (reading.counts.received, reading.counts.quarantined) == (2, 1)
