"""What a sheet shows is what is stored; a cell without a value is named, not taken for an empty one."""

import io
import zipfile
from datetime import datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from gradeline.base.errors import InputBroken
from gradeline.sources.erasure.learners import LearnerIds
from gradeline.sources.tabular.number_formats import Kind, parse_format

from .conftest import School
from .test_erase import find_rewritten

SQL = "SELECT _file, _line, x AS learner_id, 'i' AS item_id, 'run' AS kind, '2024-03-01' AS at FROM attempts"

DAY = datetime.fromisoformat("2024-03-01")


def workbook(cells, *, epoch_1904=False):
    """A workbook by openpyxl with one column `x`; a cell is a value, or a value and its format."""
    book = openpyxl.Workbook()
    if epoch_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["x"])
    for row, cell in enumerate(cells, start=2):
        value, number_format = cell if isinstance(cell, tuple) else (cell, "")
        made = book.active.cell(row, 1, value)
        made.number_format = number_format or made.number_format
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def part_replaced(content, part, old, new):
    """The workbook with some text of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for entry in given.infolist():
            body = given.read(entry)
            made.writestr(entry, body.replace(old, new) if entry.filename == part else body)
    return out.getvalue()


CELLS = {
    "digits": (1234567890123456, "1234567890123456"),
    "the last exact number": (2**53 - 1, "9007199254740991"),
    "a whole number": (7.0, "7"),
    "below zero": (-7, "-7"),
    "a fraction": (66.25, "66.25"),
    "leading zeros": ((123, "000000"), "000123"),
    "more digits than zeros": ((1234567, "0000"), "1234567"),
    "two decimals": ((90, "0.00"), "90.00"),
    "a rounded number": ((66.6666667, "0.00"), "66.6666667"),
    "optional decimals": ((1.5, "0.0##"), "1.5"),
    "a percent": ((0.9, "0%"), "0.9"),
    "thousands": ((1234, "#,##0"), "1234"),
    "thousands by blanks": ((1234, "#\\ ##0"), "1234"),
    "money": ((5, '[$€-407]\\ 0.00'), "5"),
    "points": ((90, '0" points"'), "90"),
    "an id with letters": ((12, '"ID-"0000'), "ID-0012"),
    "a number with dashes": ((123456789, "000\\-00\\-0000"), "123-45-6789"),
    "a colour": ((7, "[Red]000"), "007"),
    "a negative of two sections": ((-7, "000;(000)"), "-7"),
    "text format": ((7, "@"), "7"),
    "a truth value": (True, "true"),
    "a text of digits": ("00123", "00123"),
    "a formula's text": ("a_x000D_b", "a\rb"),
    "an underscore": ("_x005F_x0041_", "_x0041_"),
    "a day": (DAY, "2024-03-01"),
    "a time and a day": (DAY + timedelta(hours=10, minutes=30), "2024-03-01 10:30:00"),
    "a time of day": (time(10, 30), "10:30:00"),
    "how long it took": (timedelta(hours=30), "108000.0"),
    "a day by a format of one's own": ((45352, '[$-409]d\\ mmm"."yy'), "2024-03-01"),
    "rich text": (CellRichText("a", TextBlock(InlineFont(b=True), "b c")), "ab c"),
}  # fmt: skip


def test_a_cell_is_stored_as_it_is_shown(school):
    """Digits and zeros stay; a format that rounds or adds a unit does not change the number."""
    school.mapping["attempts"] = SQL
    school.put("attempts.xlsx", workbook([cell for cell, _ in CELLS.values()]))
    stored = school.read().facts["learner_id"].to_pylist()
    assert dict(zip(CELLS, stored, strict=True)) == {key: text for key, (_, text) in CELLS.items()}


def test_a_workbook_of_1904_has_its_own_days(school):
    """Old workbooks of a Mac count days from another one."""
    school.mapping["attempts"] = SQL
    content = workbook([DAY, datetime.fromisoformat("1904-01-02 12:00")], epoch_1904=True)
    school.put("attempts.xlsx", content)
    assert school.read().facts["learner_id"].to_pylist() == ["2024-03-01", "1904-01-02 12:00:00"]


FAULTS = {
    "=45*2": "no_value: x (cell A3) is a formula without a value: open the workbook in Excel and save it",
    "#N/A": "error_value: x (cell A3) is the error value #N/A",
    "#DIV/0!": "error_value: x (cell A3) is the error value #DIV/0!",
    12345678901234567: "inexact_number: x (cell A3) is 12345678901234570, a number that Excel "
    "cannot hold exactly: enter it as text",
    2**53: "inexact_number: x (cell A3) is 9007199254740992, a number that Excel cannot hold",
}


@pytest.mark.parametrize(("cell", "reason"), FAULTS.items(), ids=map(str, FAULTS))
def test_a_cell_without_a_value_is_named(school, cell, reason):
    """Its row goes to quarantine with column and cell, the rows around it are stored."""
    school.mapping["attempts"] = SQL
    school.put("attempts.xlsx", workbook(["a", cell, "b"]))
    read = school.read()
    assert read.facts["learner_id"].to_pylist() == ["a", "b"]
    (broken,) = read.broken
    assert broken.place == "attempts.xlsx, line 3"
    assert broken.reason.startswith(reason)


def test_a_formula_that_its_writer_did_not_compute_has_no_value(school):
    """A writer may put 0 for each formula and ask Excel to compute them at its start."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["x", "a"])
        sheet.write_formula(2, 0, "=45*2")
        sheet.write_formula(3, 0, "=45*2", value=90)
        sheet.write_formula(4, 0, "=45*2", value="")
        sheet.write_number(5, 0, 0)
    school.mapping["attempts"] = SQL
    school.put("attempts.xlsx", out.getvalue())
    read = school.read()
    assert read.facts["learner_id"].to_pylist() == ["a", "90", "0"]
    assert [broken.place for broken in read.broken] == [
        "attempts.xlsx, line 3",
        "attempts.xlsx, line 5",
    ]


