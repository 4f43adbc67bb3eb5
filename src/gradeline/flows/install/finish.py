"""Stages 6.0 and 7.0: the final report, and the backup of each day."""

from __future__ import annotations

import logging
from pathlib import Path

from gradeline.base.errors import WarehouseError
from gradeline.base.plurals import count
from gradeline.flows.install.log import install_log
from gradeline.flows.install.work import Installation, Work, count_rows, present
from gradeline.records.bot_tables import (
    BOT_TABLES,
    BOT_VIEWS,
    LATEST_FILES,
)
from gradeline.warehouse import Database, Role
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.dumps import delete_unproven, find_dumps
from gradeline.warehouse.install.latest import replace_latest
from gradeline.warehouse.install.make import act_as
from gradeline.warehouse.install.notes import pending_drops
from gradeline.warehouse.install.scratch import drop_left_behind
from gradeline.warehouse.install.transaction import install_transaction

_log = logging.getLogger(__name__)

#: File → the table without rows of which there is nothing to keep.
_SUBJECTS = {
    "dictionary_latest.sql": "esp2rus_dictionary",
    "client_info_latest.sql": "client_info",
}


def report(work: Work) -> None:
    """Tell what is there: tables with rows and latest backup, views, what waits, what is wrong.

    Raises:
        WarehouseError: PostgreSQL refuses to read it.
    """
    here = present(work, BOT_TABLES)
    for table, rows in count_rows(work.connection, here).items():
        dumps = find_dumps(work.installation.dumps, table)
        backup = f"latest backup {dumps[0].name}" if dumps else "no backup"
        work.tell(f"{table}: {count(rows, 'row')}; {backup}")
    for name in (*BOT_TABLES, *BOT_VIEWS):
        if name not in here and name not in present(work, BOT_VIEWS):
            work.problem(f"{name}: missing; `gradeline install` makes it.")
    act_as(work.connection, Role.LOADER)
    waiting = [one for one in pending_drops(work.connection, BOT_TABLES) if one.rows]
    act_as(work.connection, Role.OWNER)
    for one in waiting:
        work.tell(f"{one.table}: {count(one.rows, 'row')} wait in {one.dump} for stage 3.0")
    work.tell("Done." if not work.problems else f"Done, with {len(work.problems)} problems.")


def backup_of_the_day(database: Database, home: Path, zone: str) -> None:
    """Do stage 7.0 for a schedule, logged as an install.

    Raises:
        WarehouseError: a dump is not proven, or clients or words are gone; the files are as before.
        DiskFull: the disk is full; the files are as before.
    """
    with install_log(home, zone, _log.info) as tell:
        place = Installation(database=database, home=home, zone=zone, login="schedule", tell=tell)
        problems = keep_latest(place)
    if problems:
        raise WarehouseError(" ".join(problems), hint="Restore them, or delete the old file.")


def keep_latest(place: Installation, stage: str = "7.0") -> list[str]:
    """Write `dictionary_latest.sql` and `client_info_latest.sql` again; return what is wrong.

    A file is not replaced by one without rows: where clients or words are gone, it stays.

    Raises:
        WarehouseError: a dump is not proven; the files are as before.
        DiskFull: the disk is full; the files are as before.
    """
    problems = []
    with install_transaction(place.database) as connection:
        delete_unproven(place.dumps)
        drop_left_behind(place.database)
        files = {}
        for name, tables in LATEST_FILES.items():
            subject = _SUBJECTS[name]
            missing = {*tables} - {*catalog.present(connection, tables)}
            rows = 0 if missing else count_rows(connection, [subject])[subject]
            if missing:
                problems.append(f"{name} is not written: {', '.join(sorted(missing))} is missing.")
                place.tell(f"{stage}  {problems[-1]}")
            elif rows:
                files[name] = tables
            elif (place.dumps / name).exists():
                problems.append(f"{name} stays as it is: {subject} has no rows any more.")
                place.tell(f"{stage}  {problems[-1]}")
            else:
                place.tell(f"{stage}  {subject} has no rows yet; {name} is not written.")
        rows_of = replace_latest(place.database, files, place.dumps) if files else {}
    for name, total in rows_of.items():
        place.tell(f"{stage}  {place.dumps / name}: {count(total, 'row')}, restored and compared")
    return problems
