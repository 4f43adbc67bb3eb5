"""Stage 3.0: put the rows of the latest backups back into the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from gradeline.base.errors import WarehouseError
from gradeline.base.plurals import count
from gradeline.flows.install.work import Work, count_rows, present
from gradeline.records.bot_tables import BOT_TABLES, LATEST_FILES
from gradeline.warehouse import Role
from gradeline.warehouse.install.adopt import adopt_table, earlier_tables
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
from gradeline.warehouse.install.scratch import restore_files, scratch_database


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
    for dumps in sets:
        ordered = [table for table in tables if table in dumps]
        _restore(work, {dumps[table]: [table] for table in ordered}, ordered)
    latest = _restore_latest(work, [table for table in here if table not in known])
    put_off = make_links(connection, tables)
    if put_off:
        names = ", ".join(f"{one.table} ({one.name})" for one in put_off)
        raise WarehouseError(
            f"Rows refer to others that no backup has: {names}.",
            hint="Nothing was restored. `gradeline audit ls` names the dumps of what was dropped.",
        )
    adopted = list(adopt_earlier(work))
    if not sets and not latest and not adopted:
        work.tell("Nothing waits in a backup; nothing is restored.")


def adopt_earlier(work: Work) -> Iterator[str]:
    """Take over the rows of tables that an earlier bot had; yield their names.

    What cannot be taken over is told; the earlier tables stay as they are.
    """
    act_as(work.connection, Role.LOADER)
    earlier = earlier_tables(work.connection, BOT_TABLES)
    act_as(work.connection, Role.OWNER)
    missing = {*earlier} - {*present(work, BOT_TABLES)}
    for table in [table for table in earlier if table not in missing]:
        one = adopt_table(work.connection, table, earlier[table], work.installation.login)
        there = f", {one.present:,} were there" if one.present else ""
        left = f"; {one.left:,} left, as {one.reason}" if one.left else ""
        if one.reason and not one.left:
            work.tell(f"before_gradeline.{table} stays where it is: {one.reason}.")
            continue
        work.tell(
            f"{table}: {count(one.added, 'row')} taken over from before_gradeline{there}{left}"
        )
        yield table


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


def _restore_latest(work: Work, tables: Sequence[str]) -> bool:
    """Restore those of the tables that are empty; whether there was a backup of any.

    The backup of the day counts, and without one the latest dump of each table.

    Args:
        work: the stage.
        tables: that were never dropped here, so that no dump is known to be theirs.
    """
    rows = count_rows(work.connection, tables)
    empty = [table for table in tables if not rows[table]]
    folder = work.installation.dumps
    files = {
        folder / name: own
        for name, own in LATEST_FILES.items()
        if (folder / name).exists() and any(table in empty for table in own)
    }
    covered = {table for own in files.values() for table in own}
    dated = {table: find_dumps(folder, table) for table in empty if table not in covered}
    files = {**files, **{paths[0]: (table,) for table, paths in dated.items() if paths}}
    known = {table for own in files.values() for table in own}
    wanted = [table for table in empty if table in known]
    if wanted:
        _restore(work, files, wanted)
    return bool(wanted)


def _restore(work: Work, files: Mapping[Path, Sequence[str]], tables: Sequence[str]) -> None:
    """Restore files into a scratch database, and some of their tables from there."""
    place = work.installation
    file_of = {table: path.name for path, own in files.items() for table in own}
    with scratch_database(place.database) as scratch:
        restore_files(scratch, files)
        restored = restore_rows(work.connection, scratch, tables)
    for one in restored:
        kept = f"; {one.present:,} were there or are forgotten" if one.present else ""
        work.tell(
            f"{one.table}: {count(one.added, 'row')} restored from {file_of[one.table]}{kept}"
        )
        note_restore(work.connection, place.login, one.table, one.added, work.run)
