"""What the file of an export holds, as whoever asked for it may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gradeline.access.principals import Principal
from gradeline.base.errors import NotAllowed
from gradeline.flows.parts import Parts
from gradeline.records.exports import ExportFormat, ExportTry
from gradeline.reports.export_csv import guard_lines
from gradeline.warehouse import Connection
from gradeline.warehouse.exports import rows

#: For Excel, which takes a file without it for one in the encoding of its country.
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class FileContent:
    """A file while it is made."""

    name: str  #: for people
    media_type: str
    pieces: Iterator[tuple[bytes, int]]  #: bytes, and how many rows they are


def render(
    parts: Parts, connection: Connection, one: ExportTry, principal: Principal
) -> FileContent:
    """Begin the file of an export; its pieces read the database as they are taken.

    Raises:
        NotAllowed: whoever asked may not see it.
        ReportError: it cannot be made.
    """
    return _FORMATS[one.format](parts, connection, one, principal)


def _csv(
    _parts: Parts, connection: Connection, one: ExportTry, principal: Principal
) -> FileContent:
    if not principal.sees_names:
        raise NotAllowed(
            "A CSV file names learners, which this role may not see.",
            hint="Ask for a PDF or an XLSX file.",
        )
    table = rows.LEARNERS
    return FileContent(
        name=f"{file_stem(one)}.csv",
        media_type="text/csv; charset=utf-8",
        pieces=_lines(connection, table, one),
    )


def _lines(
    connection: Connection, table: rows.RowTable, one: ExportTry
) -> Iterator[tuple[bytes, int]]:
    yield _BOM + ",".join(table.columns).encode() + b"\r\n", 0
    group_id, filters = one.group_id, one.filters
    yield from guard_lines(rows.read(connection, table, group_id, filters), table.texts)


def file_stem(one: ExportTry) -> str:
    """Return the name of an export's file without its ending: the group, and the days."""
    days = [f"{day:%Y-%m-%d}" for day in (one.filters.since, one.filters.until) if day]
    group = one.group_id.partition(":")[2] or one.group_id
    return "_".join([group.replace("/", "_"), *days])[:150]


_Maker = Callable[[Parts, Connection, ExportTry, Principal], FileContent]

_FORMATS: Mapping[ExportFormat, _Maker] = {ExportFormat.CSV: _csv}
