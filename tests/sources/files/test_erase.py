"""A school's own files without a learner, in every format that can be rewritten."""

import gzip
import json
import zipfile
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.sources.erasure.learners import LearnerIds
from gradeline.sources.files.erase_xlsx import erase_rows
from gradeline.sources.source import PlanRequest

from .conftest import read_one

WHO = LearnerIds(ids=frozenset({"17"}), emails=frozenset({"ana@x.example"}))
MAPPING = {
    "learners": "SELECT _file, _line, who::VARCHAR AS learner_id, mail AS email FROM people",
    "attempts": "SELECT a._file, a._line, a.who::VARCHAR AS learner_id, 'i' AS item_id, "
    "'answer' AS kind, a.score, p.since AS \"at\" FROM answers AS a LEFT JOIN people AS p ON p.who = a.who",
}
#: 17 is also a score: a number means a learner in a learner's column alone.
PEOPLE = [{"who": n, "mail": f"m{n}@x.example", "since": "2024-01-01"} for n in (5, 17, 18)]
ANSWERS = [{"who": n, "score": score} for n in (5, 17, 18) for score in (0.17, 0.5)]


def as_csv(rows, encoding="utf-8"):
    """Rows as a CSV file; the second row's first value over two lines is not needed here."""
    lines = [",".join(rows[0]), *(",".join(map(str, row.values())) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


WRITERS = {
    "csv": as_csv,
    "tsv": lambda rows: as_csv(rows).replace(b",", b"\t"),
    "utf-16.csv": lambda rows: as_csv(rows, "utf-16"),
    "ndjson": lambda rows: "\n".join(map(json.dumps, rows)).encode() + b"\n",
    "ndjson.gz": lambda rows: gzip.compress("\n".join(map(json.dumps, rows)).encode()),
    "json": lambda rows: json.dumps(rows).encode(),
}


@pytest.fixture
def filled(school):
    """Fills the school with both tables in one format."""

    def fill(form):
        school.mapping = MAPPING
        for name, rows in (("people", PEOPLE), ("answers", ANSWERS)):
            ending = form.rpartition("utf-16.")[2]
            if form == "parquet":
                pq.write_table(pa.Table.from_pylist(rows), school.data / f"{name}.parquet")
            else:
                school.put(f"{name}.{ending}", WRITERS[form](rows))
        return school

    return fill


def find_rewritten(school, stream, who=WHO):
    """What reading a slice gives without them, what was taken out, and who was found first."""
    source, taken = school.source(), []
    plan = source.plan(PlanRequest())
    (planned,) = (each for each in plan.slices if each.slice.stream == stream)
    raws = [raw.path for raw in plan.fetch(planned, school.home)]
    found = source.find_learners(planned, raws, lambda text: text in who.ids)
    paths = source.erase_learners(
        planned, raws, who, school.home, lambda place, _raw: taken.append(place)
    )
    facts = school.home / "facts.parquet"
    reading = source.read(planned, paths, facts)
    return reading, pq.read_table(facts, partitioning=None).to_pylist(), taken, found


@pytest.mark.parametrize("form", [*WRITERS, "parquet"])
def test_every_format_is_read_without_them(filled, form):
    """Their two answers are gone, the other four are as they were; they were found by their id."""
    reading, rows, taken, found = find_rewritten(filled(form), "attempts")
    assert (reading.counts.received, reading.counts.stored, len(taken)) == (4, 4, 2)
    assert [row["learner_id"] for row in rows] == ["5", "5", "18", "18"]
    assert found == {"17"}


@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_rows_of_text_keep_their_places(filled, form):
    """A row's position, which its id may be made of, is what it was."""
    school = filled(form)
    source = school.source()
    planned = source.plan(PlanRequest()).slices
    (planned,) = (each for each in planned if each.slice.stream == "attempts")
    before = {row["position"] for row in read_one(source, planned, school.home).facts.to_pylist()}
    after = {row["position"] for row in find_rewritten(school, "attempts")[1]}
    assert after < before


def test_a_file_that_no_table_leads_is_known_by_the_name_of_its_column(filled):
    """A joined file loses the learner's lines too."""
    school = filled("csv")
    school.put("extra.csv", "who,day\n5,1\n17,2\n18,17\n")
    school.mapping = MAPPING | {
        "learners": "SELECT p._file, p._line, p.who AS learner_id FROM people AS p "
        "LEFT JOIN extra AS e ON e.who = p.who"
    }
    source = school.source()
    plan = source.plan(PlanRequest())
    (planned,) = (each for each in plan.slices if each.slice.stream == "learners")
    raws = [raw.path for raw in plan.fetch(planned, school.home)]
    paths = source.erase_learners(planned, raws, WHO, school.home, lambda _place, _raw: None)
    assert b"who,day\n5,1\n\n18,17\n" in [path.read_bytes() for path in paths]


def test_a_learner_goes_under_every_spelling(filled):
    """Blanks around an id and accents of their own hide nobody."""
    school = filled("csv")
    school.put(
        "people.csv", "who,mail,since\n17\u00a0,a@x,2024-01-01\n5,ANA\u0301@x.org,2024-01-01\n"
    )
    who = LearnerIds(ids=frozenset({"17"}), emails=frozenset({"an\xe1@x.org"}))
    reading, rows, taken, found = find_rewritten(school, "learners", who)
    assert (reading.counts.stored, rows, len(taken), found) == (0, [], 2, {"17"})


def test_a_number_in_a_file_about_something_else_is_not_a_learner(filled):
    """Item 17 stays where learner 17 goes, though both files call the column alike."""
    school = filled("csv")
    tasks = school.put("tasks.csv", "who,title\n17,Area\n18,Ana ana@x.example\n")
    school.mapping = MAPPING | {
        "items": "SELECT _file, _line, who AS item_id, 'c' AS course_id, title FROM tasks",
        "attempts": f"{MAPPING['attempts']} LEFT JOIN tasks AS t ON t.title = a.score::VARCHAR",
    }
    source = school.source()
    plan = source.plan(PlanRequest())
    (planned,) = (each for each in plan.slices if each.slice.stream == "attempts")
    raws = [raw.path for raw in plan.fetch(planned, school.home)]
    paths = source.erase_learners(planned, raws, WHO, school.home, lambda _place, _raw: None)
    (place,) = (at for at, path in enumerate(raws) if path == tasks)
    assert paths[place].read_bytes() == b"who,title\n17,Area\n\n"


def test_learners_of_a_slice_are_found_by_files_that_it_does_not_read(filled):
    """A stream without learners reads a file with them: the mapping of another stream knows."""
    school = filled("csv")
    school.mapping = MAPPING | {
        "groups": "SELECT any_value(_file) AS _file, min(_line) AS _line, 'g' AS group_id, "
        "'c' AS course_id FROM answers"
    }
    source = school.source()
    plan = source.plan(PlanRequest())
    (planned,) = (each for each in plan.slices if each.slice.stream == "groups")
    raws = [raw.path for raw in plan.fetch(planned, school.home)]
    found = source.find_learners(planned, raws, WHO.ids.__contains__)
    (path,) = source.erase_learners(planned, raws, WHO, school.home, lambda _place, _raw: None)
    assert found == {"17"}
    assert path.read_bytes() == b"who,score\r\n5,0.17\r\n5,0.5\r\n\n\n18,0.17\r\n18,0.5\r\n"


def test_a_workbook_keeps_its_other_rows_where_they_are(school):
    """Text, numbers, days and what a cell alone can hold are read as before; the learner is gone."""
    from openpyxl import Workbook  # only this test makes a workbook

    book = Workbook()
    odd = ' two\nlines, _x0041_ & <b>"q"</b> \U0001f600 '
    for row in (
        [],
        ["learner_id", "item_id", "kind", "score", "at", None, "note"],
        ["17", "i", "answer", 0.5, "2024-01-01", None, "Ana"],
        [18, odd.replace("_x", "_x005F_x"), "answer", 1, date(2024, 1, 1), None, True],
        ["17", "j", "answer", 0.5, "2024-01-01"],
        ["5", "i", "answer", 0.25, date(2024, 1, 2), "beyond"],
    ):
        book.active.append(row)
    book.create_sheet("others")["A1"] = "17 is Ana"
    book.save(school.data / "attempts.xlsx")
    source = school.source()
    (planned,) = source.plan(PlanRequest()).slices
    before = read_one(source, planned, school.home).facts.to_pylist()
    _, after, taken, found = find_rewritten(school, "attempts")
    assert after == [row for row in before if row["learner_id"] != "17"]
    assert odd.strip() in {row["item_id"] for row in after}
    assert (len(taken), found) == (2, {"17"})


def test_a_rewritten_workbook_holds_nothing_of_who_is_gone(school):
    """Neither in a row nor in any other part of the file; written twice, it is the same bytes."""
    from openpyxl import Workbook  # only these tests make workbooks

    book = Workbook()
    for row in (["learner_id", "name"], ["secret-17", "Ana"], ["secret-18", "Eva"]):
        book.active.append(row)
    book.create_sheet("others")["A1"] = "secret-17"
    path, made = school.home / "book.xlsx", [school.home / f"{n}.xlsx" for n in (1, 2)]
    book.save(path)
    for to in made:
        erase_rows(path, "book.xlsx", {2}, to, lambda _place, _raw: None)
    with zipfile.ZipFile(made[0]) as archive:
        told = b"".join(map(archive.read, archive.namelist()))
    assert b"Ana" not in told
    assert b"secret-17" not in told
    assert b"secret-18" in told
    assert made[0].read_bytes() == made[1].read_bytes()