@pytest.mark.parametrize(
    ("sql", "stored"),
    [
        (SQL, 1),
        (SQL.replace("x AS", "a.x AS") + " AS a", 1),
        (SQL + " WHERE average IS NULL OR true", 0),
        (SQL.replace("FROM", "FROM (SELECT * FROM attempts) --"), 0),
        (SQL.replace("x AS", "to_json(attempts)::VARCHAR AS"), 0),
    ],
)
def test_a_column_that_nothing_reads_spoils_no_row(school, sql, stored):
    """An average that cannot be computed matters only where the mapping may read it."""
    school.mapping["attempts"] = sql
    book = openpyxl.Workbook()
    for row in (["x", "Average"], ["7", "#DIV/0!"]):
        book.active.append(row)
    book.save(school.data / "attempts.xlsx")
    counts = school.read().reading.counts
    assert (counts.stored, counts.quarantined) == (stored, 1 - stored)


SHEET = "xl/worksheets/sheet1.xml"
DIALECTS = {
    "a prefix": (b"<worksheet xmlns=", b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns='),
    "no places": (b' r="A3"', b""),
    "pretty": (b"<c ", b"\n   <c "),
    "a comment": (b"<sheetData>", b"<!-- c --><sheetData>"),
    "another namespace": (b"<sheetData>", b'<y xmlns="urn:y"><c r="A9"><v>1</v></c></y><sheetData>'),
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_sheet_is_read_whatever_its_writer_likes(school, dialect):
    """What XML leaves to its writer changes nothing."""
    old, new = DIALECTS[dialect]
    content = part_replaced(workbook([7, 8]), SHEET, old, new)
    if dialect == "a prefix":
        content = part_replaced(content, SHEET, b"</worksheet>", b"</x:worksheet>")
    school.mapping["attempts"] = SQL
    school.put("attempts.xlsx", content)
    assert school.read().facts["learner_id"].to_pylist() == ["7", "8"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"<v>7</v>", b"<v>seven</v>"),
        (SHEET, b"</worksheet>", b"</worksheet"),
        ("xl/workbook.xml", b"<sheet ", b"<shed "),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"),
    ],
)
def test_a_workbook_that_is_damaged_is_named(school, part, old, new):
    """Whatever is wrong inside, the message is about the workbook."""
    school.mapping["attempts"] = SQL
    school.put("attempts.xlsx", part_replaced(workbook([7]), part, old, new))
    with pytest.raises(InputBroken, match=r"^attempts\.xlsx cannot be read as XLSX: "):
        school.read()


