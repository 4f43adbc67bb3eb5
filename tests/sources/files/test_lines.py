"""Lines that give no row, or several, are counted; and rows name the line they come from."""

import pytest

from gradeline.records.counts import LineCounts

CSV = "who,task,score\n7,a,0.5\n8,a,1\n9,z,1\n"
ROW = "SELECT {}, who AS learner_id, 'answer' AS kind, score, DATE '2024-03-01' AS at FROM answers"
OWN = ROW.format("answers._file, answers._line")
WIDE = (
    "SELECT _file, _line, who AS learner_id, item AS item_id, 'answer' AS kind, points AS score, "
    "DATE '2024-03-01' AS at FROM answers "
)
GRADEBOOKS = {
    "LATERAL": WIDE + ", LATERAL (VALUES ('q1', q1), ('q2', q2)) AS each(item, points)",
    "UNPIVOT": WIDE + "UNPIVOT (points FOR item IN (q1, q2))",
    "UNION": WIDE.replace("points", "q1").replace("item AS", "'q1' AS")
    + "UNION ALL "
    + WIDE.replace("points", "q2").replace("item AS", "'q2' AS"),
}
COUNTED = {
    "a filter": (f"{OWN} WHERE score <> '1'", (2, 0, 0)),
    "a join that finds nobody": (f"{OWN} JOIN tasks USING (task)", (1, 0, 0)),
    "a join that doubles": (f"{OWN} LEFT JOIN twice AS t ON t.task = answers.task", (0, 2, 4)),
    "a join of both kinds": (f"{OWN} JOIN twice AS t ON t.task = answers.task", (1, 2, 4)),
    "no row at all": (f"{OWN} WHERE false", (3, 0, 0)),
    "a limit": (f"{OWN} LIMIT 2", (1, 0, 0)),
    "a line for all": (ROW.format("_file, 2 AS _line"), (2, 1, 3)),
    "lines that are not there": (ROW.format("_file, _line + 100 AS _line"), (3, 0, 0)),
    "lines below zero": (ROW.format("_file, -_line AS _line"), (3, 0, 0)),
}
GROUPED = {
    "GROUP BY": "SELECT any_value(_file) AS _file, min(_line) AS _line, task AS item_id, "
    "'c' AS course_id, true AS active FROM answers GROUP BY task",
    "QUALIFY": "SELECT _file, _line, task AS item_id, 'c' AS course_id, true AS active "
    "FROM answers QUALIFY row_number() OVER (PARTITION BY task ORDER BY _line) = 1",
    "DISTINCT ON": "SELECT DISTINCT ON (task) _file, _line, task AS item_id, 'c' AS course_id, "
    "true AS active FROM answers ORDER BY task, _line",
    "LIMIT 1": "SELECT _file, _line, name AS item_id, 'c' AS course_id, true AS active "
    "FROM (FROM answers LIMIT 1), (VALUES ('a'), ('z')) AS each(name)",
}


@pytest.fixture
def answers(school):
    """A school with three answers, a table of tasks and one that has each task twice."""
    school.put("answers.csv", CSV)
    school.put("tasks.csv", "task\na\n")
    school.put("twice.csv", "task\na\na\n")
    return school


@pytest.mark.parametrize(("sql", "lines"), COUNTED.values(), ids=COUNTED)
def test_lines_without_a_row_and_with_several_are_counted(answers, sql, lines):
    """Whatever the query does with them, none goes unsaid; received counts rows."""
    answers.mapping["attempts"] = sql
    reading = answers.read().reading
    without_row, with_several, rows = lines
    assert reading.lines == (
        LineCounts(
            stream="attempts",
            file="answers.csv",
            without_row=without_row,
            with_several=with_several,
            rows=rows,
        ),
    )
    assert reading.counts.add_up


def test_a_query_that_gives_each_line_one_row_has_nothing_to_say(answers):
    """Broken lines and those between records are no lines without a row."""
    answers.put("answers.csv", CSV + '\n"two\nlines",a,1\nbroken\n10,a,oops\n')
    answers.mapping["attempts"] = OWN
    assert answers.read().reading.lines == ()


@pytest.mark.parametrize("sql", GROUPED.values(), ids=GROUPED)
def test_a_query_that_makes_one_row_of_several_lines_has_nothing_to_say(answers, sql):
    """It leaves lines without a row on purpose."""
    answers.mapping = {"items": sql}
    read = answers.read("items")
    assert (read.facts["item_id"].to_pylist(), read.reading.lines) == (["a", "z"], ())


def test_lines_of_both_files_of_a_union_are_counted(answers):
    """The second file's lines count as the first one's do."""
    answers.mapping["attempts"] = (
        f"{OWN} UNION ALL {OWN.replace('answers', 'more')} WHERE score <> '1'"
    )
    answers.put("more.csv", CSV)
    (lines,) = answers.read().reading.lines
    assert (lines.file, lines.without_row) == ("more.csv", 2)


@pytest.mark.parametrize("sql", GRADEBOOKS.values(), ids=GRADEBOOKS)
def test_a_reason_names_the_value_and_the_item_of_a_wide_gradebook(school, sql):
    """Of several rows of a line, the one that failed is told apart from the others."""
    school.mapping["attempts"] = sql
    school.put("answers.csv", "who,q1,q2\n7,oops,0.5\n8,1,x y\n9,abs,late\n")
    read = school.read()
    assert [(broken.place.partition(", column")[0], broken.reason) for broken in read.broken] == [
        (f"answers.csv, line {line}", f"bad_number: score is not a number that fits: {value}")
        for line, value in (
            (2, "'oops' (item_id 'q1')"),
            (3, "'x y' (item_id 'q2')"),
            (4, "'abs' (item_id 'q1')"),
            (4, "'late' (item_id 'q2')"),
        )
    ]
    assert read.broken[0].raw == b"7,oops,0.5"


def test_a_row_of_a_record_over_two_lines_is_kept_with_both(school):
    """The bytes of a record are all of its lines, ends included."""
    school.mapping["attempts"] = OWN
    school.put("answers.csv", 'who,task,score\r\n7,"a\r\nb ""c""",oops\r\n8,a,oops\r\n')
    assert [broken.raw for broken in school.read().broken] == [
        b'7,"a\r\nb ""c""",oops\r',
        b"8,a,oops\r",
    ]
