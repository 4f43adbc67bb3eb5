"""Ids of a school's files meet although they are written with blanks or other accents."""

import duckdb
import pyarrow as pa
import pytest

from gradeline.sources.tabular.ids import all_normal_sql

SPELLINGS = ["101", "101 ", "\u00a0101", "101_x000D_", "\ufeff101", "101\u200b"]


@pytest.fixture
def answers(school):
    """A school whose attempts have their own ids and point at courses."""
    school.mapping["courses"] = "SELECT *, 'k' AS category, 'x' AS course FROM courses"
    school.mapping["attempts"] = (
        "SELECT _file, _line, a AS attempt_id, l AS learner_id, c AS course_id, "
        "'answer' AS kind, '2024-03-01' AS at FROM attempts"
    )
    school.put("courses.csv", "course_id\nk/caf\xe9\n")
    return school


def attempts(school, *rows):
    """Read a file of attempts: id, learner, course."""
    school.put("attempts.csv", "a,l,c\n" + "".join(f"{','.join(row)}\n" for row in rows))
    return school.read()


def test_one_learner_has_one_id(answers):
    """Blanks of every kind around an id are no part of it."""
    read = attempts(answers, *((str(n), each, "") for n, each in enumerate(SPELLINGS)))
    assert set(read.facts["learner_id"].to_pylist()) == {"101"}


def test_an_id_points_at_its_course_in_any_spelling(answers):
    """An accent of its own and a blank do not keep an attempt from its course."""
    read = attempts(answers, ("1", "7", "k/cafe\u0301 "), ("2", "7", "k/other"))
    assert read.facts["course_id"].to_pylist() == ["k/caf\xe9"]
    assert [each.reason for each in read.broken] == [
        "unknown_course: course_id is not a known course: 'k/other'"
    ]


def test_rows_that_become_equal_are_repeats(answers):
    """An equal row under the same id is already there; another one under it is quarantined."""
    read = attempts(answers, ("1", "7", ""), ("1 ", "7", ""), ("\u00a01", "8", ""))
    counts = read.reading.counts
    assert (counts.stored, counts.already_there, counts.quarantined) == (1, 1, 1)
    assert read.broken[0].reason == "duplicate_key: attempt_id is given twice: '1'"


def test_an_id_of_blanks_is_missing(answers):
    """Nothing but blanks is no id."""
    read = attempts(answers, ("1", "\u200b\u00a0", ""))
    assert read.broken[0].reason.startswith("missing: learner_id is required")


@pytest.mark.parametrize(
    ("text", "normal"), [("a b", True), ("a_", True), ("a ", False), (None, True)]
)
def test_a_column_in_another_spelling_is_noticed(text, normal):
    """One text of a column that is not in its one spelling is enough."""
    connection = duckdb.connect()
    columns = {"learner_id": ["1", "1"], "email": pa.array(["1", text]), "name": ["x ", "y"]}
    connection.from_arrow(pa.table(columns)).create("t")
    assert connection.execute(all_normal_sql("learners", "t")).fetchone() == (normal,)
