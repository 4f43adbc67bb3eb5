"""The cells of a sheet as texts, row by row: what a person would type into a CSV."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from gradeline.sources.tabular.number_formats import Kind
from gradeline.sources.tabular.workbook import (
    Workbook,
    make_parser,
    names_of,
    parse_part,
    unescape,
)

#: From here on a DOUBLE, which is what Excel has, cannot hold every whole number.
_EXACT = 2**53
#: A whole number as a person writes it, which is what most cells hold.
_SHORT = re.compile(r"0|[1-9][0-9]{,14}")
_DAY_MS = 86_400_000
#: Days from 1900 on are counted from here, for Excel has a 29 February 1900.
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall time
_LEAP_BUG = 60
_FIRST_DAY_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a wall time
_LAST_DAY = 2_958_465  #: 9999-12-31
_NAMES = names_of("row", "c", "v", "t", "f", "rPh")


@dataclass(frozen=True)
class Fault:
    """A cell without a value that can be stored."""

    text: str  #: what the sheet holds
    reason: str  #: `code: words`, where `{}` stands for the column and the cell


Cell = str | Fault | None
#: A row's number from 1, and its cells by their column from 0.
Row = tuple[int, Mapping[int, Cell]]


def rows_of_sheet(archive: zipfile.ZipFile, book: Workbook, name: str) -> Iterator[Row]:
    """Yield the rows of a workbook's first sheet that have cells, in their order.

    Raises:
        InputBroken: the sheet is not XML.
    """
    reader = _SheetReader(book)
    parser = make_parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    for _ in parse_part(archive, book.sheet, name, parser):
        yield from reader.rows
        reader.rows.clear()


class _SheetReader:
    """Takes the elements of a sheet and makes rows of them; every cell comes through here."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.rows: list[Row] = []
        self._columns: dict[str, int] = {}  #: letters → column, for they repeat in every row
        self._number = 0
        self._row: dict[int, Cell] = {}
        self._column = -1
        self._cell: Mapping[str, str] = {}
        self._formula = False
        self._valued = False  #: whether the cell has an element for its value
        self._pieces: list[str] = []  #: the text of a cell, as far as it was read
        self._open = False  #: whether characters belong to it
        self._aside = False  #: whether they are a reading aid

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = _NAMES.get(name)
        if tag == "v" or tag == "t":
            self._open, self._valued = not self._aside, True
        elif tag == "c":
            self._cell, self._formula, self._valued = attributes, False, False
            letters = attributes.get("r", "").rstrip("0123456789")
            if letters in self._columns:
                self._column = self._columns[letters]
            else:
                self._column = self._column_of(letters)
        elif tag == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._row, self._column = {}, -1
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._aside = True

    def data(self, text: str) -> None:
        """Characters come."""
        if self._open:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = _NAMES.get(name)
        if tag == "v" or tag == "t":
            self._open = False
        elif tag == "c":
            text = "".join(self._pieces)
            self._pieces.clear()
            value = self._value(text)
            if value is not None:
                self._row[self._column] = value
        elif tag == "row":
            if self._row:
                self.rows.append((self._number, self._row))
        elif tag == "rPh":
            self._aside = False

    def _column_of(self, letters: str) -> int:
        """Return the column of these letters, the next one if there are none."""
        if not letters:
            return self._column + 1
        return self._columns.setdefault(letters, column_of(letters))

    def _value(self, text: str) -> Cell:
        kind = self._cell.get("t", "n")
        if kind == "s":
            return (self.book.texts[int(text)] or None) if text else None
        if kind in ("str", "inlineStr") and (self._valued or not self._formula):
            return unescape(text) or None
        if kind == "e":
            return Fault(text, f"error_value: {{}} is the error value {text}")
        if not text or (self._formula and text == "0" and self.book.stale):
            return _NO_VALUE if self._formula else None
        if kind == "b":
            return "true" if text.strip() == "1" else "false"
        return self._number_text(text) if kind == "n" else text.replace("T", " ")

    def _number_text(self, text: str) -> Cell:
        style = int(self._cell.get("s", "0"))
        formats = self.book.formats
        shown = formats[style] if style < len(formats) else None
        if shown is None and _SHORT.fullmatch(text):
            return text
        number = float(text)
        if shown is Kind.TIME and 0 <= number <= _LAST_DAY:
            return _time_text(number, from_1904=self.book.from_1904)
        if shown is Kind.ELAPSED:
            return str(timedelta(milliseconds=round(number * _DAY_MS)).total_seconds())
        if not number.is_integer():
            plain = repr(number)
        elif abs(number) < _EXACT:
            plain = str(int(number))
        else:
            digits = f"{Decimal(text):f}"
            return Fault(digits, _INEXACT.format(text=digits))
        return plain if shown is None or isinstance(shown, Kind) else shown.show(number, plain)


_NO_VALUE = Fault(
    "", "no_value: {} is a formula without a value: open the workbook in Excel and save it"
)
_INEXACT = (
    "inexact_number: {{}} is {text}, a number that Excel cannot hold exactly: enter it as text"
)


def _time_text(number: float, *, from_1904: bool) -> str:
    """Return a day, a time of day or both, to the millisecond as Excel shows it."""
    days, ms = divmod(round(number * _DAY_MS), _DAY_MS)
    of_day = timedelta(milliseconds=ms)
    if not days:
        return (_FIRST_DAY + of_day).time().isoformat()
    if days == _LEAP_BUG and not from_1904:
        return "1900-02-29"
    early = days < _LEAP_BUG and not from_1904
    first = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    found = first + timedelta(days=days + early) + of_day
    return found.isoformat(sep=" ") if ms else found.date().isoformat()


def column_of(letters: str) -> int:
    """Return the column of `A`, `AB`, … from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cells_of(row: Mapping[int, Cell], width: int) -> Sequence[Cell]:
    """Return the first `width` cells of a row."""
    return [row.get(at) for at in range(width)]
