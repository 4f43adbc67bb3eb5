"""XLSX as a table of text: the first sheet, its first row the header, formulas by their values."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.base.errors import InputBroken
from gradeline.sources.reading.rejects import Reject
from gradeline.sources.tabular.csv_file import COLUMNS_MAX, unique

#: What the parts of a workbook may unfold to, in bytes, and how many times its own size.
UNFOLDED_MAX = 256 * 1_048_576
RATIO_MAX = 200
ENTRIES_MAX = 10_000
#: Cells of the box around all that a sheet holds: the reader keeps the whole box in memory.
CELLS_MAX = 5_000_000
_ROWS_AT_ONCE = 10_000
Row = Sequence[str | None]

_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def convert(path: Path, name: str, out: Path, _reject: Reject) -> None:
    """Write the first sheet of a workbook as Parquet, every column text, `_line` its row.

    Raises:
        InputBroken: the file is not a workbook, has no header, or would fill the memory.
    """
    rows = _cells(path, name)
    start = next((at for at, row in enumerate(rows) if any(map(_text, row))), None)
    if start is None:
        raise InputBroken(f"{name} is empty: its first sheet has not even a header.")
    header = [(_text(cell) or "").strip() for cell in rows[start]]
    if len(header) > COLUMNS_MAX:
        raise InputBroken(f"{name} has {len(header)} columns in its first row.")
    schema = pa.schema(
        [*((column, pa.string()) for column in unique(header)), ("_line", pa.int64())]
    )
    with pq.ParquetWriter(out, schema, compression="lz4") as writer:
        for first in range(start + 1, len(rows), _ROWS_AT_ONCE):
            found = [
                (line, texts)
                for line, row in enumerate(rows[first : first + _ROWS_AT_ONCE], start=first + 1)
                if any(texts := [_text(cell) for cell in row])
            ]
            columns = (
                zip(*(texts for _, texts in found), strict=True) if found else [()] * len(header)
            )
            arrays = [pa.array(column, pa.string()) for column in columns]
            lines = pa.array([line for line, _ in found], pa.int64())
            writer.write_table(pa.table([*arrays, lines], schema=schema))


def rows_of(path: Path, name: str) -> list[Row]:
    """Return every row of the first sheet as texts, from its first row and column on.

    Raises:
        InputBroken: the file is not a workbook, or would fill the memory.
    """
    return [[_text(cell) for cell in row] for row in _cells(path, name)]


def _cells(path: Path, name: str) -> Sequence[Sequence[object]]:
    import python_calamine  # a program of its own, which few slices need

    _refuse_unsafe(path, name)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            rows: Sequence[Sequence[object]] = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise InputBroken(
            f"{name} cannot be read as XLSX: {error}.", hint="Save it again."
        ) from error
    return rows


def _text(cell: object) -> str | None:
    """Return a cell as a person would type it into a CSV."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)


def _refuse_unsafe(path: Path, name: str) -> None:
    """Refuse what unfolds without bound, before anything is unfolded."""
    if path.stat().st_size == 0:
        raise InputBroken(f"{name} is empty.", hint="Copy it again.")
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            size = sum(entry.file_size for entry in entries)
            bound = min(UNFOLDED_MAX, max(path.stat().st_size * RATIO_MAX, 1_048_576))
            if len(entries) > ENTRIES_MAX or size > bound:
                raise InputBroken(
                    f"unsafe_archive: {name} unfolds to {size} bytes in {len(entries)} parts."
                )
            for entry in entries:
                _refuse_part(archive, entry, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputBroken(
            f"{name} is not a complete XLSX file: {error}.", hint="Copy it again."
        ) from error


def _refuse_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    if not entry.filename.endswith((".xml", ".rels")):
        return
    sheet = entry.filename.startswith("xl/worksheets/")
    rows = columns = read = 0
    tail = b""
    with archive.open(entry) as part:
        while block := part.read(1_048_576):
            read += len(block)
            piece = tail + block
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise InputBroken(f"unsafe_xml: {name} defines entities of its own.")
            for letters, digits in _CELL.findall(piece) if sheet else ():
                rows, columns = max(rows, int(digits)), max(columns, _column(letters))
            if rows * columns > CELLS_MAX:
                raise InputBroken(
                    f"unsafe_xml: a sheet of {name} spans {rows} rows and {columns} columns.",
                    hint="Delete the stray cells far from the table, or save it as CSV.",
                )
            tail = piece[-64:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
