"""XLSX as a table of text: the first sheet, its first row the header, formulas by their values."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.base.errors import InputBroken
from gradeline.sources.reading.rejects import Reject
from gradeline.sources.tabular.csv_file import COLUMNS_MAX, unique
from gradeline.sources.tabular.sheet import Cell, Fault, Row, cells_of, column_of, rows_of_sheet
from gradeline.sources.tabular.workbook import Workbook, open_workbook

#: What the parts of a workbook may unfold to, in bytes, and how many times its own size.
UNFOLDED_MAX = 256 * 1_048_576
RATIO_MAX = 200
ENTRIES_MAX = 10_000
#: Cells of the box around all that a sheet holds.
CELLS_MAX = 5_000_000
_ROWS_AT_ONCE = 10_000

#: The place of a cell: its column, its row.
_LETTERS = re.compile(rb'\br="([A-Z]{1,3})\d{1,7}"')
_NUMBER = re.compile(rb'\br="[A-Z]{1,3}(\d{1,7})"')
#: Bytes of a block that its last cell is among, for the rows of a sheet are in order.
_TAIL = 4096


def convert(
    path: Path, name: str, out: Path, reject: Reject, used: Collection[str] | None = None
) -> None:
    """Write the first sheet of a workbook as Parquet, every column text, `_line` its row.

    A row is rejected if one of its cells has no value, or one that Excel cannot hold.

    Args:
        path: the workbook.
        name: its name, for messages.
        out: where the Parquet file goes.
        reject: takes the rows that cannot be stored.
        used: the columns that anything reads, in lower case; None for all of them. A cell of
            another column spoils no row.

    Raises:
        InputBroken: the file is not a workbook, has no header, or would fill the memory.
    """
    with _opened(path, name) as (archive, book, width):
        rows = _rows(archive, book, name)
        columns = _header(rows, width, name)
        schema = pa.schema([*((column, pa.string()) for column in columns), ("_line", pa.int64())])
        judge = _Judge(columns, used, reject)
        with pq.ParquetWriter(out, schema, compression="lz4") as writer:
            for lines, found in _batches(rows, judge):
                by_column = zip(*found, strict=True) if found else [()] * len(columns)
                arrays = [pa.array(column, pa.string()) for column in by_column]
                numbers = pa.array(lines, pa.int64())
                writer.write_table(pa.table([*arrays, numbers], schema=schema))


def _header(rows: Iterator[Row], width: int, name: str) -> Sequence[str]:
    """Return the names of the columns, from the first row that has a cell."""
    first = next(rows, None)
    if first is None:
        raise InputBroken(f"{name} is empty: its first sheet has not even a header.")
    cells = cells_of(first[1], max(width, *(at + 1 for at in first[1])))
    if len(cells) > COLUMNS_MAX:
        raise InputBroken(f"{name} has {len(cells)} columns in its first row.")
    return unique([(text_of(cell) or "").strip() for cell in cells])


class _Judge:
    """Tells the rows that can be stored from those that are rejected."""

    def __init__(
        self, columns: Sequence[str], used: Collection[str] | None, reject: Reject
    ) -> None:
        self.columns = columns
        self.used = used
        self.reject = reject

    def texts(self, row: Row) -> Sequence[str | None] | None:
        """Return the texts of a row, None if it is rejected."""
        number, found = row
        cells = cells_of(found, len(self.columns))
        for at, cell in enumerate(cells):
            if isinstance(cell, Fault) and self._counts(self.columns[at]):
                where = f"{self.columns[at]} (cell {_letters(at)}{number})"
                raw = "\t".join(text_of(each) or "" for each in cells)
                self.reject(number, cell.reason.format(where), raw.encode("utf-8", "replace"))
                return None
        return [text_of(cell) for cell in cells]

    def _counts(self, column: str) -> bool:
        return self.used is None or column.lower() in self.used


def _batches(
    rows: Iterator[Row], judge: _Judge
) -> Iterator[tuple[list[int], list[Sequence[str | None]]]]:
    """Yield the numbers and the texts of rows, many at a time."""
    numbers: list[int] = []
    found: list[Sequence[str | None]] = []
    for row in rows:
        texts = judge.texts(row)
        if texts is not None and any(texts):
            numbers.append(row[0])
            found.append(texts)
        if len(found) == _ROWS_AT_ONCE:
            yield numbers, found
            numbers, found = [], []
    yield numbers, found


def text_of(cell: Cell) -> str | None:
    """Return what a sheet shows in a cell."""
    return cell.text if isinstance(cell, Fault) else cell


def rows_of(path: Path, name: str) -> Iterator[Row]:
    """Yield the rows of the first sheet that have cells: their numbers and cells.

    Raises:
        InputBroken: the file is not a workbook, or would fill the memory.
    """
    with _opened(path, name) as (archive, book, _):
        yield from _rows(archive, book, name)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[tuple[zipfile.ZipFile, Workbook, int]]:
    """Yield a workbook's archive, what it says of itself, and the width of its first sheet."""
    if path.stat().st_size == 0:
        raise InputBroken(f"{name} is empty.", hint="Copy it again.")
    with _errors_of(name):
        archive = zipfile.ZipFile(path)
    with archive:
        with _errors_of(name):
            _refuse_unsafe(archive, path, name)
            book = open_workbook(archive, name)
            width = _width(archive, book.sheet, name)
        yield archive, book, width


def _rows(archive: zipfile.ZipFile, book: Workbook, name: str) -> Iterator[Row]:
    with _errors_of(name):
        yield from rows_of_sheet(archive, book, name)


@contextmanager
def _errors_of(name: str) -> Iterator[None]:
    """Turn what reading an archive or a number raises into our error, naming the file."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
    ) as error:
        raise InputBroken(
            f"{name} is not a complete XLSX file: {error}.", hint="Copy it again."
        ) from error
    except (ValueError, IndexError, OverflowError) as error:
        raise InputBroken(
            f"{name} cannot be read as XLSX: {error}.", hint="Save it again."
        ) from error


def _refuse_unsafe(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Refuse what unfolds without bound, before anything is unfolded."""
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    bound = min(UNFOLDED_MAX, max(path.stat().st_size * RATIO_MAX, 1_048_576))
    if len(entries) > ENTRIES_MAX or size > bound:
        raise InputBroken(
            f"unsafe_archive: {name} unfolds to {size} bytes in {len(entries)} parts."
        )


def _width(archive: zipfile.ZipFile, sheet: str, name: str) -> int:
    """Return how many columns the box around the cells of a sheet has.

    Raises:
        InputBroken: the box is too large.
    """
    rows = columns = 0
    known: set[bytes] = set()
    tail = b""
    with archive.open(sheet) as part:
        while block := part.read(1_048_576):
            piece = tail + block
            known.update(_LETTERS.findall(piece))
            columns = max((column_of(each.decode()) + 1 for each in known), default=0)
            rows = max([rows, *map(int, _NUMBER.findall(piece[-_TAIL:]))])
            if rows * columns > CELLS_MAX:
                raise InputBroken(
                    f"unsafe_xml: a sheet of {name} spans {rows} rows and {columns} columns.",
                    hint="Delete the stray cells far from the table, or save it as CSV.",
                )
            tail = piece[-_TAIL:]
    return columns


def _letters(column: int) -> str:
    """Return the letters of a column, from 0."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(65 + rest) + letters
        column -= 1
    return letters
