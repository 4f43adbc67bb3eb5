"""The figures of an export, the same that `GET /stats/groups/{id}` gives with these filters."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import BadRequest
from gradeline.records.export_report import ExportReport
from gradeline.records.exports import ExportFilters, ExportTry
from gradeline.warehouse import Connection
from gradeline.warehouse.exports import rows
from gradeline.warehouse.results import stats
from gradeline.warehouse.results.attempts import Selection, kept_since, sum_attempts
from gradeline.warehouse.results.stats import EntityName

#: Learners named in a document for people; a CSV file has all.
_LEARNERS = 2_000


def read_report(
    connection: Connection, one: ExportTry, principal: Principal, group: EntityName
) -> ExportReport:
    """Read what a document shows about a group.

    Args:
        connection: shows what whoever asks may see.
        one: what was asked for.
        principal: who asks.
        group: the group.

    Raises:
        BadRequest: its figures with these filters are not to be had.
    """
    filters = one.filters
    selection = selection_of(group.id, filters)
    stat = stats.read_stat(connection, selection)
    if stat is None and principal.role is Role.READER:
        raise BadRequest(
            "Figures without names are prepared for whole groups of enough learners; others are"
            " not computed.",
            hint="Ask without topics and period.",
        )
    if stat is None or principal.sees_names:
        check_is_kept(connection, group.id, filters)
    if stat is None:
        stat = sum_attempts(connection, selection)
    board = None if _is_filtered(filters) else stats.read_leaderboard(connection, "group", group.id)
    return ExportReport(
        group_id=group.id,
        name=group.name or group.id,
        courses=group.courses,
        topic_ids=filters.topic_ids,
        since=filters.since,
        until=filters.until,
        stat=stat,
        leaderboard=() if board is None else board.rankings,
        header=rows.LEARNERS.columns,
        learners=tuple(_learners(connection, group.id, filters)) if principal.sees_names else (),
    )


def selection_of(group_id: str, filters: ExportFilters) -> Selection:
    """Return which graded attempts an export is about."""
    return Selection(
        group_id=group_id,
        topic_ids=filters.topic_ids or None,
        since=filters.since,
        until=filters.until,
    )


def check_is_kept(connection: Connection, group_id: str, filters: ExportFilters) -> None:
    """Check that every attempt that is asked for is kept one by one.

    Raises:
        BadRequest: earlier ones are not, so that they would be counted short.
    """
    since = kept_since(connection, Selection(group_id=group_id))
    if since is not None and (filters.since is None or filters.since < since):
        raise BadRequest(
            f"Attempts before {since} are not kept one by one, so they cannot be counted.",
            hint=f"Ask for the period from {since} or later.",
        )


def _is_filtered(filters: ExportFilters) -> bool:
    return bool(filters.topic_ids or filters.since or filters.until)


def _learners(
    connection: Connection, group_id: str, filters: ExportFilters
) -> Iterator[tuple[str, ...]]:
    lines = rows.read(connection, rows.LEARNERS, group_id, filters, _LEARNERS)
    for cells in csv.reader(line.decode() for line in lines):
        yield tuple(cells)
