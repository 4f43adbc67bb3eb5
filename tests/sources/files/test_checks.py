"""Each row of a mapping is checked against the canonical table; what fails is named, not lost."""

import pytest

COLUMNS = (
    "attempt_id",
    "learner_id",
    "course_id",
    "kind",
    "score",
    "hints",
    "duration_s",
    "correct",
)
GOOD = ("1", "7", "", "answer", "0.5", "0", "1.5", "true")
SQL = f'SELECT _file, _line, {", ".join(COLUMNS)}, "at" FROM attempts'
BAD = [
    ("learner_id", "", "missing: learner_id is required"),
    ("learner_id", "x" * 5000, "too_long: learner_id is longer than 4096 bytes"),
    ("kind", "guess", "bad_choice: kind is none of answer, run, carried: 'guess'"),
    ("score", "NaN", "bad_number: score is not a number that fits: 'NaN'"),
    ("score", "inf", "bad_number: score is not a number that fits: 'inf'"),
    ("score", "1,5", "bad_number: score is not a number that fits: '1,5'"),
    ("score", "1e9", "bad_number: score is not a number that fits: '1e9'"),
    ("score", "1.01", "out_of_range: score is not from 0 to 1: '1.01'"),
    ("score", "-0.1", "out_of_range: score is not from 0 to 1: '-0.1'"),
    ("hints", "1.5", "bad_number: hints is not a number that fits: '1.5'"),
    ("hints", "-1", "out_of_range: hints is below 0: '-1'"),
    ("hints", "99999999999", "bad_number: hints is not a number that fits: '99999999999'"),
    ("duration_s", "-1", "out_of_range: duration_s is below 0: '-1'"),
    ("correct", "perhaps", "bad_flag: correct is neither true nor false: 'perhaps'"),
    ("at", "", "missing: at is required"),
    ("at", "31.02.2026", "bad_instant: at is not a valid local time: '31.02.2026'"),
    ("at", "0001-01-01", "impossible_day: at is not between 1901 and 2199: '0001-01-01'"),
    (
        "at",
        "2026-03-29 02:30",
        "bad_instant: at is not a valid local time: '2026-03-29 02:30'",
    ),
    (
        "at",
        "2026-03-29 02:30 Europe/Berlin",
        "bad_instant: at is not a valid local time: '2026-03-29 02:30 Europe/Berlin'",
    ),
]


@pytest.fixture
def berlin(school):
    """A school in Berlin whose attempts have every kind of column."""
    school.timezone = "Europe/Berlin"
    school.mapping["attempts"] = SQL

    def put(*rows):
        lines = [
            ",".join((*COLUMNS, "at")),
            *(",".join(f'"{cell}"' for cell in row) for row in rows),
        ]
        school.put("attempts.csv", "\n".join(lines))
        return school.read()

    return put


@pytest.mark.parametrize(
    ("column", "value", "reason"), BAD, ids=[f"{c}={v[:30]}" for c, v, _ in BAD]
)
def test_a_bad_value_is_named_with_file_line_column_and_bytes(berlin, column, value, reason):
    """The row goes to quarantine, its neighbour loads."""
    good = dict(zip((*COLUMNS, "at"), (*GOOD, "2024-03-01 10:00"), strict=True))
    bad = good | {"attempt_id": "2"} | {column: value}
    read = berlin(good.values(), bad.values())
    (broken,) = read.broken
    assert (
        read.reading.counts.received,
        read.reading.counts.stored,
        read.reading.counts.quarantined,
    ) == (2, 1, 1)
    assert broken.reason == reason
    assert broken.place == f"attempts.csv, line 3, column {column}"
    assert broken.raw == ",".join(f'"{cell}"' for cell in bad.values()).encode()


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-03-01", "2024-02-29 23:00:00+00:00"),
        ("2024-03-01 10:00:00", "2024-03-01 09:00:00+00:00"),
        ("2024-07-01 10:00:00", "2024-07-01 08:00:00+00:00"),
        ("2024-03-01T10:00:00Z", "2024-03-01 10:00:00+00:00"),
        ("2024-03-01 10:00:00+05:30", "2024-03-01 04:30:00+00:00"),
        ("2024-03-01 10:00:00 America/New_York", "2024-03-01 15:00:00+00:00"),
        ("2026-03-29 03:30", "2026-03-29 01:30:00+00:00"),
    ],
)
def test_a_wall_time_is_the_schools(berlin, written, utc):
    """A time without an offset is told by the school's clock, a day alone is its midnight."""
    assert str(berlin((*GOOD, written)).facts["at"][0].as_py()) == utc


