"""Files made to do harm: one record, one link or one workbook of theirs stops nothing else."""

import io
import re
import zipfile

import openpyxl
import pytest

from gradeline.base.errors import InputBroken

GOOD = '{"learner_id": "%d", "item_id": "i", "kind": "run", "at": "2024-01-01"}'
NDJSON = 'SELECT _file, _line, learner_id, item_id, kind, "at" FROM attempts'
LITERALS = "x AS learner_id, 'i' AS item_id, 'run' AS kind"
POISONS = {
    "deep arrays": '{"learner_id": "x", "a": ' + "[" * 500 + "]" * 500 + "}",
    "deep objects": '{"learner_id": "x", "a": ' + '{"b":' * 500 + "1" + "}" * 501,
    "deeper than any parser": '{"learner_id": "x", "a": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "a name twice": '{"learner_id": "1", "learner_id": "2"}',
    "hundreds of names": "{" + ", ".join(f'"k{n}": {n}' for n in range(500)) + "}",
}


@pytest.mark.parametrize("poison", POISONS)
def test_one_record_spoils_no_file(school, poison):
    """The one goes to quarantine, the thousand others are stored."""
    school.mapping["attempts"] = NDJSON
    lines = [GOOD % number for number in range(1_000)]
    school.put("attempts.ndjson", "\n".join([*lines[:500], POISONS[poison], *lines[500:]]))
    counts = school.read().reading.counts
    assert (counts.stored, counts.quarantined) == (1_000, 1)


SHEET = "xl/worksheets/sheet1.xml"
FAR = '<row r="20000"><c r="XFD20000"><v>1</v></c></row></sheetData>'


def as_utf16(sheet: str) -> bytes:
    """A sheet in another encoding."""
    return ('<?xml version="1.0" encoding="UTF-16"?>' + sheet).encode("utf-16")


#: What → the sheet's place in the archive, how it is written, and whether it is refused.
SPELLINGS = {
    "plain": (SHEET, str.encode, True),
    "single quotes": (SHEET, lambda sheet: sheet.replace('"', "'").encode(), False),
    "small letters": (SHEET, lambda sheet: sheet.replace("XFD", "xfd").encode(), False),
    "another folder": ("xl/sheets/s.xml", str.encode, True),
    "another ending": ("xl/worksheets/sheet1.dat", str.encode, True),
    "a binary's name": ("xl/x.bin", str.encode, True),
    "UTF-16": (SHEET, as_utf16, False),
}


def with_a_far_cell(place: str, write) -> bytes:
    """A workbook with one learner, and a cell in its last column."""
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.active.append(["7"])
    made, out = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"worksheets/sheet1.xml", place[3:].encode())
            if name == SHEET:
                text = re.sub(r"<\?xml.*?\?>", "", content.decode())
                content = write(text.replace("</sheetData>", FAR))
            new.writestr(place if name == SHEET else name, content)
    return out.getvalue()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_cell_far_away_fills_no_memory(school, spelling):
    """However it is written, the workbook is refused, or its rows are read without the box."""
    place, write, refused = SPELLINGS[spelling]
    school.mapping["attempts"] = (
        f"SELECT _file, _line, {LITERALS}, '2024-01-01' AS at FROM attempts"
    )
    school.put("attempts.xlsx", with_a_far_cell(place, write))
    if refused:
        with pytest.raises(InputBroken, match="spans 20000 rows and 16384 columns"):
            school.read()
    else:
        assert "7" in school.read().facts["learner_id"].to_pylist()


def test_links_are_followed_within_the_folder_and_once(school):
    """A folder that holds itself ends; a link to elsewhere is named, and nothing is read."""
    school.put("attempts.csv", "learner_id,item_id,kind,score,at\n7,i,run,,2024-01-01\n")
    (school.data / "again").symlink_to(school.data)
    (school.data / "self").symlink_to(".")
    assert school.read().reading.counts.stored == 1
    (school.data / "people.csv").symlink_to("/etc/passwd")
    with pytest.raises(InputBroken, match=r"people\.csv is a link that leaves the folder"):
        school.read()
