"""Erase rows from a workbook by writing a new one with the texts of its first sheet.

The original is not edited, because a row's text may also be in other parts of it (shared strings,
other sheets, charts, comments). Only the texts of the first sheet are ever read, so only they are
written, each in its row and column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from gradeline.base.errors import InputBroken
from gradeline.sources.erasure.learners import OnErased
from gradeline.sources.tabular.sheet import Fault, Row
from gradeline.sources.tabular.xlsx import rows_of, text_of

_CREATED = datetime(1980, 1, 1, tzinfo=UTC)  #: equal texts must give equal bytes


def erase_rows(path: Path, name: str, gone: Collection[int], to: Path, on_erased: OnErased) -> None:
    """Write a workbook's first sheet without the rows of these numbers, from 1; all others stay.

    Raises:
        InputBroken: the file is not a workbook, or would be read as another one.
    """
    rows = list(rows_of(path, name))
    for number, cells in rows:
        if number in gone:
            texts = [text_of(cell) for _, cell in sorted(cells.items())]
            on_erased(f"{name}, row {number}", str(texts).encode("utf-8", "replace"))
    remaining = [row for row in rows if row[0] not in gone]
    _write(remaining, to)
    if remaining != list(rows_of(to, name)):
        to.unlink()
        raise InputBroken(
            f"{name} holds texts that cannot be written again as they are.",
            hint="Save it as CSV.",
        )


def _write(rows: Iterable[Row], to: Path) -> None:
    from xlsxwriter import Workbook  # only erasing from a workbook needs it
    from xlsxwriter.exceptions import FileCreateError

    try:
        with Workbook(to, {"constant_memory": True, "tmpdir": str(to.parent)}) as book:
            book.set_properties({"created": _CREATED})
            sheet = book.add_worksheet()
            for number, cells in rows:
                for column, cell in sorted(cells.items()):
                    if isinstance(cell, Fault):
                        # Written as what a formula came to, so that it is rejected as before.
                        whole = cell.text.lstrip("-").isdecimal()
                        value = int(cell.text) if whole else cell.text or 0
                        sheet.write_formula(number - 1, column, "=0", None, value)
                    elif cell is not None:
                        sheet.write_string(number - 1, column, cell)
    except FileCreateError as error:
        raise error.args[0] from None  # the OSError that it wraps