def test_a_learner_is_erased_beside_cells_without_a_value(school):
    """The new workbook has the same rows and the same faults, but for the learner's."""
    school.mapping["attempts"] = SQL
    school.put("attempts.xlsx", workbook(["5", "#N/A", "17", 2**53, "=1", (7, "000")]))
    who = LearnerIds(ids=frozenset({"17"}), emails=frozenset())
    reading, rows, taken, _ = find_rewritten(school, "attempts", who)
    assert [row["learner_id"] for row in rows] == ["5", "007"]
    assert (reading.counts.stored, reading.counts.quarantined) == (2, 3)
    assert taken == ["attempts.xlsx, row 4"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("d/m/yy", Kind.TIME),
        ("[$-F800]dddd\\,\\ mmmm\\ dd", Kind.TIME),
        ("[mm]:ss", Kind.ELAPSED),
        ('"day "0', None.__class__),
        ("General", None.__class__),
        ("0.00E+00", None.__class__),
        ("# ?/?", None.__class__),
        ("[>100]0;000", None.__class__),
    ],
)
def test_a_format_is_told_by_its_signs(code, kind):
    """Letters in quotes, colours and conditions are no days."""
    found = parse_format(200, code)
    assert found is kind or (kind is type(None) and not isinstance(found, Kind))


ERRORS = ("#N/A", "#REF!")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(-1e6, 1e6, allow_nan=False),
    TEXTS,
    st.integers(0, 4 * 10**9).map(lambda s: datetime.fromisoformat("1970-01-01") + timedelta(seconds=s)),
    st.sampled_from([*ERRORS, "=1+1"]),
)  # fmt: skip


def by_openpyxl(rows):
    """A workbook of these rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(rows):
    """The same by another library; it writes texts to a part of their own."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value in ERRORS:
                    sheet.write_formula(number, column, "=NA()", value=value)
                elif isinstance(value, str) and not _is_formula(value):
                    sheet.write_string(number, column, value)
                else:
                    sheet.write(number, column, value)
    return out.getvalue()


def _is_formula(text):
    """Whether both libraries write a text as a formula, and without a value."""
    return text.startswith("=") and len(text) > 1


def shown(value):
    """What is stored of a cell that openpyxl reads as this value; an error where it has none."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return str(value).removesuffix(" 00:00:00")
    if isinstance(value, str):
        return ValueError if value in ERRORS or _is_formula(value) else value
    whole = float(value).is_integer()
    return (
        ValueError if whole and abs(value) >= 2**53 else str(int(value)) if whole else repr(value)
    )


@given(
    cells=st.lists(VALUES, min_size=1, max_size=10),
    write=st.sampled_from([by_openpyxl, by_xlsxwriter]),
)
def test_every_row_of_a_sheet_is_stored_or_named(tmp_path_factory, cells, write):
    """Two writers, and an independent reader: each row is in one place, with the same value."""
    content = write([["n", "x"], *([f"r{n}", cell] for n, cell in enumerate(cells))])
    sql = "SELECT _file, _line, n AS learner_id, x AS name FROM attempts"
    school = School(home=tmp_path_factory.mktemp("law"), mapping={"learners": sql})
    school.put("attempts.xlsx", content)
    read = school.read("learners")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    expected = {row[0].value: shown(row[1].value) for row in sheet.iter_rows(min_row=2)}
    assert read.reading.counts.add_up
    assert read.reading.counts.received == len(cells)
    stored = dict(
        zip(*(read.facts[name].to_pylist() for name in ("learner_id", "name")), strict=True)
    )
    named = {f"r{int(broken.place.split('line ')[1].split(',')[0]) - 2}" for broken in read.broken}
    assert named == {row for row, text in expected.items() if text is ValueError}
    assert stored == {row: text for row, text in expected.items() if text is not ValueError}
