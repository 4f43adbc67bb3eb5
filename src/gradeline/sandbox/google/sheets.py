"""Sheets, simulated: spreadsheets as grids of cells."""

from __future__ import annotations

import json
import re
from typing import Any

from gradeline.sandbox.exchange import Request, Response
from gradeline.sandbox.google.answers import error, ok

SHEET = "1SheetOfDailyFigures"
Grid = list[list[Any]]

_RANGE = re.compile(
    r"^'?(?P<title>.*?)'?!(?P<first>[A-Z]+)(?P<top>\d*):(?P<last>[A-Z]+)(?P<bottom>\d*)$"
)


class Sheets:
    """One spreadsheet, and the methods that read and write it."""

    def __init__(self) -> None:
        self.sheets: dict[str, Grid] = {"Sheet1": []}

    def respond(self, request: Request, parts: tuple[str, ...]) -> Response:
        """Answer a request to `v4/spreadsheets/…`."""
        sheet, _, method = (parts[0] if parts else "").partition(":")
        if sheet != SHEET:
            return error(404, "Requested entity was not found.", "notFound")
        if method == "batchUpdate":
            return self._add_sheets(json.loads(request.body))
        if parts[1:2] == ("values:batchUpdate",):
            return self._write(json.loads(request.body))
        if parts[1:2] == ("values",):
            return self._read(parts[2])
        titles = [{"properties": {"title": title}} for title in self.sheets]
        return ok({"spreadsheetId": SHEET, "sheets": titles})

    def _add_sheets(self, body: dict[str, Any]) -> Response:
        for each in body["requests"]:
            title = each["addSheet"]["properties"]["title"]
            if title in self.sheets:
                return error(400, f"A sheet with the name {title!r} already exists.", "badRequest")
            self.sheets[title] = []
        return ok({"spreadsheetId": SHEET, "replies": [{}]})

    def _write(self, body: dict[str, Any]) -> Response:
        if "valueInputOption" not in body:
            return error(400, "'valueInputOption' is required.", "badRequest")
        rows = 0
        for each in body["data"]:
            found = _RANGE.match(each["range"])
            if found is None or found["title"].replace("''", "'") not in self.sheets:
                return error(400, f"Unable to parse range: {each['range']}", "badRequest")
            grid = self.sheets[found["title"].replace("''", "'")]
            for number, row in enumerate(each["values"], start=int(found["top"]) - 1):
                grid.extend([] for _ in range(number + 1 - len(grid)))
                grid[number] = list(row)
                rows += 1
        return ok({"spreadsheetId": SHEET, "totalUpdatedRows": rows})

    def _read(self, wanted: str) -> Response:
        found = _RANGE.match(wanted)
        grid = self.sheets.get(found["title"].replace("''", "'")) if found else None
        if grid is None:
            return error(400, f"Unable to parse range: {wanted}", "badRequest")
        rows = [_without_end(row) for row in grid]
        while rows and not rows[-1]:
            rows.pop()
        return ok({"range": wanted, **({"values": rows} if rows else {})})


def _without_end(row: list[Any]) -> list[Any]:
    cells = list(row)
    while cells and cells[-1] == "":
        cells.pop()
    return cells
