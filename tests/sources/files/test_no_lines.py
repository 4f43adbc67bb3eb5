"""Files without a record, and rows without a line, stop nothing and are named."""

import pytest

CSV = "who,task,score,at\n"
ATTEMPTS = "SELECT _file, _line, who AS learner_id, 'answer' AS kind, score, \"at\" FROM answers"
EMPTY = {
    "a header": ("answers.csv", CSV, 0),
    "broken lines only": ("answers.csv", CSV + "one\ntwo\n", 2),
    "a record with a name twice": (
        "answers.ndjson",
        '{"who": "7", "who": "8", "score": 1, "at": "2024-03-01"}\n',
        1,
    ),
}
AGGREGATES = {
    "courses": "SELECT any_value(_file) AS _file, min(_line) AS _line, 'c/x' AS course_id, "
    "'c' AS category, 'x' AS course FROM answers",
    "learners": "SELECT any_value(_file) AS _file, min(_line) AS _line, who AS learner_id "
    "FROM answers GROUP BY who",
    "groups": "SELECT _file, _line, 'g' AS group_id, 'c/x' AS course_id, true AS rolling FROM "
    "(SELECT max(_file) AS _file, max(_line) AS _line FROM answers)",
    "attempts": ATTEMPTS,
}


@pytest.mark.parametrize("stream", AGGREGATES)
@pytest.mark.parametrize(("name", "content", "broken"), EMPTY.values(), ids=EMPTY)
def test_a_file_without_records_gives_an_empty_slice(school, stream, name, content, broken):
    """An aggregate over no line gives a row of nothing, which is none; broken lines are kept."""
    school.mapping = {stream: AGGREGATES[stream]}
    school.put(name, content)
    counts = school.read(stream).reading.counts
    assert (counts.received, counts.stored, counts.quarantined) == (broken, 0, broken)


def test_an_aggregate_that_no_line_fits_is_empty(school):
    """The file has lines, but the query takes none of them."""
    school.mapping = {"courses": AGGREGATES["courses"] + " WHERE score > '2'"}
    school.put("answers.csv", CSV + "7,a,1,2024-03-01\n")
    assert school.read("courses").reading.counts.received == 0


def test_a_row_of_an_outer_join_without_a_line_is_named(school):
    """What comes from no line of the slice's file has no place, so it cannot be stored."""
    school.mapping["attempts"] = (
        "SELECT a._file, a._line, t.who AS learner_id, 'answer' AS kind, a.score, "
        "DATE '2024-03-01' AS at FROM answers AS a RIGHT JOIN teams AS t ON t.who = a.who"
    )
    school.put("answers.csv", CSV + "7,a,1,2024-03-01\n")
    school.put("teams.csv", "who\n7\n8\n")
    read = school.read()
    (broken,) = read.broken
    assert (read.reading.counts.received, read.reading.counts.stored) == (2, 1)
    assert broken.place == "answers.csv, line ?, column _line"
    assert broken.reason == "missing: _line is required: the row comes from no line of a file"
    assert b'"learner_id":"8"' in broken.raw


@pytest.mark.parametrize("column", ["_file", "_line"])
def test_a_place_that_is_null_is_named(school, column):
    """A row that does not say where it comes from goes to quarantine, not to the log."""
    school.mapping["attempts"] = ATTEMPTS.replace(column, f"NULL AS {column}")
    school.put("answers.csv", CSV + "7,a,1,2024-03-01\n")
    (broken,) = school.read().broken
    assert broken.reason.startswith(f"missing: {column} is required")
