"""Days and wall times mean the same instant whatever the format of the file."""

import io
import json
from datetime import datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

SQL = "SELECT _file, _line, '7' AS learner_id, 'i' AS item_id, 'run' AS kind, \"at\" FROM attempts"


def workbook(texts):
    """A workbook with times in a column."""
    book = openpyxl.Workbook()
    for value in ["at", *map(datetime.fromisoformat, texts)]:
        book.active.append([value])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(texts, unit):
    """A Parquet file with times without zone in a column."""
    out = io.BytesIO()
    times = pa.array(map(datetime.fromisoformat, texts), pa.timestamp(unit))
    pq.write_table(pa.table({"at": times}), out)
    return out.getvalue()


WRITERS = {
    "csv": lambda texts: "\n".join(["at", *texts]),
    "ndjson": lambda texts: "\n".join(json.dumps({"at": text}) for text in texts),
    "xlsx": workbook,
    "s.parquet": lambda texts: parquet(texts, "s"),
    "ms.parquet": lambda texts: parquet(texts, "ms"),
    "us.parquet": lambda texts: parquet(texts, "us"),
    "ns.parquet": lambda texts: parquet(texts, "ns"),
}
#: Zone → what a file says and the instant it means; none where the clock never showed it.
TIMES = {
    "America/Santiago": {
        "2024-09-08 00:00:00": "2024-09-08 04:00:00+00:00",
        "2024-09-08 00:30:00": None,
        "2024-09-08 01:00:00": "2024-09-08 04:00:00+00:00",
    },
    "Europe/Madrid": {
        "2024-03-31 02:00:00": None,
        "2024-03-31 02:30:00": None,
        "2024-03-31 03:30:00": "2024-03-31 01:30:00+00:00",
        "2024-10-27 02:30:00": "2024-10-27 01:30:00+00:00",
    },
    "UTC": {"2024-03-31 02:30:00": "2024-03-31 02:30:00+00:00"},
}


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("zone", TIMES)
def test_a_wall_time_is_one_instant_in_every_format(school, form, zone):
    """A time that the clock skips is refused, midnight is its day, the second of two counts."""
    school.mapping["attempts"], school.timezone = SQL, zone
    school.put(f"attempts.{form.partition('.')[2] or form}", WRITERS[form](TIMES[zone]))
    read = school.read()
    assert [str(at) for at in read.facts["at"].to_pylist()] == [
        utc for utc in TIMES[zone].values() if utc
    ]
    assert [broken.reason for broken in read.broken] == [
        f"bad_instant: at is not a valid local time: '{written}'"
        for written, utc in TIMES[zone].items()
        if not utc
    ]


@pytest.mark.parametrize(
    "written", ["2024-09-08", "2024-09-08 00:00", "2024-09-08T00:00:00.000", "2024-09-08 00:00:00"]
)
def test_a_midnight_that_the_clock_skips_is_its_day(school, written):
    """An export of days, with zeros behind them or not, is stored where the day begins."""
    school.mapping["attempts"], school.timezone = SQL, "America/Santiago"
    school.put("attempts.csv", f"at\n{written}\n")
    assert str(school.read().facts["at"][0].as_py()) == "2024-09-08 04:00:00+00:00"


@pytest.mark.parametrize("zone", ["America/Santiago", "Pacific/Auckland"])
@pytest.mark.parametrize("written", ["01 Jan, 00:10", "31 Dec, 23:50"])
def test_a_year_that_was_not_written_is_not_1900(school, zone, written):
    """What strptime makes of a text without a year is no day that anything happened on."""
    school.mapping["attempts"] = SQL.replace('"at"', "strptime(\"at\", '%d %b, %H:%M') AS at")
    school.timezone = zone
    school.put("attempts.csv", f'at\n"{written}"\n')
    (broken,) = school.read().broken
    assert broken.reason.startswith("impossible_day: at is not between 1901 and 2199: '1900-")


def test_a_day_without_a_year_is_not_of_1900(school):
    """The same holds for a column of days."""
    school.mapping = {
        "memberships": "SELECT _file, _line, '7' AS learner_id, 'g' AS group_id, 'c' AS course_id, "
        "'learner' AS role, strptime(day, '%d.%m.')::DATE AS starts_on FROM enrolled"
    }
    school.put("enrolled.csv", "day\n31.12.\n")
    (broken,) = school.read("memberships").broken
    assert broken.reason.startswith("impossible_day: starts_on is not between 1901 and 2199")
