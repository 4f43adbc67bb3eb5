"""Transform: user properties that were not migrated go into their two tables.

What sources load is there already, by the same rule; left are rows that were posted, and rows of
which nobody says who they are about.
"""

from __future__ import annotations

import logging
from dataclasses import asdict

from gradeline.base.errors import GradelineError, WrongUse
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.tables import row_tables
from gradeline.warehouse import Connection, Database, transforms
from gradeline.warehouse.rows.transform import (
    PropertyRules,
    count_left,
    name_people,
    transform_slice,
    waiting_slices,
)
from gradeline.warehouse.transforms import TransformReport

_log = logging.getLogger(__name__)

#: What a transform may be limited to.
SOURCES = ("all", "amplitude", "appmetrica", "posted")
_TABLES = ("permanent_user_properties", "changeable_user_properties")


def ask_transform(database: Database, source: str, login: str) -> str:
    """Ask for a transform; the id of its report.

    Raises:
        WrongUse: there is no such source.
    """
    if source not in SOURCES:
        known = ", ".join(SOURCES)
        raise WrongUse(f"{source!r} has no user properties.", hint=f"Choose one of {known}.")
    with database.connect() as connection:
        return transforms.ask(connection, source, login)


def transform(database: Database, mappings: FieldMappings, report_id: str) -> TransformReport:
    """Do what a report was asked for, or the rest of it; return the report.

    Each slice is a transaction, with its part of the report: whatever ends this process, the next
    call goes on.

    Raises:
        WrongUse: there is no such report.
        WarehouseError, DiskFull: the rest is left to the next call.
    """
    with database.connect() as connection:
        report = _read(connection, report_id)
        if not transforms.begin(connection, report_id):
            return report
        name_people(connection, rules_of(mappings))
    with database.connect() as connection:
        waiting = waiting_slices(connection, report.source)
    for number in waiting:
        _transform_slice(database, mappings, number, report_id)
    with database.connect() as connection:
        left = count_left(connection, report.source)
        reasons = {"no ehr_id": left} if left else {}
        transforms.end(connection, report_id, reasons)
        ended = _read(connection, report_id)
    _log.info("user properties of %s: %d rows moved, %d left", report.source, ended.migrated, left)
    return ended


def fail_transform(database: Database, report_id: str, error: GradelineError) -> None:
    """Store that a transform is not tried again."""
    with database.connect() as connection:
        transforms.end(connection, report_id, {}, str(error))


def rules_of(mappings: FieldMappings) -> PropertyRules:
    """Return what the mappings say of user properties."""
    return PropertyRules(
        permanent=mappings.permanent,
        changeable=mappings.changeable,
        ehr_id=[(path.holder, path.name) for path in mappings.ehr_id],
        transforms=mappings.transforms,
    )


def _transform_slice(
    database: Database, mappings: FieldMappings, number: int, report_id: str
) -> None:
    tables = {table.name: table for table in row_tables(mappings)}
    with database.connect() as connection:
        chosen = [tables[name] for name in _TABLES]
        done = transform_slice(connection, number, rules_of(mappings), chosen)
        transforms.count(connection, report_id, asdict(done))


def _read(connection: Connection, report_id: str) -> TransformReport:
    report = transforms.read(connection, report_id)
    if report is None:
        raise WrongUse(f"There is no transform {report_id}.")
    return report
