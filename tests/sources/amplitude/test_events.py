"""An event becomes the fact that it tells, and one that tells none goes to quarantine."""

import json
from datetime import UTC, datetime

import pytest

from .conftest import EVENT, line

OTHER = "d0b5b3a6-2e3b-11eb-9a80-0a62134d514e"


def test_an_event_is_what_amplitude_says(read):
    """Every one of its keys is there, exact ids and instants in UTC among them."""
    (fact,) = read(line()).facts
    assert fact["amplitude_id"] == 987654321012
    assert fact["event_time"] == datetime(2024, 3, 15, 10, 4, 58, 123000, tzinfo=UTC)
    assert fact["event_properties"] == '{"task_id": "pg-12", "is_correct": true, "attempt": 3}'
    assert {key.removeprefix("$") for key in EVENT} <= set(fact)
    assert (fact["slice"], fact["stray"]) == ("amplitude/events@web/2024-03-15T10", False)


def test_ids_of_64_bits_stay_exact(read):
    """A number that a float cannot hold comes back as it was."""
    (fact,) = read(line(amplitude_id=2**63 - 1, session_id=-1)).facts
    assert (fact["amplitude_id"], fact["session_id"]) == (2**63 - 1, -1)


def test_absent_keys_are_nulls(read):
    """An older export lacks six keys; its events are as good."""
    old = {key: EVENT[key] for key in ("uuid", "event_type", "event_time", "server_upload_time")}
    (fact,) = read(json.dumps(old).encode()).facts
    assert (fact["partner_id"], fact["user_id"]) == (None, None)


@pytest.mark.parametrize(
    "told", ["2024-03-15T10:04:58.123Z", "2024-03-15T13:04:58.123+03:00", "2024-03-15 10:04:58.123"]
)
def test_a_time_with_a_zone_is_the_instant_it_names(read, told):
    """Other forms of a time mean the same instant, beside events with the usual form too."""
    facts = read(line(), line(event_time=told, uuid=OTHER)).facts
    assert facts[0]["event_time"] == facts[1]["event_time"]


def test_a_number_keeps_its_digits(read):
    """Properties are kept as the text they are."""
    text = line().replace(b'"attempt": 3', b'"attempt": 123456789012345678901234567890.10')
    assert "123456789012345678901234567890.10" in read(text).facts[0]["event_properties"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line()[:-9], "not_json"),
        (b"[]", "not_object"),
        (b"{}", "missing"),
        (line(uuid="x"), "bad_uuid"),
        (line(event_type=""), "missing"),
        (line(event_time=None), "missing"),
        (line(event_time="yesterday"), "bad_time"),
        (line(processed_time="2024-02-30 00:00:00"), "bad_time"),
        (line(processed_time="0001-01-01 00:00:00+14:00"), "bad_time"),
        (line(amplitude_id="many"), "bad_value"),
        (line(amplitude_id=1.5), "bad_value"),
        (line(amplitude_id=2**63), "bad_value"),
        (line(user_properties="text"), "bad_value"),
        (line(location_lat="north"), "bad_value"),
        (line(paying=1), "bad_value"),
        (line(city="a\0b"), "nul_character"),
        (line(event_properties={"k\0": 1}), "nul_character"),
        (line(city="?").replace(b'"?"', rb'"\ud800"'), "not_json"),
        (line(event_properties={"a": "?"}).replace(b'"?"', rb'"\udfff"'), "not_json"),
        (line(event_properties={"a": "?"}).replace(b'"?"', b"NaN"), "not_json"),
        (line(event_properties={"a": "?"}).replace(b'"?"', b"1e999999"), "bad_value"),
        (line(event_properties={"a": "?"}).replace(b'"?"', b"[" * 300 + b"]" * 300), "too_deep"),
        (line(event_properties={"a": "?"}).replace(b'"?"', b"[" * 9000 + b"]" * 9000), "too_deep"),
        (line(city="?").replace(b'"?"', b'"\xff"'), "not_json"),
        (line(event_properties={"a": "?"}).replace(b'"?"', b'"\xff"'), "not_json"),
        (line().replace(b'"city"', b'"country"'), "not_json"),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', "too_long"),
    ],
)
def test_a_broken_record_goes_to_quarantine(read, bad, reason):
    """It goes there with its reason and place; its neighbours are stored."""
    done = read(line(), bad, line(uuid=OTHER))
    assert done.reasons == [reason]
    assert len(done.facts) == 2
    assert done.broken[0].place == "1/1_2024-03-15_10#0.json.gz, record 2"
    assert bad.startswith(done.broken[0].raw[:65536])


def test_a_backslash_before_u0000_is_no_nul(read):
    """What only looks like the escape of a NUL is text."""
    assert read(line(city="a\\u0000b")).facts[0]["city"] == "a\\u0000b"


def test_emoji_written_as_escapes_are_text(read):
    """A pair of surrogates is one sign."""
    text = line(city="?").replace(b'"?"', rb'"\ud83c\udf93"')
    assert read(text).facts[0]["city"] == "🎓"


def test_the_same_record_twice_is_one(read):
    """A record that comes again as it was is counted and not stored twice."""
    done = read(line(), line(uuid=OTHER), line())
    assert (done.reading.counts.stored, done.reading.counts.already_there) == (2, 1)


def test_another_record_with_the_same_uuid_is_set_aside(read):
    """Which of two is right cannot be known: the first is kept, the second for a person."""
    done = read(line(), line(city="Madrid"))
    assert (done.facts[0]["city"], done.reasons) == ("Kazan", ["duplicate_uuid"])


def test_twins_far_apart_are_found(read):
    """A record may come again megabytes later."""
    filling = [line(uuid=f"{n:08x}-0000-0000-0000-{n:012x}", city="x" * 900) for n in range(3000)]
    done = read(line(), *filling, line(), line(city="Madrid"))
    assert (done.reading.counts.stored, done.reading.counts.already_there) == (3001, 1)
    assert done.reasons == ["duplicate_uuid"]
    assert [fact["position"] for fact in done.facts] == list(range(3001))


def test_an_event_of_another_hour_is_a_stray(read):
    """Its hour has it too, or this is the only place that has it: it is kept and marked."""
    (fact,) = read(line(server_upload_time="2024-03-15 09:59:59.999999")).facts
    assert fact["stray"] is True


def test_reading_again_gives_the_same_bytes(read, tmp_path):
    """Equal exports give equal fact files and checksums."""
    first = read(line()).reading.checksum
    kept = (tmp_path / "facts.parquet").read_bytes()
    assert read(line()).reading.checksum == first
    assert (tmp_path / "facts.parquet").read_bytes() == kept


def test_an_empty_member_holds_nothing(read):
    """An hour whose file is empty is an hour without events."""
    assert read(archive=None).reading.counts.received == 0
