"""The ledger: the table with the state of each slice, written by this module alone.

What is loaded and the state of the work are kept apart: a slice that is planned, landed, failed
or held again keeps what was loaded of it until the new version is settled, in one transaction
with its rows and its quarantine. Every function takes a connection first; the caller owns the
transaction.
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
    """Store which slices should exist; return those with work to do, in the order of `planned`.

    A slice that was settled with the same fingerprint, or is held, needs no work. One settled with
    another fingerprint is planned again; what is loaded of it stays readable. Of a slice that is
    planned twice the last one counts.
    """
    slices = {slice_id(item.slice): item for item in planned}
    _run(
        connection,
        "plan",
        ids=list(slices),
        sources=[item.slice.source for item in slices.values()],
        streams=[item.slice.stream for item in slices.values()],
        windows=[item.slice.window for item in slices.values()],
        fingerprints=[item.fingerprint for item in slices.values()],
        starts=[item.starts_at for item in slices.values()],
        ends=[item.ends_at for item in slices.values()],
        details=[_detail_json(item) for item in slices.values()],
        by_run=[item.by_run for item in slices.values()],
        open=[item.open for item in slices.values()],
    )
    entries = {entry.slice_id: entry for entry in _select_entries(connection, ids=list(slices))}
    return [entries[number] for number in slices if entries[number].state in WORK]


def read_entries(
    connection: Connection, *, source: str | None = None, states: Collection[State] | None = None
) -> list[Entry]:
    """Read all entries, or those of a source or in some states, in the order of their names."""
    return _select_entries(connection, source=source, states=states)


def read_entry(connection: Connection, slice_: Slice) -> Entry:
    """Read the entry of one slice.

    Raises:
        WrongUse: the ledger has no such slice.
    """
    entries = _select_entries(connection, ids=[slice_id(slice_)])
    if not entries:
        raise WrongUse(
            f"No slice is called `{slice_}`.", hint="`gradeline slices ls` shows those there are."
        )
    return entries[0]


def find_settled(connection: Connection, planned: PlannedSlice) -> Entry | None:
    """Read the entry of a slice of the same stream that holds the same; None = there is none.

    Its window may be another one: what it depends on is the same, and loaded.
    """
    slice_ = planned.slice
    rows = _run(
        connection,
        "find_settled",
        source=slice_.source,
        stream=slice_.stream,
        fingerprint=planned.fingerprint,
    ).fetchall()
    return _select_entries(connection, ids=[rows[0]["slice_id"]])[0] if rows else None


def find_pending(connection: Connection, number: int) -> Entry | None:
    """Read an entry if it still waits for a run; None when another process settled it."""
    entries = _select_entries(connection, ids=[number])
    return entries[0] if entries and entries[0].state in WORK else None


def lock(connection: Connection, number: int) -> str:
    """Keep others from loading or settling a slice until the transaction ends; its name.

    Raises:
        WarehouseError: the ledger has no such slice.
    """
    return str(_one(connection, "lock", number)[0]["name"])


def mark_landed(
    connection: Connection,
    number: int,
    raw_keys: Sequence[str],
    *,
    fingerprint: str,
    forgotten: int = 0,
) -> None:
    """Record that the raw objects of a version are in the lake.

    A run after a kill finds them as `Entry.usable_raws` and reads them without asking the source.

    Args:
        connection: the caller owns its transaction.
        number: of the slice.
        raw_keys: keys of the raw objects.
        fingerprint: of the version they hold.
        forgotten: records of forgotten learners that were left out of them.
    """
    values = {"raw_keys": list(raw_keys), "fingerprint": fingerprint, "forgotten": forgotten}
    _one(connection, "mark_landed", number, **values)


def mark_failed(
    connection: Connection, number: int, reason: str, *, ask_again: bool = False
) -> None:
    """Record that a try ended with an error; the next run tries again.

    It reads the raw objects in the lake again, unless `ask_again`: then they caused the error,
    and the source is asked again.
    """
    reason = storable(reason)
    _one(connection, "ended", number, state=State.FAILED, reason=reason, ask_again=ask_again)


def mark_not_ready(connection: Connection, number: int, reason: str) -> None:
    """Record that the system does not have it yet; the next run asks again."""
    reason = storable(reason)
    _one(connection, "ended", number, state=State.NOT_READY, reason=reason, ask_again=True)


def hold(connection: Connection, number: int, what: HeldVersion) -> None:
    """Hold a version with too many broken records, until a person decides."""
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
    """Make this version the loaded one, in the transaction that writes its rows and quarantine.

    Returns:
        `loaded`, or `empty` where nothing was received, or `planned` when another version was
        planned meanwhile: then this version is readable and work remains.

    Raises:
        WarehouseError: its counts contradict each other; the caller must roll back.
    """
    values = {field: getattr(what, field) for field in what.__dataclass_fields__}
    counts: Counts = values.pop("counts")
    values |= asdict(counts)
    values["courses"] = None if what.courses is None else sorted(what.courses)
    values["notes"] = json.dumps(dict(what.notes))
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
    """Plan settled slices again although nothing changed (`--full`, replay); how many."""
    return _run(connection, "replan", ids=list(numbers)).rowcount


def release(connection: Connection, slice_: Slice) -> Entry:
    """Release a held slice: the next run loads the valid records of the same content.

    Raises:
        WrongUse: it is not held.
    """
    entry = read_entry(connection, slice_)
    if _run(connection, "release", slice_id=entry.slice_id).rowcount == 0:
        raise WrongUse(f"Slice `{slice_}` is not held: it is {entry.state}.")
    return read_entry(connection, slice_)


def drop(connection: Connection, slice_: Slice) -> Entry:
    """Drop the held version of a slice, or all of a slice that its source no longer has.

    What was loaded before a version was held stays. The caller deletes the rows of a slice that
    is gone in the same transaction (`load.delete_rows`).

    Raises:
        WrongUse: it is neither held nor gone.
    """
    entry = read_entry(connection, slice_)
    if entry.gone_at is not None:
        name, reason = "drop_gone", "dropped: its source no longer has it"
    else:
        broken, received = entry.held_quarantined, entry.held_received
        name, reason = "drop_held", f"dropped: {broken} of {received} records were broken"
    with savepoint(connection):
        if _run(connection, name, slice_id=entry.slice_id, reason=reason).rowcount == 0:
            raise WrongUse(
                f"Slice `{slice_}` is neither held nor gone from its source: it is {entry.state}.",
                hint="Only such slices can be dropped.",
            )
        quarantine.drop(connection, entry.slice_id, only_held=entry.gone_at is None)
    return read_entry(connection, slice_)


def mark_gone(connection: Connection, source: str, keep: Iterable[Slice]) -> list[Entry]:
    """Mark the slices that a source no longer has; return those newly marked.

    `keep` are all that it has. What is loaded of the others stays, so that a folder that is
    missing for a day deletes nothing: a person is asked to drop them. A slice that comes back
    loses the mark when it is planned.
    """
    ids = [slice_id(slice_) for slice_ in keep]
    rows = _run(connection, "mark_gone", source=source, keep=ids).fetchall()
    return _select_entries(connection, ids=[row["slice_id"] for row in rows])


def record_erasure(connection: Connection, number: int, what: RewrittenSlice) -> None:
    """Record that learners were erased from a slice; its counts go down by their records.

    Call it in the transaction that deletes their rows and quarantined records. The state of the
    slice does not change, unless nothing of it is left.
    """
    values = {field: getattr(what, field) for field in what.__dataclass_fields__}
    for column in ("raw_keys", "loaded_raw_keys"):
        values[column] = list(values[column])
    _one(connection, "record_erasure", number, **values)


def release_raws(connection: Connection, before: datetime) -> frozenset[str]:
    """Drop the raw objects of slices that were loaded before that instant; return their keys.

    Another slice may still name some of the keys (`named_keys`).
    """
    rows = _run(connection, "release_raws", before=before).fetchall()
    return frozenset(key for row in rows for key in row["keys"])


def snapshot(connection: Connection) -> list[FactObject]:
    """List the fact objects of everything that is loaded, in the order of their slices' names.

    Objects never change, so whoever has this list reads the same facts until the sweep deletes
    them (a day later at the earliest).
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
        for row in _run(connection, "snapshot")
    ]


def named_keys(connection: Connection) -> frozenset[str]:
    """Read the keys of all raw and fact objects that the ledger names: a sweep must keep them."""
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
