"""The ledger: the one table that says where each slice stands, written by this module alone.

What is loaded and where the work stands are kept apart: a slice that is planned, landed,
failed or held again keeps what was loaded of it until the new version is settled, in one
transaction with its rows and its quarantine. Every function takes a connection first; the
caller owns the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

import psycopg.errors
from psycopg.rows import DictRow, dict_row

from gradeline.base.errors import WarehouseError, WrongUse
from gradeline.records.counts import Counts
from gradeline.records.slices import PlannedSlice, Slice, State
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.savepoints import savepoint
from gradeline.warehouse.connect.text import storable
from gradeline.warehouse.slices import quarantine
from gradeline.warehouse.slices.entry import (
    Entry,
    FactObject,
    HeldVersion,
    RewrittenSlice,
    SettledVersion,
    slice_id,
)
from gradeline.warehouse.sql import query

_FILE = "ledger"
#: Key of the column `detail` under which the reader of a slice stands.
_READER = "reader"

#: States in which a slice waits for a run. `held` waits for a person.
WORK = frozenset({State.PLANNED, State.LANDED, State.FAILED, State.NOT_READY})


def plan(connection: Connection, planned: Iterable[PlannedSlice]) -> list[Entry]:
    """Write down what should exist; give the entries with work to do, in the order given.

    A slice settled with the same fingerprint, or held, is no work. One settled with another
    fingerprint is planned again; what is loaded of it stays readable. Named twice counts once,
    as named last.
    """
    wanted = {slice_id(each.slice): each for each in planned}
    _run(
        connection,
        "plan",
        ids=list(wanted),
        sources=[each.slice.source for each in wanted.values()],
        streams=[each.slice.stream for each in wanted.values()],
        windows=[each.slice.window for each in wanted.values()],
        fingerprints=[each.fingerprint for each in wanted.values()],
        starts=[each.starts_at for each in wanted.values()],
        ends=[each.ends_at for each in wanted.values()],
        details=[_detail_json(each) for each in wanted.values()],
        by_run=[each.by_run for each in wanted.values()],
        open=[each.open for each in wanted.values()],
    )
    found = {entry.slice_id: entry for entry in _select_entries(connection, ids=list(wanted))}
    return [found[number] for number in wanted if found[number].state in WORK]


def read_entries(
    connection: Connection,
    *,
    source: str | None = None,
    states: Collection[State] | None = None,
) -> list[Entry]:
    """All entries, or those of a source or in some states, in the order of their names."""
    return _select_entries(connection, source=source, states=states)


def read_entry(connection: Connection, slice_: Slice) -> Entry:
    """What the ledger says about one slice.

    Raises:
        WrongUse: it knows no such slice.
    """
    found = _select_entries(connection, ids=[slice_id(slice_)])
    if not found:
        raise WrongUse(
            f"No slice is called `{slice_}`.", hint="`gradeline slices ls` shows those there are."
        )
    return found[0]


def find_pending(connection: Connection, number: int) -> Entry | None:
    """The entry as it stands now if it still waits for a run; null when somebody settled it."""
    found = _select_entries(connection, ids=[number])
    return found[0] if found and found[0].state in WORK else None


def lock(connection: Connection, number: int) -> str:
    """Keep others from loading or settling this slice until the transaction ends; its name.

    Raises:
        WarehouseError: the ledger has no such slice.
    """
    row = _run(connection, "lock", slice_id=number).fetchone()
    if row is None:
        raise WarehouseError(
            f"The ledger has no slice with the number {number}.", hint="Plan it first."
        )
    return str(row["name"])


def mark_landed(
    connection: Connection,
    number: int,
    raw_keys: Sequence[str],
    *,
    fingerprint: str,
    forgotten: int = 0,
) -> None:
    """The raw objects of the version with this fingerprint are in the lake.

    A run after a kill finds them as `Entry.usable_raws` and reads them without asking the source.
    So many records of forgotten learners were left out of them.
    """
    values = {"raw_keys": list(raw_keys), "fingerprint": fingerprint, "forgotten": forgotten}
    _one(connection, "mark_landed", number, **values)


def mark_failed(
    connection: Connection, number: int, reason: str, *, ask_again: bool = False
) -> None:
    """A try ended with an error; the next run tries again.

    Raw objects that landed are read again then, unless `ask_again` says that they were the fault.
    """
    _one(
        connection,
        "ended",
        number,
        state=State.FAILED,
        reason=storable(reason),
        ask_again=ask_again,
    )


def mark_not_ready(connection: Connection, number: int, reason: str) -> None:
    """The system will have it later; the next run asks again."""
    _one(
        connection,
        "ended",
        number,
        state=State.NOT_READY,
        reason=storable(reason),
        ask_again=True,
    )


def hold(connection: Connection, number: int, what: HeldVersion) -> None:
    """Too much of this version is broken: nothing of it is stored until a person decides."""
    _one(
        connection,
        "hold",
        number,
        fingerprint=what.fingerprint,
        reason=storable(what.reason),
        raw_keys=list(what.raw_keys),
        received=what.counts.received,
        quarantined=what.counts.quarantined,
    )


def settle(connection: Connection, number: int, what: SettledVersion) -> State:
    """Make this version the one that is loaded: `loaded`, or `empty` where nothing was received.

    Call it in the transaction that writes the rows and the quarantine. It gives `planned` when
    another version was planned meanwhile: then this one is readable and work remains.

    Raises:
        WarehouseError: its counts break the law; the caller's transaction must end.
    """
    values = {field: getattr(what, field) for field in what.__dataclass_fields__}
    counts: Counts = values.pop("counts")
    values |= asdict(counts)
    values["courses"] = None if what.courses is None else sorted(what.courses)
    try:
        rows = _one(connection, "settle", number, **values)
    except psycopg.errors.CheckViolation as error:
        raise WarehouseError(
            f"The record counts of slice {number} do not add up: received {counts.received}, "
            f"stored {counts.stored}, already there {counts.already_there}, quarantined "
            f"{counts.quarantined}, facts in {what.fact_key} "
            f"(broken: {error.diag.constraint_name}).",
            hint="Nothing was saved. This is a bug in Gradeline; please report it.",
        ) from error
    return State(rows[0]["state"])


def replan(connection: Connection, numbers: Collection[int]) -> int:
    """Plan settled slices once more though nothing changed (`--full`, replay); how many."""
    return _run(connection, "replan", ids=list(numbers)).rowcount


def release(connection: Connection, slice_: Slice) -> Entry:
    """Let a held slice pass: the next run loads what can be understood of the same content.

    Raises:
        WrongUse: it is not held.
    """
    found = read_entry(connection, slice_)
    if _run(connection, "release", slice_id=found.slice_id).rowcount == 0:
        raise WrongUse(f"Slice `{slice_}` is not held: it is {found.state}.")
    return read_entry(connection, slice_)


def drop(connection: Connection, slice_: Slice) -> Entry:
    """Give up a held slice's content, or all that is loaded of a slice its source no longer has.

    What was loaded before a reading was held stays. The rows of a slice that is gone are the
    caller's to take away in the same transaction (`load.delete_rows`).

    Raises:
        WrongUse: it is neither held nor gone.
    """
    found = read_entry(connection, slice_)
    if found.gone_at is not None:
        name, reason = "drop_gone", "dropped: its source no longer has it"
    else:
        broken, received = found.held_quarantined, found.held_received
        name, reason = "drop_held", f"dropped: {broken} of {received} records were broken"
    with savepoint(connection):
        if _run(connection, name, slice_id=found.slice_id, reason=reason).rowcount == 0:
            raise WrongUse(
                f"Slice `{slice_}` is neither held nor gone from its source: it is {found.state}.",
                hint="Only such slices can be dropped.",
            )
        quarantine.drop(connection, found.slice_id, only_held=found.gone_at is None)
    return read_entry(connection, slice_)


def mark_gone(connection: Connection, source: str, keep: Iterable[Slice]) -> list[Entry]:
    """Mark the slices that a source no longer has, given all that it has; the newly marked ones.

    What is loaded of them still counts, so that a folder that is away for a day takes nothing
    with it: a person is told, and drops them. A slice that comes back loses the mark when planned.
    """
    kept = [slice_id(each) for each in keep]
    rows = _run(connection, "mark_gone", source=source, keep=kept).fetchall()
    return _select_entries(connection, ids=[row["slice_id"] for row in rows])


def record_erasure(connection: Connection, number: int, what: RewrittenSlice) -> None:
    """Learners were taken out of what is kept of a slice; its counts are lower by their records.

    Call it in the transaction that takes their rows and quarantined records away. What remains
    to be done with the slice does not change.
    """
    values = {field: getattr(what, field) for field in what.__dataclass_fields__}
    for column in ("raw_keys", "loaded_raw_keys"):
        values[column] = list(values[column])
    _one(connection, "record_erasure", number, **values)


def release_raws(connection: Connection, before: datetime) -> frozenset[str]:
    """Name no longer the raw objects of slices that were loaded before; the keys they had.

    Another slice may still name some of them (`named_keys`).
    """
    rows = _run(connection, "release_raws", before=before).fetchall()
    return frozenset(key for row in rows for key in row["keys"])


def snapshot(connection: Connection, *, source: str | None = None) -> list[FactObject]:
    """Every fact object that counts now, by the names of their slices.

    Objects are never changed, so whoever holds this list reads the same facts for as long as
    the sweep leaves them (a day).
    """
    return [
        FactObject(
            slice_id=row["slice_id"],
            slice=_slice(row),
            key=row["fact_key"],
            courses=_maybe_tuple(row["courses"]),
            checksum=row["checksum"],
            stored=row["stored"],
        )
        for row in _run(connection, "snapshot", source=source)
    ]


def named_keys(connection: Connection) -> frozenset[str]:
    """Every lake object, raw or facts, that the ledger names: all that a sweep must leave."""
    return frozenset(row["fact_key"] for row in _run(connection, "keys"))


def _run(connection: Connection, name: str, **values: object) -> psycopg.Cursor[DictRow]:
    cursor = connection.cursor(row_factory=dict_row)
    return cursor.execute(query(_FILE, name), values)


def _one(connection: Connection, name: str, number: int, **values: object) -> list[DictRow]:
    """Change one entry that must exist."""
    cursor = _run(connection, name, slice_id=number, **values)
    if cursor.rowcount != 1:
        raise WarehouseError(
            f"The ledger has no slice with the number {number}.", hint="Plan it first."
        )
    return cursor.fetchall() if cursor.description else []


def _select_entries(
    connection: Connection,
    *,
    source: str | None = None,
    states: Collection[State] | None = None,
    ids: Sequence[int] | None = None,
) -> list[Entry]:
    chosen = None if states is None else [str(state) for state in states]
    rows = _run(connection, "entries", source=source, states=chosen, ids=ids)
    return [_to_entry(row) for row in rows]


def _detail_json(planned: PlannedSlice) -> str:
    """The column `detail`, which holds the reader as well."""
    reader = {} if planned.reader is None else {_READER: planned.reader}
    return json.dumps({**planned.detail, **reader})


def _to_entry(row: DictRow) -> Entry:
    values: dict[str, Any] = dict(row)
    values["reader"] = row["detail"].get(_READER)
    values["detail"] = {name: value for name, value in row["detail"].items() if name != _READER}
    values["slice"] = _slice(row)
    for column in ("source", "stream", "slice_window"):
        del values[column]
    values["counts"] = Counts(**{field.name: values.pop(field.name) for field in fields(Counts)})
    values["state"] = State(row["state"])
    for column in ("raw_keys", "loaded_raw_keys"):
        values[column] = tuple(row[column])
    values["courses"] = _maybe_tuple(row["courses"])
    return Entry(**values)


def _slice(row: DictRow) -> Slice:
    return Slice(source=row["source"], stream=row["stream"], window=row["slice_window"])


def _maybe_tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)
