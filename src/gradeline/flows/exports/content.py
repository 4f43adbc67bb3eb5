"""What the file of an export holds, as whoever asked for it may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gradeline.access.principals import Principal
from gradeline.base.errors import NotAllowed
from gradeline.flows.exports.figures import check_is_kept, read_report
from gradeline.records.export_report import ExportReport
from gradeline.records.exports import ExportFormat, ExportRows, ExportTry
from gradeline.reports.export_csv import guard_lines
from gradeline.reports.pdf import export_document
from gradeline.reports.xlsx import export_book
from gradeline.warehouse import Connection
from gradeline.warehouse.exports import rows
from gradeline.warehouse.results.stats import EntityName

#: For Excel, which takes a file without it for one in the encoding of its country.
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True)
class FileContent:
    """A file while it is made."""

    name: str  #: for people
    media_type: str
    pieces: Iterator[tuple[bytes, int]]  #: bytes, and how many rows they are


def render(
    connection: Connection, one: ExportTry, principal: Principal, group: EntityName
) -> FileContent:
    """Begin the file of an export; its pieces read the database as they are taken.

    Args:
        connection: shows what whoever asked may see, at one moment.
        one: what was asked for.
        principal: who asked.
        group: the group.

    Raises:
        NotAllowed: whoever asked may not see it.
        BadRequest: its figures are not to be had.
        ReportError: it cannot be made.
    """
    if one.format is ExportFormat.CSV:
        return _csv(connection, one, principal)
    report = read_report(connection, one, principal, group)
    make, media_type = _DOCUMENTS[one.format]
    content = make(report, one.language)
    return FileContent(
        name=f"{file_stem(one)}.{one.format}",
        media_type=media_type,
        pieces=iter([(content, len(report.learners))]),
    )


def _csv(connection: Connection, one: ExportTry, principal: Principal) -> FileContent:
    if not principal.sees_names:
        raise NotAllowed(
            "A CSV file names learners, which this role may not see.",
            hint="Ask for a PDF or an XLSX file.",
        )
    check_is_kept(connection, one.group_id, one.filters)
    table = rows.ATTEMPTS if one.filters.rows is ExportRows.ATTEMPTS else rows.LEARNERS
    return FileContent(
        name=f"{file_stem(one)}.csv",
        media_type="text/csv; charset=utf-8",
        pieces=_lines(connection, table, one),
    )


def _lines(
    connection: Connection, table: rows.RowTable, one: ExportTry
) -> Iterator[tuple[bytes, int]]:
    yield _BOM + ",".join(table.columns).encode() + b"\n", 0
    lines = rows.read(connection, table, one.group_id, one.filters)
    yield from guard_lines(lines, table.texts)


def file_stem(one: ExportTry) -> str:
    """Return the name of an export's file without its ending: the group, and the days."""
    days = [f"{day:%Y-%m-%d}" for day in (one.filters.since, one.filters.until) if day]
    group = one.group_id.partition(":")[2] or one.group_id
    return "_".join([group.replace("/", "_"), *days])[:150]


_DOCUMENTS: Mapping[ExportFormat, tuple[Callable[[ExportReport, str], bytes], str]] = {
    ExportFormat.PDF: (export_document.render, "application/pdf"),
    ExportFormat.XLSX: (
        export_book.render,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
