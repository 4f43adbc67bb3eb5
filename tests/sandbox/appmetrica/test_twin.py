"""The twin of AppMetrica: a queue of three, files that live for a day, parts, real rows passed on."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime

import pytest

from gradeline.sandbox import Pace, Request
from gradeline.sandbox.appmetrica.rows import APPLICATION_ID, DIRT, FIELDS
from gradeline.sandbox.appmetrica.twin import MOST_ROWS, TOKEN, AppMetricaTwin
from gradeline.sandbox.server.running import running

HEADERS = {"authorization": f"OAuth {TOKEN}"}
DAY_S = 24 * 3600.0


@pytest.fixture
def twin(school) -> AppMetricaTwin:
    """A twin of its own, at the speed of life: tests say what time it is."""
    return AppMetricaTwin(school)


def asked(day="2024-01-11", form="csv", fields=FIELDS, at=0.0, **more) -> Request:
    """The question for a day."""
    query = {
        "application_id": APPLICATION_ID,
        "date_since": f"{day} 00:00:00",
        "date_until": f"{day} 23:59:59",
        "date_dimension": "receive",
        "fields": ",".join(fields),
    }
    headers = HEADERS | ({"cache-control": more.pop("cache")} if "cache" in more else {})
    pairs = tuple((query | {name: str(value) for name, value in more.items()}).items())
    path = f"/logs/v1/export/events.{form}"
    return Request(method="GET", path=path, query=pairs, headers=headers, at=at)


def rows(answer) -> list[dict[str, str]]:
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"), newline="")))


def test_a_file_is_prepared_waited_for_and_given(twin):
    """202 in plain words, with its progress, then 200 with the number of rows."""
    first = twin.respond(asked(at=0))
    later = twin.respond(asked(at=4))
    last = twin.respond(asked(at=60))
    assert (first.status, first.body) == (202, b"Wait for result")
    assert (later.status, later.body[:12]) == (202, b"Progress is ")
    assert (last.status, last.header("Rows-Number")) == (200, str(len(rows(last))))


def test_a_file_lives_for_a_day(twin):
    """After that the same question stands in the queue again."""
    twin.respond(asked(at=0))
    assert twin.respond(asked(at=DAY_S)).status == 200
    assert twin.respond(asked(at=DAY_S + 60)).status == 202
    assert twin.prepared == 2


def test_no_cache_begins_anew_each_time_it_is_said(twin):
    """Who polls with `no-cache` never gets a file."""
    answers = [twin.respond(asked(at=at, cache="no-cache")).status for at in (0, 60, 120)]
    assert (answers, twin.prepared) == ([202, 202, 202], 3)
    assert twin.respond(asked(at=180)).status == 200


def test_max_age_takes_a_young_file_only(twin):
    """A file older than it wants is prepared again."""
    twin.respond(asked(at=0))
    assert twin.respond(asked(at=60, cache="max-age=100")).status == 200
    assert twin.respond(asked(at=600, cache="max-age=100")).status == 202


def test_three_stand_in_the_queue(twin):
    """The fourth is told so, until one of the three is done."""
    days = [f"2024-01-{day:02}" for day in (8, 9, 10, 11)]
    answers = [twin.respond(asked(day=day, at=0, parts_count=2, part_number=0)) for day in days]
    assert [answer.status for answer in answers] == [202, 202, 202, 429]
    assert answers[3].body.startswith(b"There are already 3 enqueued queries")
    later = asked(day=days[3], at=7, parts_count=2, part_number=0)
    assert twin.respond(later).status == 202


def test_questions_are_worked_on_one_after_another(twin):
    """The second is ready about twice as late as the first."""
    for day in ("2024-01-10", "2024-01-11"):
        twin.respond(asked(day=day, at=0))
    assert twin.respond(asked(day="2024-01-10", at=6)).status == 200
    assert twin.respond(asked(day="2024-01-11", at=6)).status == 202
    assert twin.respond(asked(day="2024-01-11", at=12)).status == 200


def test_parts_make_the_whole(twin):
    """Each repeats the header, none ends with an end of line, together they are all rows."""
    found = []
    twin.respond(asked(day="2024-01-12", at=0, parts_count=3, part_number=0))
    for part in range(3):
        answer = twin.respond(asked(day="2024-01-12", at=60, parts_count=3, part_number=part))
        assert answer.body.startswith(",".join(FIELDS).encode() + b"\n")
        assert not answer.body.endswith(b"\n")
        found += rows(answer)
    assert len(found) > MOST_ROWS
    assert twin.respond(asked(day="2024-01-12", at=60)).status == 400


def test_another_file_has_another_order(twin):
    """The same rows; only the order says that it was made again."""
    twin.respond(asked(at=0))
    one = rows(twin.respond(asked(at=60)))
    twin.respond(asked(at=70, cache="no-cache"))
    other = rows(twin.respond(asked(at=120)))
    assert one != other
    assert sorted(map(str, one)) == sorted(map(str, other))


def test_json_is_one_document_of_texts(twin):
    """Every value is a string, numbers and all."""
    twin.respond(asked(form="json", at=0))
    data = json.loads(twin.respond(asked(form="json", at=60)).body)["data"]
    assert {type(value) for row in data for value in row.values()} == {str}
    assert list(data[0]) == list(FIELDS)


def test_a_mark_comes_where_it_is_wanted(twin):
    """`use_utf8_bom` puts EF BB BF first."""
    twin.respond(asked(at=0, use_utf8_bom="true"))
    assert twin.respond(asked(at=60, use_utf8_bom="true")).body.startswith(b"\xef\xbb\xbfevent_")


def test_missing_shards_fail_or_leave_rows_out(twin):
    """Only who asked for it gets a part of the data, and no word about it."""
    whole, partial = asked(at=0), asked(at=0, skip_unavailable_shards="true")
    for question in (whole, partial):
        twin.respond(question)
    spoilt = [Request(**{**vars(q), "at": 60.0, "fault": "shards"}) for q in (whole, partial)]
    failed, given = map(twin.respond, spoilt)
    assert (failed.status, given.status) == (500, 200)
    assert int(given.header("Rows-Number")) == len(rows(given)) < 400


def test_a_filter_leaves_equal_ones(twin):
    """Any field may be asked to have a value."""
    twin.respond(asked(at=0, os_name="ios"))
    found = rows(twin.respond(asked(at=60, os_name="ios")))
    assert {row["os_name"] for row in found} == {"ios"}


def test_a_day_holds_its_dirt(twin):
    """Ids beyond 2^63, twins, late events, and each kind of wrong row, a few in a hundred."""
    twin.respond(asked(at=0))
    found = rows(twin.respond(asked(at=60)))
    ids = [
        int(row["appmetrica_device_id"]) for row in found if row["appmetrica_device_id"].isdecimal()
    ]
    assert sum(number > 2**63 for number in ids) > 100
    assert len(found) > len({tuple(row.values()) for row in found})
    assert sum(row["event_datetime"][:10] not in ("2024-01-11", "") for row in found) > 5
    assert sum(not row["event_name"] or not row["event_timestamp"] for row in found) == 2
    assert len(DIRT) / len(found) < 0.02


def test_more_than_thirty_in_a_second_are_too_many(twin):
    """The thirty-first hears 420."""
    statuses = [twin.respond(asked(at=n / 100)).status for n in range(32)]
    assert statuses == [202] * 30 + [420] * 2


def test_nothing_comes_from_the_future(school):
    """What AppMetrica has not got yet is in no file."""
    twin = AppMetricaTwin(school, today=lambda: datetime(2024, 1, 11, 9, tzinfo=UTC))
    twin.respond(asked(at=0))
    found = rows(twin.respond(asked(at=60)))
    assert max(row["event_receive_datetime"] for row in found) < "2024-01-11 12:00:01"


def test_the_sample_passes_through_as_it_is(samples, school, raw):
    """A real answer comes out with every field as it was, gzip and all."""
    (row,) = json.loads((samples / "appmetrica" / "events_example.json").read_text("utf-8"))["data"]
    pace = Pace(speed=1000.0)
    with running([AppMetricaTwin(school, pace, also=[row])], pace=pace) as there:
        address = f"GET /appmetrica/logs/v1/export/events.json?application_id={APPLICATION_ID}"
        address += "&date_since=2030-01-11&date_until=2030-01-11&fields=" + ",".join(row)
        headers = (f"Authorization: OAuth {TOKEN}", "Accept-Encoding: gzip")
        while (answer := raw(there.port)(address, *headers)).status == 202:
            pass
    assert "Content-Encoding: gzip" in answer.head
    assert json.loads(gzip.decompress(answer.body)) == {"data": [row]}
