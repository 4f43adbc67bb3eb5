"""What an install would do, told without doing any of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradeline.base.plurals import count
from gradeline.flows.install.stages import MAKING, STAGES, Stage
from gradeline.records.bot_tables import (
    BOT_TABLES,
    BOT_VIEWS,
    CLIENT_TABLES,
    DICTIONARY_TABLES,
    LATEST_FILES,
)
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.dumps import find_dumps
from gradeline.warehouse.install.notes import known_tables, pending_drops
from gradeline.warehouse.schema.migrate import applied_migrations, read_migrations

_TABLES = {"1.0": BOT_TABLES, "1.1": DICTIONARY_TABLES, "2.0": CLIENT_TABLES}
_TABLES |= {"2.1": DICTIONARY_TABLES}


@dataclass(frozen=True, kw_only=True)
class _State:
    """The tables as they are, and as each stage would leave them for the next one."""

    rows: dict[str, int]  #: table that exists → its rows
    waiting: dict[str, int]  #: table → rows in backups that would be restored
    views: set[str]
    folder: Path


def plan_install(
    database: Database | None, folder: Path, stages: Sequence[Stage]
) -> Iterator[tuple[str, str]]:
    """Yield (number of a stage, what it would do); nothing is changed.

    Args:
        database: as it is; None = it does not exist.
        folder: of the dumps.
        stages: that would run; none = a bare install.

    Raises:
        WarehouseError: PostgreSQL refuses to read it.
    """
    if database is None:
        yield "", "Would make the database, its roles, tables and views."
        return
    with database.connect_as_login() as connection:
        done = {step.version for step in applied_migrations(connection)}
    missing = [step for step in read_migrations() if step.version not in done]
    for step in missing:
        yield "", f"Would apply the migration {step.version:04d} {step.name}."
    if missing:
        yield "", "The stages are told once these are applied: run `gradeline install` first."
        return
    with database.connect() as connection:
        state = _read(connection, folder)
    for stage in stages or [one for one in STAGES if one.number in MAKING]:
        lines = list(_plan(stage, state)) or ["Nothing to do."]
        yield from ((stage.number, line) for line in lines)


def _read(connection: Connection, folder: Path) -> _State:
    here = catalog.present(connection, BOT_TABLES)
    rows = {table: catalog.count_rows(connection, table) for table in here}
    waiting: dict[str, int] = {}
    for one in pending_drops(connection, BOT_TABLES):
        waiting[one.table] = waiting.get(one.table, 0) + one.rows
    known = known_tables(connection, BOT_TABLES)
    for table in here:
        if not rows[table] and table not in known and _has_backup(folder, table):
            waiting[table] = -1
    views = set(catalog.present(connection, BOT_VIEWS))
    return _State(rows=rows, waiting=waiting, views=views, folder=folder)


def _has_backup(folder: Path, table: str) -> bool:
    files = [folder / name for name, tables in LATEST_FILES.items() if table in tables]
    return bool(find_dumps(folder, table)) or any(file.exists() for file in files)


def _plan(stage: Stage, state: _State) -> Iterator[str]:
    tables = _TABLES.get(stage.number, BOT_TABLES)
    match stage.number[0]:
        case "1":
            yield from _plan_removal(tables, state)
        case "2":
            for table in tables:
                if table not in state.rows:
                    state.rows[table] = 0
                    yield f"Would create {table}."
        case "3":
            yield from _plan_restore(state)
        case "4":
            yield "Would compare study_levels, study_level and esp2rus_dictionary."
        case "5":
            yield from (f"Would create {view}." for view in BOT_VIEWS if view not in state.views)
        case "6":
            yield "Would report tables, rows, backups and what is missing."
        case "7":
            yield from (f"Would replace {state.folder / name}." for name in LATEST_FILES)


def _plan_removal(tables: Sequence[str], state: _State) -> Iterator[str]:
    for table in [table for table in tables if table in state.rows]:
        rows = state.rows.pop(table)
        state.views.clear()
        if rows:
            state.waiting[table] = state.waiting.get(table, 0) + rows
            yield f"Would back up {count(rows, 'row')} of {table} to {state.folder}, and drop it."
        else:
            yield f"Would drop {table}, which has no rows."


def _plan_restore(state: _State) -> Iterator[str]:
    for table in BOT_TABLES:
        rows = state.waiting.pop(table, 0)
        if rows and table not in state.rows:
            yield f"Would fail: {table} does not exist, and its rows wait in a backup."
        elif rows:
            many = count(rows, "row") if rows > 0 else "the rows of its latest backup"
            yield f"Would restore {many} into {table}."
