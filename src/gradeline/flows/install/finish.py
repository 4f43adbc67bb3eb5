"""Stages 6.0 and 7.0: the final report, and the backup of each day."""

from __future__ import annotations

from gradeline.base.plurals import count
from gradeline.flows.install.work import Installation, Work, count_rows, present
from gradeline.records.bot_tables import (
    BOT_TABLES,
    BOT_VIEWS,
    CLIENT_TABLES,
    DICTIONARY_TABLES,
)
from gradeline.warehouse import Role
from gradeline.warehouse.install.dumps import delete_unproven, find_dumps
from gradeline.warehouse.install.latest import replace_latest
from gradeline.warehouse.install.make import act_as
from gradeline.warehouse.install.notes import pending_drops
from gradeline.warehouse.install.scratch import drop_left_behind
from gradeline.warehouse.install.transaction import install_transaction

#: File → its tables, and the table without rows of which there is nothing to keep.
LATEST = {
    "dictionary_latest.sql": (DICTIONARY_TABLES, "esp2rus_dictionary"),
    "client_info_latest.sql": (CLIENT_TABLES, "client_info"),
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
        for name, (tables, subject) in LATEST.items():
            rows = count_rows(connection, [subject])[subject]
            if rows:
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
