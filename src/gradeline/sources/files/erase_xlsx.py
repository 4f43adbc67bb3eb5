"""Erase rows from a workbook by writing a new one with the texts of its first sheet.

The original is not edited, because a row's text may also be in other parts of it (shared strings,
other sheets, charts, comments). Only the texts of the first sheet are ever read, so only they are
written, each in its row and column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from gradeline.base.errors import InputBroken
from gradeline.sources.erasure.learners import OnErased
from gradeline.sources.tabular.xlsx import Row, rows_of

_CREATED = datetime(1980, 1, 1, tzinfo=UTC)  #: equal texts must give equal bytes


def erase_rows(path: Path, name: str, gone: Collection[int], to: Path, on_erased: OnErased) -> None:
    """Write a workbook's first sheet without the rows of these numbers, from 1; all others stay.

    Raises:
        InputBroken: the file is not a workbook, or would be read as another one.
    """
    rows = rows_of(path, name)
    for number in sorted(gone):
        on_erased(f"{name}, row {number}", str(rows[number - 1]).encode("utf-8", "replace"))
    remaining = [() if number in gone else row for number, row in enumerate(rows, start=1)]
    _write(remaining, to)
    if list(_cells(remaining)) != list(_cells(rows_of(to, name))):
        to.unlink()
        raise InputBroken(
            f"{name} holds texts that cannot be written again as they are.",
            hint="Save it as CSV.",
        )


def _cells(rows: Iterable[Row]) -> Iterator[tuple[int, int, str]]:
    """Yield every text with its row and column, from 0."""
    for number, row in enumerate(rows):
        yield from ((number, at, text) for at, text in enumerate(row) if text is not None)


def _write(rows: Iterable[Row], to: Path) -> None:
    from xlsxwriter import Workbook  # only erasing from a workbook needs it
    from xlsxwriter.exceptions import FileCreateError

    try:
        with Workbook(to, {"constant_memory": True, "tmpdir": str(to.parent)}) as book:
            book.set_properties({"created": _CREATED})
            sheet = book.add_worksheet()
            for row, column, text in _cells(rows):
                sheet.write_string(row, column, text)
    except FileCreateError as error:
        raise error.args[0] from None  # the OSError that it wraps
