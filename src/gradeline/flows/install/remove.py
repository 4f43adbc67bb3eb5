"""Stages 1.0 and 1.1: back tables up, prove the dumps, and only then drop the tables."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.base.plurals import count
from gradeline.flows.install.work import Work, count_rows, present
from gradeline.records.bot_tables import BOT_VIEWS
from gradeline.warehouse.install.drop import drop_tables, lock_tables, refuse_dependents
from gradeline.warehouse.install.dumps import make_dumps
from gradeline.warehouse.schema.views import canonical_views


def remove_tables(work: Work, tables: Sequence[str]) -> None:
    """Back up and drop those of the tables that exist.

    Nobody writes them from the first look at them to the drop, so the dumps lack nothing.

    Raises:
        WarehouseError: a dump is not proven, or something stands on a table that would not come
            back; nothing is dropped.
        DiskFull: the disk is full; nothing is dropped.
    """
    here = present(work, tables)
    if not here:
        work.tell("None of the tables exists; nothing is dropped.")
        return
    place, connection = work.installation, work.connection
    lock_tables(connection, here)
    # Canonical views are made again by whichever command opens the database next.
    refuse_dependents(connection, here, (*BOT_VIEWS, *canonical_views()))
    rows = count_rows(connection, here)
    filled = [table for table in here if rows[table]]
    dumps = make_dumps(connection, place.database, filled, place.dumps, place.clock())
    for dump in dumps:
        work.tell(
            f"{dump.table}: {count(dump.rows, 'row')} backed up to {dump.path}, restored and"
            f" compared; SHA-256 {dump.sha256}"
        )
    drop_tables(connection, here, dumps, place.login, work.run)
    for table in here:
        work.tell(f"{table}: dropped" + ("" if rows[table] else "; it had no rows"))
