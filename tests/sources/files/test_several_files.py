"""Queries over several files: what is broken in any of them is named under its own file, once."""

import pytest

from gradeline.base.errors import MappingBroken
from gradeline.sources.erasure.learners import LearnerIds
from gradeline.sources.source import PlanRequest

from .conftest import read_all, read_one

HEADER = "who,task,score,at\n"
ONE = HEADER + "7,a,0.9,2024-03-01\n8,a,0.5,2024-03-01\n"
TWO = HEADER + "7,b,0.8,2024-03-02\n8,b,oops,2024-03-02\n9,b,1,2024-03-02,extra\n"
ROWS = (
    "SELECT _file, _line, who AS learner_id, task AS item_id, 'answer' AS kind, score, \"at\" FROM "
)
UNITED = {
    "two queries": f"{ROWS} first UNION ALL {ROWS} second",
    "a subquery": f"{ROWS} (FROM first UNION ALL BY NAME FROM second)",
    "a WITH": f"WITH united AS (FROM first UNION ALL FROM second) {ROWS} united",
    "three queries": f"{ROWS} first UNION {ROWS} second UNION {ROWS} second",
}
JOINED = (
    "SELECT f._file, f._line, who AS learner_id, topic AS topic_id, 'answer' AS kind, score, "
    '"at" FROM first AS f LEFT JOIN {} AS t ON t.task = f.task'
)
PEOPLE = (
    "SELECT any_value(_file) AS _file, min(_line) AS _line, who AS learner_id FROM {} GROUP BY who"
)


def counted(reads):
    """What became of the records of some slices: received, stored, quarantined."""
    all_counts = [read.reading.counts for read in reads]
    assert all(counts.add_up for counts in all_counts)
    names = ("received", "stored", "quarantined")
    return tuple(sum(getattr(counts, name) for counts in all_counts) for name in names)


@pytest.mark.parametrize("sql", UNITED.values(), ids=UNITED)
def test_a_second_file_of_a_union_keeps_its_own_places_and_bytes(school, sql):
    """A line that cannot be parsed and a row that fails are named under the file they stand in."""
    school.mapping["attempts"] = sql
    school.put("first.csv", ONE)
    school.put("second.csv", TWO)
    read = school.read()
    assert counted([read]) == (5, 3, 2)
    assert [(broken.place, broken.raw) for broken in read.broken] == [
        ("second.csv, line 4", b"9,b,1,2024-03-02,extra"),
        ("second.csv, line 3, column score", b"8,b,oops,2024-03-02"),
    ]
    assert read.broken[1].reason == "bad_number: score is not a number that fits: 'oops'"


def test_files_of_a_union_may_have_different_formats(school):
    """A record of NDJSON is named by its line as well, with its own bytes."""
    school.mapping["attempts"] = UNITED["two queries"]
    bad = b'{"who": "8", "task": "b", "score": "oops", "at": "2024-03-02"}\n'
    school.put("first.csv", ONE)
    school.put("second.ndjson", bad + b"{broken\n")
    assert [(broken.place, broken.raw) for broken in school.read().broken] == [
        ("second.ndjson, line 2", b"{broken\n"),
        ("second.ndjson, line 1, column score", bad),
    ]


def test_a_union_adds_the_rows_of_its_second_file_once(school):
    """Where its first table has several files, the rows of the other come with the first one."""
    school.mapping["attempts"] = UNITED["two queries"]
    school.put("a/first.csv", ONE)
    school.put("b/first.csv", ONE + "broken\n")
    school.put("second.csv", TWO)
    reads = read_all(school.source(), school.home)
    assert [read.reading.counts.received for read in reads] == [5, 3]
    assert [broken.place for broken in reads[1].broken] == ["b/first.csv, line 4"]
    assert [row for read in reads for row in read.facts["item_id"].to_pylist()].count("b") == 1


