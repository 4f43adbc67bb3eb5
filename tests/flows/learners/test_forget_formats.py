"""What `learners forget` promises holds for every format of a school's files."""

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.conftest import copy_home
from xlsxwriter import Workbook

from gradeline.flows.learners.forget import forget
from gradeline.warehouse import stop_embedded
from gradeline.warehouse.slices import ledger

from . import conftest
from .conftest import LEARNERS, course_of, dump, everything_kept, no_progress, opened, run, terms

#: Each stream has a leading file and one that is joined; an id may be a number or a text in it.
MAPPING = conftest.MAPPING | {
    "groups": conftest.MAPPING["groups"].replace("FROM people", "FROM members"),
    "learners": "SELECT p._file, p._line, p.id::VARCHAR AS learner_id, p.name, p.mail AS email "
    "FROM people AS p LEFT JOIN phones AS t ON t.id::VARCHAR = p.id::VARCHAR",
    "memberships": "SELECT m._file, m._line, m.id::VARCHAR AS learner_id, "
    "m.course || '/all' AS group_id, m.course AS course_id, 'learner' AS role, r.since AS starts_on "
    "FROM members AS m LEFT JOIN registrations AS r ON r.id::VARCHAR = m.id::VARCHAR",
    "attempts": "SELECT a._file, a._line, a.who::VARCHAR AS learner_id, a.course AS course_id, "
    "a.item AS item_id, 'answer' AS kind, a.score, a.at FROM answers AS a "
    "LEFT JOIN notes AS n ON n.who::VARCHAR = a.who::VARCHAR",
}
LEADING, JOINED = ("people", "members", "answers"), ("phones", "registrations", "notes")


def write_workbook(path, rows):
    """A workbook of one sheet, its first row the header."""
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(rows[0]), *(row.values() for row in rows)]):
            sheet.write_row(number, 0, row)


def as_table(rows, delimiter):
    """Rows as lines of CSV or TSV; no value needs quotes."""
    lines = [list(rows[0]), *(row.values() for row in rows)]
    return "".join(delimiter.join(map(str, line)) + "\n" for line in lines).encode()


def as_lines(rows):
    """Rows as NDJSON."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


WRITERS = {
    "csv": lambda path, rows: path.write_bytes(as_table(rows, ",")),
    "tsv": lambda path, rows: path.write_bytes(as_table(rows, "\t")),
    "ndjson": lambda path, rows: path.write_bytes(as_lines(rows)),
    "ndjson.gz": lambda path, rows: path.write_bytes(gzip.compress(as_lines(rows))),
    "json": lambda path, rows: path.write_text(json.dumps(rows)),
    "parquet": lambda path, rows: pq.write_table(pa.Table.from_pylist(rows), path),
    "xlsx": write_workbook,
}


def write_people(data: Path, formats, learners):
    """Write the files that name learners, each in its format."""
    rows = {
        "people": [{"id": n, "name": f"Name{n}-", "mail": f"Mail{n}@x.example"} for n in learners],
        "members": [{"id": n, "course": course_of(n), "desk": f"desk{n}-"} for n in learners],
        "answers": [
            {"who": n, "item": "i1", "course": course_of(n), "score": 0.17, "at": "2024-02-10"}
            | {"text": f"text{n}-"}
            for n in learners
        ],
        "phones": [{"id": n, "phone": f"phone{n}-"} for n in learners],
        "registrations": [{"id": n, "since": "2024-01-02", "by": f"by{n}-"} for n in learners],
        "notes": [{"who": n, "note": f"note{n}-"} for n in learners],
    }
    for name, extension in formats.items():
        WRITERS[extension](data / f"{name}.{extension}", rows[name])


def words_about(learner):
    """Texts that stand in the rows of one learner, each in another file."""
    texts = ("name{}-", "mail{}@x.example", "desk{}-", "text{}-", "phone{}-", "by{}-", "note{}-")
    return {text.format(learner) for text in texts}


def stored_rows(parts):
    """Table → its rows, without their slices and positions, which a smaller file may change."""
    tables = {f"files_{name}" for name in ("learners", "memberships", "attempts")}
    return {
        name: {row.split(",", 2)[2] for row in rows}
        for name, rows in dump(parts).items()
        if name in tables
    }


def check_kept(parts, home, learners):
    """All texts of these learners are kept, none of 17, and the counts of each slice add up."""
    text = everything_kept(parts, home).lower()
    missing = {word for learner in learners for word in words_about(learner) if word not in text}
    assert (missing, {word for word in words_about(17) if word in text}) == (set(), set())
    with parts.database.connect() as connection:
        for entry in ledger.read_entries(connection):
            counts = entry.counts
            assert counts.received == counts.stored + counts.already_there + counts.quarantined


@pytest.fixture
def place(short_folder, migrated_home):
    """A school without the files that name learners, never run."""
    copy_home(migrated_home, short_folder / "home")
    conftest.make_data(short_folder / "data")
    (short_folder / "mapping").mkdir()
    for name in ("people", "registrations", "answers"):
        (short_folder / "data" / f"{name}.csv").unlink()
    for table, query in MAPPING.items():
        (short_folder / "mapping" / f"{table}.sql").write_text(query)
    yield short_folder
    stop_embedded(short_folder / "home")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("leading", "joined"),
    [
        (("csv", "ndjson", "json"), ("parquet", "xlsx", "tsv")),
        (("parquet", "xlsx", "ndjson.gz"), ("ndjson", "json", "csv")),
    ],
)
def test_one_learner_goes_and_all_others_stay(place, leading, joined):
    """No file names the learner, others lose nothing, and the next run does not bring them back."""
    formats = dict(zip(LEADING + JOINED, leading + joined, strict=True))
    others = [n for n in LEARNERS if n != 17]
    write_people(place / "data", formats, LEARNERS)
    with opened(place) as parts:
        assert not run(parts).failed
        before = stored_rows(parts)
        forget(parts, "files:s:17", terms(), no_progress, lambda _words: None)
        check_kept(parts, place / "home", others)
        after = stored_rows(parts)
        assert {name: len(before[name] - rows) for name, rows in after.items()} == dict.fromkeys(
            after, 1
        )
        assert all(rows < before[name] for name, rows in after.items())
        write_people(place / "data", formats, [*LEARNERS, 31])
        assert not run(parts).failed
        check_kept(parts, place / "home", [*others, 31])
        assert all(rows < stored_rows(parts)[name] for name, rows in after.items())
