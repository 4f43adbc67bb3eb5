"""Google Sheets: a row for each day, written in one batch, the same row again on a rerun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from gradeline.base.errors import DeliveryError
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.google import GoogleAccount, checked
from gradeline.delivery.message import Cell, Receipt, Table
from gradeline.records.recipients import What

_URL = re.compile(r"/spreadsheets/d/(?P<id>[\w-]+)")


class SheetsChannel:
    """Keeps the table of a message in a spreadsheet; the address is its id."""

    name = "sheets"
    traits = Traits(takes=frozenset({What.DAILY_FIGURES}), keeps_rows=True, can_find=True)
    limits = Limits()

    def __init__(self, account: GoogleAccount) -> None:
        self._account = account
        self.identity = account.email
        self._api: Any = None

    def resolve(self, address: str) -> str:
        """Return the id of a spreadsheet, by its id or its address in the browser."""
        found = _URL.search(address)
        sheet = found["id"] if found else address
        with self._connected(), self._account.errors(f"the spreadsheet {sheet}"):
            got = self._api.get(spreadsheetId=sheet, fields="spreadsheetId").execute()
        return str(got["spreadsheetId"])

    def send(self, envelope: Envelope) -> Receipt:
        """Write every row in its place in one request; a header that is there stays."""
        table = envelope.message.table
        if table is None or not table.rows or "rows" in envelope.done:
            return Receipt(provider_id=envelope.done.get("rows", ""))
        with self._connected():
            written = self._write(envelope.address, table)
        done = f"{table.title}: {written} rows"
        envelope.record_step("rows", done)
        return Receipt(
            provider_id=done, url=f"https://docs.google.com/spreadsheets/d/{envelope.address}"
        )

    def find(self, envelope: Envelope) -> Receipt | None:
        """Look whether every row is in the sheet as it is in the message."""
        table = envelope.message.table
        if table is None:
            return None
        with self._connected():
            if not self._has_sheet(envelope.address, table.title):
                return None
            values = self._read(envelope.address, table)
        there = {_text(row[0]): list(map(_text, row)) for row in values if row}
        expected = [list(map(_text, _cells(row))) for row in table.rows]
        if any(_trimmed(there.get(row[0], [])) != _trimmed(row) for row in expected):
            return None
        return Receipt(provider_id=f"{table.title}: {len(expected)} rows")

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Look at the spreadsheet."""
        return checked(lambda: self.resolve(address))

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Keep one connection for the requests of the block."""
        sheets = self._account.open("sheets", "v4")
        self._api = sheets.spreadsheets()
        try:
            yield
        finally:
            sheets.close()

    def _write(self, sheet: str, table: Table) -> int:
        """Write the rows, and the header where there is none; returns how many were written."""
        self._make_sheet(sheet, table.title)
        values = self._read(sheet, table)
        data = [
            {"range": _range(table, number), "values": [row]}
            for number, row in _placed(table, values)
        ]
        if not values or not any(values[0]):
            data.insert(0, {"range": _range(table, 1), "values": [list(table.header)]})
        # As they are: text from people must not become a formula.
        body = {"valueInputOption": "RAW", "data": data}
        # Not with `sends`: the same cells again are the same rows.
        with self._account.errors(f"the spreadsheet {sheet}"):
            request = self._api.values().batchUpdate(spreadsheetId=sheet, body=body)
            return int(request.execute().get("totalUpdatedRows", 0))

    def _has_sheet(self, sheet: str, title: str) -> bool:
        with self._account.errors(f"the spreadsheet {sheet}"):
            got = self._api.get(spreadsheetId=sheet, fields="sheets.properties.title").execute()
        return title in (each["properties"]["title"] for each in got.get("sheets", []))

    def _make_sheet(self, sheet: str, title: str) -> None:
        if self._has_sheet(sheet, title):
            return
        request = {"requests": [{"addSheet": {"properties": {"title": title}}}]}
        with self._account.errors(f"the spreadsheet {sheet}"):
            self._api.batchUpdate(spreadsheetId=sheet, body=request).execute()

    def _read(self, sheet: str, table: Table) -> list[list[Any]]:
        """Read the cells of the table's columns, row by row."""
        with self._account.errors(f"the spreadsheet {sheet}"):
            got = (
                self._api.values()
                .get(
                    spreadsheetId=sheet,
                    range=f"{_quoted(table.title)}!A:{_column(len(table.header))}",
                    valueRenderOption="UNFORMATTED_VALUE",
                )
                .execute()
            )
        values: list[list[Any]] = got.get("values", [])
        return values


def _placed(table: Table, values: Sequence[Sequence[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Yield each row with its number in the sheet: its day's row, or the next free one."""
    known: Mapping[str, int] = {
        _text(row[0]): number for number, row in enumerate(values, start=1) if row
    }
    free = max(2, len(values) + 1)
    for row in table.rows:
        cells = _cells(row)
        number = known.get(_text(cells[0]))
        if number is None:
            number, free = free, free + 1
        yield number, cells


def _cells(row: Sequence[Cell]) -> list[Any]:
    """Return the cells as JSON has them; an unknown one empties its cell."""
    return [_cell(cell) for cell in row]


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell


def _text(cell: object) -> str:
    """Return a cell as text, whole numbers alike whether Google gives them as 12 or 12.0."""
    return f"{cell:.12g}" if isinstance(cell, int | float) else str(cell)


def _trimmed(cells: list[str]) -> list[str]:
    """Return the cells without empty ones at the end, which Google leaves out."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _range(table: Table, number: int) -> str:
    return f"{_quoted(table.title)}!A{number}:{_column(len(table.header))}{number}"


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _column(number: int) -> str:
    """Return the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
