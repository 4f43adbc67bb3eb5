"""Stage 3.0: put the rows of the latest backups back into the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from gradeline.base.errors import WarehouseError
from gradeline.base.plurals import count
from gradeline.flows.install.work import Work, count_rows, present
from gradeline.records.bot_tables import BOT_TABLES
from gradeline.warehouse import Role
from gradeline.warehouse.install.drop import lock_tables
from gradeline.warehouse.install.dumps import find_dumps, sha256_of
from gradeline.warehouse.install.make import act_as, make_links
from gradeline.warehouse.install.notes import (
    DropNote,
    known_tables,
    note_restore,
    pending_drops,
)
from gradeline.warehouse.install.restore import restore_rows
from gradeline.warehouse.install.scratch import restore_tables, scratch_database


def restore_backups(work: Work, tables: Sequence[str] = BOT_TABLES) -> None:
    """Restore what was dropped and is not back yet; empty tables from their latest dump.

    Rows that are there stay as they are. A table with rows of which nothing was dropped is left
    alone, so a second run adds nothing. Who was forgotten since stays forgotten.

    Raises:
        WarehouseError: a dump is missing or is not the one that was made, a table is missing, or
            rows do not fit together; nothing is restored.
    """
    connection = work.connection
    here = present(work, tables)
    lock_tables(connection, here)
    act_as(connection, Role.LOADER)
    pending, known = pending_drops(connection, tables), known_tables(connection, tables)
    act_as(connection, Role.OWNER)
    _refuse_missing_tables(pending, here)
    sets = list(_dropped(work, pending))
    latest = _latest(work, [table for table in here if table not in known])
    for dumps in [*sets, latest] if latest else sets:
        _restore(work, {table: dumps[table] for table in tables if table in dumps})
    put_off = make_links(connection, tables)
    if put_off:
        names = ", ".join(f"{one.table} ({one.name})" for one in put_off)
        raise WarehouseError(
            f"Rows refer to others that no backup has: {names}.",
            hint="Nothing was restored. `gradeline audit ls` names the dumps of what was dropped.",
        )
    if not sets and not latest:
        work.tell("Nothing waits in a backup; nothing is restored.")


def _refuse_missing_tables(pending: Sequence[DropNote], here: Sequence[str]) -> None:
    missing = sorted({one.table for one in pending if one.rows} - set(here))
    if missing:
        raise WarehouseError(
            f"These tables do not exist: {', '.join(missing)}.",
            hint="Make them first: `gradeline install --stage 2.0`, then --stage 2.1.",
        )


def _dropped(work: Work, pending: Sequence[DropNote]) -> Iterator[Mapping[str, Path]]:
    """Yield the dumps of each run that dropped tables, the oldest first: rows refer backwards."""
    for _, notes in groupby(reversed(pending), key=lambda one: one.run):
        dumps = {one.table: _checked(work, one) for one in notes if one.dump}
        if dumps:
            yield dumps


def _checked(work: Work, note: DropNote) -> Path:
    path = work.installation.dumps / (note.dump or "")
    if not path.is_file():
        raise WarehouseError(
            f"The backup {path} of {note.table} is missing.",
            hint="Bring it there from where it is; nothing was restored.",
        )
    if sha256_of(path) != note.sha256:
        raise WarehouseError(
            f"The backup {path} of {note.table} was changed: its SHA-256 is not {note.sha256}.",
            hint="Bring the file there that was made; nothing was restored.",
        )
    return path


def _latest(work: Work, tables: Sequence[str]) -> Mapping[str, Path]:
    """Return the latest dump of each table that is empty and that was never dropped here."""
    rows = count_rows(work.connection, tables)
    found = {
        table: find_dumps(work.installation.dumps, table) for table in tables if not rows[table]
    }
    return {table: paths[0] for table, paths in found.items() if paths}


def _restore(work: Work, dumps: Mapping[str, Path]) -> None:
    place = work.installation
    with scratch_database(place.database) as scratch:
        restore_tables(scratch, dumps)
        restored = restore_rows(work.connection, scratch, list(dumps))
    for one in restored:
        kept = f"; {one.present:,} were there or are forgotten" if one.present else ""
        work.tell(
            f"{one.table}: {count(one.added, 'row')} restored from {dumps[one.table].name}{kept}"
        )
        note_restore(work.connection, place.login, one.table, one.added, work.run)
