"""A worksheet that writes formatted numbers and texts fast and holds long columns in few bytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from math import isnan, nan
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

_letters = cache(xl_col_to_name)

#: Rows that share the attribute `spans`, as XlsxWriter writes it.
_SPANNED = 16


@dataclass(frozen=True, kw_only=True)
class _LongColumn:
    """Cells of one kind below a header: eight bytes each; XlsxWriter holds 200."""

    form: Format
    is_text: bool
    values: array[float]  #: numbers, or of texts their numbers in the book; NaN = empty

    @cached_property
    def before(self) -> str:
        """Return what comes between a cell's place and its value.

        Asked for when the first cell is written: that gives the format its number.
        """
        kind = ' t="s"' if self.is_text else ""
        return f' s="{self.form._get_xf_index()}"{kind}><v>'

    def value(self, row: int) -> float | None:
        """Return what the cell in a row of the sheet holds; None = there is no cell."""
        value = self.values[row - 1] if 0 < row <= len(self.values) else nan
        return None if isnan(value) else value

    def has_cell(self, rows: range) -> bool:
        """Whether there is a cell in one of these rows of the sheet."""
        return any(self.value(row) is not None for row in rows)


class PlainSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Writes the same bytes as `Worksheet`; formatted numbers and texts take half the time.

    XlsxWriter builds and escapes a list of attributes for each of a million cells; ours have only
    a place and the number of a format. Any other cell is left to XlsxWriter.
    """

    def __init__(self) -> None:
        super().__init__()
        self._long: dict[int, _LongColumn] = {}

    def put_texts(self, at: int, texts: Iterable[str | None], form: Format) -> None:
        """Write texts into a column from its second row on; None leaves its cell empty."""
        numbers = (nan if text is None else self._number_of(text) for text in texts)
        self._put(at, numbers, form, is_text=True)

    def put_numbers(self, at: int, numbers: Iterable[float | None], form: Format) -> None:
        """Write numbers, days as those they count as, in the same way."""
        values = (nan if number is None else number for number in numbers)
        self._put(at, values, form, is_text=False)

    def day_number(self, day: Any) -> float:
        """Return a day as the number that a cell holds."""
        number: float = self._convert_date_time(day)
        return number

    def _put(self, at: int, values: Iterable[float], form: Format, *, is_text: bool) -> None:
        column = _LongColumn(form=form, is_text=is_text, values=array("d", values))
        rows = len(column.values)
        while rows and isnan(column.values[rows - 1]):
            rows -= 1
        if rows:
            self._check_dimensions(rows, at)
            self._long[at] = column

    def _number_of(self, text: str) -> int:
        number: int = self.str_table._get_shared_string_index(text)
        return number

    def _write_rows(self) -> None:
        if not self._long:
            super()._write_rows()
            return
        for start in range(0, self.dim_rowmax + 1, _SPANNED):
            rows = range(start, min(start + _SPANNED, self.dim_rowmax + 1))
            span = self._span(rows)
            for row in rows:
                if row in self.table:
                    self._write_held_row(row, span)
                else:
                    self._write_long_row(row, span)

    def _span(self, rows: range) -> str:
        """Return the first and last column that have a cell in these rows, counted from 1."""
        columns = {at for row in rows if row in self.table for at in self.table[row]}
        columns |= {at for at, column in self._long.items() if column.has_cell(rows)}
        return f"{min(columns) + 1}:{max(columns) + 1}" if columns else ""

    def _write_held_row(self, row: int, span: str) -> None:
        self._write_row(row, span, self.row_info.get(row))
        for at in sorted(self.table[row]):
            self._write_cell(row, at, self.table[row][at])
        self._xml_end_tag("row")

    def _write_long_row(self, row: int, span: str) -> None:
        cells = "".join(
            f'<c r="{_letters(at)}{row + 1}"{column.before}{value:.16G}</v></c>'
            for at, column in sorted(self._long.items())
            if (value := column.value(row)) is not None
        )
        if cells:
            self.fh.write(f'<row r="{row + 1}" spans="{span}">{cells}</row>')

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__
        if not cell.format or kind not in _QUICK:
            super()._write_cell(row, col, cell)
            return
        place = f'<c r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        if kind == "String":
            self.fh.write(f'{place} t="s"><v>{cell.string}</v></c>')
        else:
            self.fh.write(f"{place}><v>{cell.number:.16G}</v></c>")


#: XlsxWriter's names of cells whose value is a number; a text is a number of a shared string.
_QUICK = frozenset({"Number", "Datetime", "String"})
