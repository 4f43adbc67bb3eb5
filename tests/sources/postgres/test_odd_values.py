"""Values that PostgreSQL holds and others do not cost their own rows, never the table."""

import pytest

from gradeline.base.errors import WrongAnswer
from gradeline.sources.source import PlanRequest

ROWS = "create table t (id int, learner text, score numeric(5,4), at {}); insert into t values {}"
TIMES = ["date", "timestamp", "timestamptz"]
ODD_TIMES = ["12024-01-01", "0044-03-15 BC", "infinity", "-infinity", "9999-12-31", "0001-01-01"]


@pytest.mark.parametrize("kind", TIMES)
def test_a_time_that_is_no_day_is_without(table, read, kind):
    """Rows of the year 12024, before Christ or at infinity are apart; the others in their day."""
    odd = ", ".join(f"({n}, 'b', 0.5, '{at}')" for n, at in enumerate(ODD_TIMES, start=2))
    ranges = read(table(ROWS.format(kind, f"(1, 'a', 0.5, '2024-01-18'), {odd}")))
    assert {name: each.reading.counts.stored for name, each in ranges.items()} == {
        "2024-01-18": 1, "without": 0
    }  # fmt: skip
    reasons = [record.reason for record in ranges["without"].reading.broken]
    assert reasons == ["missing: at is required"] * len(ODD_TIMES)


def test_the_ends_of_all_ids_are_read(table, read):
    """The first and the last integer are in ranges like others, each row in one."""
    ids = [-(2**63), -(2**63) + 60_000, -1, 0, 49_999, 50_000, 2**63 - 1]
    rows = ", ".join(f"({n}, 'a', 0.5, '2024-01-18')" for n in ids)
    source = table(ROWS.format("date", rows).replace("id int,", "id bigint,"), cursor="id")
    ranges = read(source)
    assert sum(each.reading.counts.stored for each in ranges.values()) == len(ids)
    assert len(ranges) == 6


ODD_COLUMNS = {
    "interval": "178000000 years",
    "time": "24:00:00",
    "timetz": "24:00:00+15:59",
    "numeric": "NaN",
    "numeric(5,2)": "NaN",
    "numeric(3,-2)": "99900",
    "float8": "NaN",
    "tsrange": "[2024-01-01,infinity)",
    "date[]": "{12024-01-01,NULL}",
    "bytea": r"\xff00",
    "money": "1",
    '"char"': "x",
    "bit(3)": "101",
    "inet": "::1",
}


def test_columns_of_any_type_are_read(table, read):
    """A column whose type Python lacks, or holds less of, is text or null and no fault."""
    columns = ", ".join(f"c{n} {kind}" for n, kind in enumerate(ODD_COLUMNS))
    values = ", ".join(f"'{value}'" for value in ODD_COLUMNS.values())
    fill = ROWS.format(f"date, {columns}", f"(1, 'a', 0.5, '2024-01-18', {values})")
    assert read(table(fill))["2024-01-18"].reading.counts.stored == 1


def test_defaults_of_a_database_change_no_value(table, read):
    """Days, times and floats are read in one form, whatever the database writes by default."""
    odd = ["timezone = 'Asia/Tokyo'", "datestyle = 'German'", "intervalstyle = 'iso_8601'",
           "extra_float_digits = -10", "bytea_output = 'escape'"]  # fmt: skip
    alter = "".join(
        f"execute format('alter database %I set {each.replace(chr(39), chr(39) * 2)}', "
        "current_database());" for each in odd
    )  # fmt: skip
    rows = "(1, 'a', 0.123456789, '2024-01-18 23:30+00')"
    fill = ROWS.format("timestamptz", rows).replace("numeric(5,4)", "float8")
    (day,) = read(table(f"{fill}; do $$ begin {alter} end $$")).values()
    (row,) = day.facts.to_pylist()
    assert (day.planned.slice.window, str(row["score"]), row["at"].isoformat()) == (
        "2024-01-18", "0.123457", "2024-01-18T23:30:00+00:00"
    )  # fmt: skip


LATIN = r"convert_from('\x4a6f73e9', 'SQL_ASCII')"


