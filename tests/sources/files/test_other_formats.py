"""JSON, NDJSON and XLSX beside CSV: the same rows, and the same care with what is broken."""

import gzip
import io
import json
import zipfile

import openpyxl
import pytest

from gradeline.base.errors import InputBroken

HEADER = ["learner_id", "item_id", "kind", "score", "at"]
ROWS = [[7, "task-1", "answer", 0.5, "2024-03-01"], [8, "task-1", "run", None, "2024-03-02"]]
RECORDS = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
LINES = "\n".join(json.dumps(record) for record in RECORDS).encode()
BROKEN = {
    "cut in the middle": b'{"learner_id": 9, "item_id": "tas',
    "not a number": b'{"learner_id": 9, "score": NaN}',
    "too deep": b'{"learner_id": ' + b"[" * 100_000,
    "no object": b"[1, 2]",
    "half a character": b'{"learner_id": "\xff"}',
    "a NUL": b'{"learner_id": "a\\u0000"}',
}


def workbook(rows):
    """The bytes of a workbook with these rows on its first sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(content, part, old, new):
    """The workbook with some text of one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in given.infolist():
            body = given.read(entry)
            made.writestr(
                entry.filename, body.replace(old, new) if entry.filename == part else body
            )
    return out.getvalue()


FILES = {
    "attempts.ndjson": LINES,
    "attempts.jsonl": LINES + b"\n\n",
    "attempts.ndjson.gz": gzip.compress(LINES),
    "attempts.json": json.dumps(RECORDS, indent=1).encode(),
    "attempts.xlsx": workbook([HEADER, *ROWS]),
}


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_rows(school, name):
    """A school may bring any of them; ids stay whole numbers."""
    school.put(name, FILES[name])
    facts = school.read().facts
    assert facts["learner_id"].to_pylist() == ["7", "8"]
    assert [str(score) for score in facts["score"].to_pylist()] == ["0.500000", "None"]


@pytest.mark.parametrize("line", BROKEN.values(), ids=BROKEN)
def test_a_broken_line_of_json_is_set_aside(school, line):
    """One bad line costs one line: it is counted, with its number and bytes."""
    school.put("attempts.ndjson", LINES.replace(b"\n", b"\n" + line + b"\n"))
    read = school.read()
    assert (
        read.reading.counts.received,
        read.reading.counts.stored,
        read.reading.counts.quarantined,
    ) == (3, 2, 1)
    assert read.broken[0].place == "attempts.ndjson, line 2"
    assert read.broken[0].raw.strip() == line[:65_536]


def test_large_ids_of_json_stay_whole(school):
    """An id beyond 2⁵³ is not rounded."""
    school.put(
        "attempts.ndjson", LINES.replace(b'"learner_id": 7', b'"learner_id": 9007199254740993')
    )
    assert school.read().facts["learner_id"][0].as_py() == "9007199254740993"


@pytest.mark.parametrize("cut", [1, 10, -1, -9])
def test_a_gzip_file_cut_short_is_named(school, cut):
    """Half a download is never taken for a whole one."""
    school.put("attempts.ndjson.gz", FILES["attempts.ndjson.gz"][:cut])
    with pytest.raises(InputBroken, match=r"attempts\.ndjson\.gz"):
        school.read()


def test_a_cell_of_a_workbook_counts_by_its_value(school):
    """A formula is what it came to when the file was saved; a day is a day."""
    content = workbook([HEADER, [7, "task-1", "answer", 0.25, "2024-03-01"]])
    school.put(
        "attempts.xlsx",
        replaced(content, "xl/worksheets/sheet1.xml", b"<v>0.25</v>", b"<f>1/4</f><v>0.25</v>"),
    )
    assert str(school.read().facts["score"][0].as_py()) == "0.250000"


UNSAFE = {
    "entities": (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet', "unsafe_xml"),
    "a cell at the far end": (
        b'r="E2"',
        b'r="XFD1048576"',
        "unsafe_xml: a sheet of attempts.xlsx spans",
    ),
    "a bomb": (
        b"<sheetData>",
        b"<sheetData>" + b" " * 50_000_000,
        "unsafe_archive: attempts.xlsx unfolds to",
    ),
}


@pytest.mark.parametrize(("old", "new", "words"), UNSAFE.values(), ids=UNSAFE)
def test_an_unsafe_workbook_is_refused(school, old, new, words):
    """A small file that would eat memory is refused before it can."""
    content = replaced(workbook([HEADER, *ROWS]), "xl/worksheets/sheet1.xml", old, new)
    school.put("attempts.xlsx", content)
    with pytest.raises(InputBroken) as caught:
        school.read()
    assert str(caught.value).startswith(words)


def test_a_workbook_cut_short_is_named(school):
    """Half a workbook is no workbook."""
    school.put("attempts.xlsx", FILES["attempts.xlsx"][:2000])
    with pytest.raises(InputBroken, match=r"attempts.xlsx is not a complete XLSX file"):
        school.read()