def test_an_exact_twin_is_already_there(berlin):
    """A row given twice, key and all, is one row and no mistake."""
    reading = berlin((*GOOD, "2024-03-01"), (*GOOD, "2024-03-01")).reading
    assert (reading.counts.received, reading.counts.stored, reading.counts.already_there) == (
        2,
        1,
        1,
    )


def test_a_key_with_other_content_is_a_duplicate(berlin):
    """The first row of a key is kept, a different one goes to quarantine."""
    read = berlin((*GOOD, "2024-03-01"), (*GOOD, "2024-03-02"))
    assert read.broken[0].reason == "duplicate_key: attempt_id is given twice: '1'"
    assert read.reading.counts.stored == 1


def test_rows_without_an_id_of_their_own_stay_two(school):
    """Equal rows that nothing names are two events, each at its own place."""
    school.put(
        "attempts.csv", "learner_id,item_id,kind,score,at\n" + "7,a,answer,1,2024-03-01\n" * 2
    )
    assert school.read().facts["position"].to_pylist() == [1, 2]


def test_a_course_that_is_not_given_is_unknown(berlin, school):
    """A row may only point at courses of the same mapping, where it has any."""
    school.mapping["courses"] = (
        "SELECT _file, _line, c AS course_id, 'x' AS category, 'y' AS course FROM courses"
    )
    school.put("courses.csv", "c\nAAA/2013J\n")
    row = ("1", "7", "BBB/2013J", *GOOD[3:], "2024-03-01")
    (broken,) = berlin(row).broken
    assert broken.reason == "unknown_course: course_id is not a known course: 'BBB/2013J'"


def test_a_membership_may_not_end_before_it_starts(school):
    """Days that cannot both be true send the row to quarantine."""
    school.mapping = {
        "memberships": "SELECT _file, _line, '7' AS learner_id, 'g' AS group_id, 'c' AS course_id, "
        "'learner' AS role, starts_on, ends_on FROM enrolled"
    }
    school.put("enrolled.csv", "starts_on,ends_on\n2024-03-02,2024-03-01\n")
    (broken,) = school.read("memberships").broken
    assert broken.reason == "ends_before_start: ends_on is before starts_on: '2024-03-01'"


def test_rows_that_share_a_line_get_places_of_their_own(school):
    """A mapping may make several rows of one line; none of them is lost."""
    school.mapping["attempts"] = school.mapping["attempts"] + ", range(3) AS copies(n)"
    school.put(
        "attempts.csv",
        "learner_id,item_id,kind,score,at\n7,a,answer,1,2024-03-01\n8,a,answer,1,2024-03-01\n",
    )
    read = school.read()
    assert read.facts["position"].to_pylist() == [0, 1, 2, 3, 4, 5]
    assert read.facts["learner_id"].to_pylist() == ["7", "7", "7", "8", "8", "8"]


def test_a_mapping_may_say_what_it_made_nothing_of(school):
    """Beside `at` it gives `_at`, as the file has it: a reason tells that, not a missing value."""
    school.mapping["attempts"] = (
        "SELECT _file, _line, learner_id, item_id, kind, DATE '2024-03-01' + TRY_CAST(day AS INTEGER) "
        "AS at, day AS _at FROM attempts"
    )
    school.put("attempts.csv", "learner_id,item_id,kind,day\n7,a,run,3\n8,a,run,soon\n9,a,run,\n")
    read = school.read()
    assert read.reading.counts.stored == 1
    assert [broken.reason for broken in read.broken] == [
        "bad_instant: at is not a valid local time: 'soon'",
        "missing: at is required",
    ]