@pytest.mark.parametrize("cursor", ["id", "at"])
def test_bytes_that_are_no_text_cost_their_row(table, read, cursor):
    """In a database without an encoding a row that is not UTF-8 waits; the others are stored."""
    rows = f"(1, 'Łukasz', 0.5, '2024-01-18'), (2, {LATIN}, 0.5, '2024-01-18')"
    source = table(ROWS.format("date", rows), cursor=cursor, encoding="SQL_ASCII")
    (each,) = read(source).values()
    assert each.facts["learner_id"].to_pylist() == ["Łukasz"]
    assert (each.reading.counts.received, each.reading.counts.quarantined) == (2, 1)
    (record,) = each.reading.broken
    place = "id 2" if cursor == "id" else "at 2024-01-18"
    assert record.place == f"t/{each.planned.slice.window}.parquet, {place}, column learner"
    assert record.reason == r"bad_encoding: learner is not UTF-8: 'Jos\xe9'"


@pytest.mark.parametrize("encoding", ["WIN1251", "WIN1252"])
def test_a_byte_without_a_letter_costs_its_row(table, read, encoding):
    """Bytes that a Windows encoding leaves out are no end of the query."""
    odd = r"'A' || chr(x'98'::int) || chr(x'9d'::int)"
    rows = f"(1, 'µ', 0.5, '2024-01-18'), (2, {odd}, 0.5, '2024-01-18')"
    (day,) = read(table(ROWS.format("date", rows), encoding=encoding)).values()
    assert day.facts["learner_id"].to_pylist() == ["µ"]
    (record,) = day.reading.broken
    assert record.reason.startswith(f"bad_encoding: learner is not CP{encoding[3:]}: 'A")


@pytest.mark.parametrize("encoding", ["UTF8", "EUC_KR"])
def test_bytes_that_end_a_query_are_said(table, read, encoding):
    """Where the driver or the server gives up at them, the message says what to do."""
    odd = "create cast (bytea as text) without function;"
    rows = r"(1, 'a', 0.5, '2024-01-18'), (2, '\xff41'::bytea::text, 0.5, '2024-01-18')"
    source = table(odd + ROWS.format("date", rows), encoding=encoding)
    with pytest.raises(WrongAnswer, match="Correct those bytes there"):
        read(source)


@pytest.mark.parametrize("at", ["0044-03-15", "0999-12-31", "9999-12-30"])
def test_a_far_day_has_its_window(table, read, at):
    """A day that a calendar has is a slice, whose rows are checked like others."""
    (window,) = read(table(ROWS.format("date", f"(1, 'a', 0.5, '{at}')"))).items()
    assert window[0] == at
    assert [each.reason[:14] for each in window[1].reading.broken] == ["impossible_day"]


def test_names_of_columns_are_of_any_signs(table, read):
    """Signs that mean something to drivers and SQL are letters in a name."""
    odd = "".join(f', "{name}" text' for name in ("% done", "%s", "%(low)s", "{column}", 'a""b'))
    fill = ROWS.format(f"date{odd}", "(1, 'a', 0.5, '2024-01-18')")
    assert read(table(fill))["2024-01-18"].reading.counts.stored == 1


def test_the_same_bytes_come_twice(table, tmp_path):
    """A rerun of a range gives equal files, the one of undecoded rows included."""
    rows = f"(1, 'a', 0.5, '2024-01-18'), (2, {LATIN}, 0.5, '2024-01-18')"
    plan = table(ROWS.format("date", rows), encoding="SQL_ASCII").plan(PlanRequest())
    first = [raw.path.read_bytes() for raw in plan.fetch(plan.slices[0], tmp_path)]
    assert [raw.path.read_bytes() for raw in plan.fetch(plan.slices[0], tmp_path)] == first
    assert len(first) == 2


@pytest.mark.parametrize(("kind", "written"), [("numeric(5,4)", "NaN"), ("numeric", "NaN"),
                                               ("numeric", "Infinity"), ("float8", "NaN"),
                                               ("float8", "-Infinity"), ("numeric(5,4)", "1.5"),
                                               ("float8", "-0.5"), ("text", "NaN")])  # fmt: skip
def test_a_score_that_cannot_be_right_goes_to_quarantine(table, read, kind, written):
    """Whatever type its column has; the others of its day keep theirs."""
    rows = f"(1, 'a', '0.125', '2024-01-18'), (2, 'b', '{written}', '2024-01-18')"
    (day,) = read(table(ROWS.format("date", rows).replace("numeric(5,4)", kind))).values()
    assert [(r["learner_id"], str(r["score"])) for r in day.facts.to_pylist()] == [
        ("a", "0.125000")
    ]
    (record,) = day.reading.broken
    assert record.reason.split(":")[0] in ("bad_number", "out_of_range")
    assert ": score is not " in record.reason
