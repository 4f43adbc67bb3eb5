"""Erase rows from a workbook by writing a new one with the texts of its first sheet.

The original is not edited, because a row's text may also be in other parts of it (shared strings,
other sheets, charts, comments). Only the texts of the first sheet are ever read, so only they are
written, each in its row and column.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from gradeline.base.errors import InputBroken
from gradeline.sources.erasure.learners import OnErased
from gradeline.sources.tabular.xlsx import Row, rows_of

_NEVER = (1980, 1, 1, 0, 0, 0)  #: a zip says a time for each member: equal bytes need one time
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
_SHEET = "xl/worksheets/sheet1.xml"
#: What XML cannot hold or would change, and what looks as if it were written so already.
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def erase_rows(path: Path, name: str, gone: Collection[int], to: Path, on_erased: OnErased) -> None:
    """Write a workbook's first sheet without the rows of these numbers, from 1; all others stay.

    Raises:
        InputBroken: the file is not a workbook, or would be read as another one.
    """
    rows = rows_of(path, name)
    for number in sorted(gone):
        on_erased(f"{name}, row {number}", str(rows[number - 1]).encode("utf-8", "replace"))
    remaining = [(number, row) for number, row in enumerate(rows, start=1) if number not in gone]
    _write(remaining, to)
    written = rows_of(to, name)
    if list(_report(remaining)) != list(_report(enumerate(written, start=1))):
        to.unlink()
        raise InputBroken(
            f"{name} holds texts that cannot be written again as they are.",
            hint="Save it as CSV.",
        )


def _report(rows: Iterator[tuple[int, Row]] | Sequence[tuple[int, Row]]) -> Iterator[object]:
    """Yield every text with its place."""
    for number, row in rows:
        yield from ((number, at, text) for at, text in enumerate(row) if text is not None)


def _write(rows: Sequence[tuple[int, Row]], to: Path) -> None:
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in _PARTS.items():
            archive.writestr(_about(name), _DECLARATION + content)
        with archive.open(_about(_SHEET), "w") as part:
            part.write(f'{_DECLARATION}<worksheet xmlns="{_SHEETS}"><sheetData>'.encode())
            for number, row in rows:
                part.write(_row(number, row).encode())
            part.write(b"</sheetData></worksheet>")


def _about(name: str) -> zipfile.ZipInfo:
    about = zipfile.ZipInfo(name, _NEVER)
    about.compress_type = zipfile.ZIP_DEFLATED
    return about


def _row(number: int, row: Row) -> str:
    # The last cell is written even where it is empty: the sheet stays as wide as it was.
    cells = "".join(
        f'<c r="{_letters(at)}{number}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_escaped(text or "")}</t></is></c>'
        for at, text in enumerate(row)
        if text is not None or at == len(row) - 1
    )
    return f'<row r="{number}">{cells}</row>'


def _escaped(text: str) -> str:
    return escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def _letters(at: int) -> str:
    """Return the name of a column by its place from 0: A, …, Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
