"""What was dropped and not restored yet: notes in the audit, written with the drop itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradeline.warehouse.audit import AuditNote, note
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_DROPPED, _RESTORED = "drop table", "restore table"


@dataclass(frozen=True, kw_only=True)
class DropNote:
    """A table that was dropped."""

    table: str
    run: str  #: the install that did it; tables of one run belong together
    dump: str | None  #: the name of its file; None = it had no rows
    sha256: str  #: of the file; empty = there is none
    rows: int
    #: column → the number that its next row was to get, so that no number is given twice
    next_numbers: Mapping[str, int] = field(default_factory=dict)


def note_drop(connection: Connection, login: str, dropped: DropNote) -> None:
    """Note that a table was dropped, in the transaction that does it."""
    detail = {
        "run": dropped.run,
        "dump": dropped.dump,
        "sha256": dropped.sha256,
        "next": dict(dropped.next_numbers),
    }
    _note(connection, login, _DROPPED, dropped.table, dropped.rows, detail)


def note_restore(connection: Connection, login: str, table: str, rows: int, run: str) -> None:
    """Note that all that was dropped of a table is back, in the transaction that restores it."""
    _note(connection, login, _RESTORED, table, rows, {"run": run})


def known_tables(connection: Connection, tables: Sequence[str]) -> frozenset[str]:
    """Return which of these tables were ever dropped or restored here; as the loader."""
    rows = connection.execute(query("install", "notes"), {"names": list(tables)})
    return frozenset(table for _, table, _, _ in rows)


def pending_drops(connection: Connection, tables: Sequence[str]) -> list[DropNote]:
    """Return what was dropped of these tables and is not restored, the newest first.

    Args:
        connection: acts as the loader.
        tables: whose notes are read.
    """
    found: dict[str, list[DropNote]] = {}
    rows = connection.execute(query("install", "notes"), {"names": list(tables)})
    for action, table, count, detail in rows:
        if action == _RESTORED:
            found[table] = []
            continue
        found.setdefault(table, []).append(
            DropNote(
                table=table,
                run=detail["run"],
                dump=detail["dump"],
                sha256=detail["sha256"],
                rows=count or 0,
                next_numbers=detail["next"],
            )
        )
    runs = {one.run: None for drops in found.values() for one in drops}
    order = list(runs)
    every = [one for drops in found.values() for one in drops]
    return sorted(every, key=lambda one: order.index(one.run), reverse=True)


def _note(
    connection: Connection,
    login: str,
    action: str,
    table: str,
    rows: int,
    detail: Mapping[str, Any],
) -> None:
    note(connection, AuditNote(login=login, action=action, subject=table, rows=rows, detail=detail))