@pytest.mark.parametrize("read_by", ["a join", "a lookup"])
def test_a_broken_line_of_a_file_that_is_joined_is_named(school, read_by):
    """It is a record of the slice that reads the file, under the file's own name."""
    school.mapping = {"attempts": JOINED.format("topics" if read_by == "a join" else "_topics")}
    if read_by == "a lookup":
        school.mapping["_topics"] = (
            "SELECT task, any_value(topic) AS topic FROM topics GROUP BY task"
        )
    school.put("first.csv", ONE)
    school.put("topics.csv", "task,topic\na,Fractions\nb\n")
    read = school.read()
    assert counted([read]) == (3, 2, 1)
    assert (read.broken[0].place, read.broken[0].raw) == ("topics.csv, line 3", b"b")


def test_a_broken_line_counts_once_however_many_queries_read_its_file(school):
    """The slice of the last table has it; the others know that their file is not whole."""
    school.mapping = {
        "learners": PEOPLE.format("first"),
        "groups": "SELECT _file, _line, 'g' AS group_id, 'c' AS course_id, true AS rolling FROM first "
        "LIMIT 1",
        "memberships": "SELECT _file, _line, who AS learner_id, 'g' AS group_id, 'c' AS course_id, "
        "'learner' AS role FROM first",
        "attempts": f"{ROWS} second UNION ALL {ROWS} first",
    }
    school.put("first.csv", ONE + "broken\n")
    school.put("second.csv", HEADER)
    reads = read_all(school.source(), school.home)
    assert [read.reading.counts.quarantined for read in reads] == [0, 0, 0, 1]
    assert [read.reading.broken_elsewhere for read in reads] == [1, 1, 1, 0]


def test_who_counts_a_file_is_part_of_a_slices_fingerprint(school):
    """A query that is added takes the broken lines over, so both slices are read again."""
    school.mapping = {"learners": PEOPLE.format("first")}
    school.put("first.csv", ONE + "broken\n")
    (before,) = school.source().plan(PlanRequest()).slices
    school.mapping["attempts"] = f"{ROWS} first"
    after = school.source().plan(PlanRequest()).slices
    assert [each.slice.stream for each in after] == ["learners", "attempts"]
    assert after[0].fingerprint != before.fingerprint


def test_rows_may_come_from_a_table_that_is_joined(school):
    """A query may begin with one table and take its rows from another that it reads."""
    school.mapping["attempts"] = JOINED.format("first").replace(
        "FROM first AS f LEFT JOIN first AS t", "FROM topics AS t JOIN first AS f"
    )
    school.put("topics.csv", "task,topic\na,Fractions\n")
    school.put("first.csv", ONE + "9,a,oops,2024-03-01\n9,z,1,2024-03-01\n")
    read = school.read()
    assert read.broken[0].place == "first.csv, line 4, column score"
    assert [(each.file, each.without_row) for each in read.reading.lines] == [("first.csv", 1)]


def test_a_file_that_the_query_does_not_read_is_a_mistake_of_the_mapping(school):
    """The message names the SQL file, what it gives and what it reads."""
    school.mapping["attempts"] = ROWS.replace("_file", "'second.csv' AS _file") + "first"
    school.put("first.csv", ONE)
    school.put("second.csv", TWO)
    with pytest.raises(
        MappingBroken, match=r"attempts\.sql gives 'second\.csv' as _file, but it reads first\.csv"
    ):
        school.read()


def test_records_of_a_united_file_are_erased_and_reported_once(school):
    """Whoever asks what was erased hears of the second file too."""
    school.mapping["attempts"] = UNITED["two queries"]
    school.put("first.csv", ONE)
    school.put("second.csv", TWO)
    source, places = school.source(), []
    plan = source.plan(PlanRequest())
    raws = [raw.path for raw in plan.fetch(plan.slices[0], school.home)]
    who = LearnerIds(ids=frozenset({"7"}), emails=frozenset())
    source.erase_learners(
        plan.slices[0], raws, who, school.home, lambda place, _raw: places.append(place)
    )
    assert places == ["first.csv, line 2", "second.csv, line 2"]


def test_a_copy_gives_the_same_places(school):
    """Read again from the lake, a UNION names the same lines in the same order."""
    school.mapping["attempts"] = UNITED["two queries"]
    school.put("first.csv", ONE)
    school.put("second.csv", TWO)
    source = school.source()
    (planned,) = source.plan(PlanRequest()).slices
    first = read_one(source, planned, school.home)
    again = read_one(source, planned, school.home)
    assert (again.broken, again.reading.checksum) == (first.broken, first.reading.checksum)
