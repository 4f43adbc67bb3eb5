"""Rows into a table of the warehouse: Arrow batches in, PostgreSQL's binary COPY out.

Memory is flat: one batch at a time. Where nothing can collide the rows go straight into the
table; where a few keys are known already, those few wait in a temporary table and the rest goes
straight in; else all wait there, and only what differs is written, so that loading the same thing
again touches no row. PostgreSQL refuses COPY into a table whose row security binds the role;
there the last way is always taken.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from uuid import UUID

import psycopg
import psycopg.errors
import pyarrow as pa
import pyarrow.compute as pc
from psycopg import sql
from psycopg.rows import TupleRow

from gradeline.records.streams import SLICE_ID_COLUMN, RowTable
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.savepoints import savepoint
from gradeline.warehouse.rows.copy_in import SliceRows
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.sql import query

_log = logging.getLogger(__name__)

_FILE = "load"

#: So many keys are looked up before rows are sent on the chance that none is known.
_SAMPLE = 1000
#: More known rows than this are not held in memory but all rows are staged.
_MOST_KNOWN = 50_000


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """What loading did to a table."""

    stored: int  #: rows that were not there
    changed: int  #: rows that were there with other values
    already_there: int  #: rows that were there as they are; stored + changed + this = all given
    removed: int  #: rows of the slice's earlier version that the new one has no more


@dataclass(frozen=True, kw_only=True)
class Repeatable:
    """Rows that can be given again, with all columns or some: then few known keys cost little."""

    give: Callable[[Sequence[str] | None], Iterable[pa.RecordBatch]]  #: columns; null = all

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """All rows with all columns."""
        return iter(self.give(None))


def load_rows(
    connection: Connection,
    table: RowTable,
    slice_id: int,
    batches: Repeatable | Iterable[pa.RecordBatch],
) -> LoadResult:
    """Make these the rows of a slice in `table`, in the caller's transaction.

    Batches hold the table's columns by name, in any order and beside others; `slice_id` is
    filled in where they lack it. Of rows with one key the last counts. Where slices share keys
    (a key without `slice_id`) the slice with the greater name is believed, so the order of
    loading does not matter. Others who load or settle the slice wait until the transaction ends.

    Raises:
        InputBroken: a value cannot be kept (a NUL, a wrong type, a year out of range); the
            message names slice, row and column, and the table is as it was.
    """
    # A savepoint within the caller's transaction: a refused row leaves the table as it was.
    with savepoint(connection):
        incoming = SliceRows(table, slice_id, ledger.lock(connection, slice_id))
        bound, there = _table_state(connection, table, slice_id)
        if not bound and not there and SLICE_ID_COLUMN in table.key:
            return _new(incoming.copy(connection, _names(table), batches))
        if not bound and isinstance(batches, Repeatable) and len(table.key) == 1:
            loaded = _mostly_new(connection, incoming, batches, there=there)
            if loaded is not None:
                return loaded
        return _by_way_of_staging(connection, incoming, batches)


def delete_rows(connection: Connection, table: RowTable, slice_id: int) -> int:
    """Take away all rows of a slice (of one that `ledger.drop` dropped as gone); how many."""
    return _run(connection, "forget", _names(table), slice_id=slice_id).rowcount


def _new(given: int) -> LoadResult:
    return LoadResult(stored=given, changed=0, already_there=0, removed=0)


def _by_way_of_staging(
    connection: Connection, incoming: SliceRows, batches: Iterable[pa.RecordBatch]
) -> LoadResult:
    names = _names(incoming.table)
    _run(connection, "stage", names)
    given = incoming.copy(connection, names | {"table": names["staged"]}, batches)
    _run(connection, "look", names)
    removed = 0
    if incoming.table.replaces_slice:
        removed = _run(connection, "take_away", names, slice_id=incoming.slice_id).rowcount
    stored, changed = _run(connection, "merge", names).fetchone() or (0, 0)
    _run(connection, "unstage", names)
    return LoadResult(
        stored=stored,
        changed=changed,
        already_there=given - stored - changed,
        removed=removed,
    )


def _mostly_new(
    connection: Connection, incoming: SliceRows, batches: Repeatable, *, there: bool
) -> LoadResult | None:
    """Load rows of which no key, or only few, are in the table; null = better all by staging."""
    table = incoming.table
    if not there and not _any_known(connection, table, _sample(batches, table.key)):
        try:
            with savepoint(connection):
                return _new(incoming.copy(connection, _names(table), batches))
        except psycopg.errors.UniqueViolation:
            _log.debug("%s: the sample missed a known key, or a key comes twice", table.name)
    found = _known(connection, incoming, batches.give(table.key), take_away=there)
    if found.known is None or found.known * 2 > found.given:
        return None
    try:
        with savepoint(connection):
            return _split(connection, incoming, batches, found)
    except psycopg.errors.UniqueViolation:
        return None  # another run brought one of the new keys meanwhile


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What looking up keys found."""

    given: int
    known: int | None  #: how many of them are in the table; null = one comes twice, or too many
    keys: pa.Array  #: those that are
    removed: int = 0


def _known(
    connection: Connection,
    incoming: SliceRows,
    keys: Iterable[pa.RecordBatch],
    *,
    take_away: bool = False,
) -> _Found:
    """Look up keys by way of a temporary table that holds nothing else."""
    table = incoming.table
    field = table.schema.field(table.key[0])
    narrow = replace(table, schema=pa.schema([field]), json=frozenset())
    names = _names(table)
    names |= {"staged": sql.Identifier(f"keys_{table.name}"), "columns": names["key"]}
    _run(connection, "stage", names)
    own = SliceRows(narrow, incoming.slice_id, incoming.slice_name)
    given = own.copy(connection, names | {"table": names["staged"]}, keys)
    _run(connection, "look", names)
    found = [row[0] for row in _run(connection, "known", names, most=_MOST_KNOWN + 1)]
    once = _run(connection, "once", names).fetchone() == (True,)
    removed = 0
    usable = once and len(found) <= _MOST_KNOWN
    if usable and take_away and table.replaces_slice:
        removed = _run(connection, "take_away", names, slice_id=incoming.slice_id).rowcount
    _run(connection, "unstage", names)
    if not usable:
        return _Found(given=given, known=None, keys=pa.nulls(0, field.type))
    told = pa.array((_as_sent(key) for key in found), field.type)
    return _Found(given=given, known=len(found), keys=told, removed=removed)


def _split(
    connection: Connection, incoming: SliceRows, batches: Repeatable, found: _Found
) -> LoadResult:
    """New rows straight into the table, the few others by way of staging."""
    key = incoming.table.key[0]
    others: list[pa.RecordBatch] = []

    def new() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            known = pc.is_in(batch.column(key).cast(found.keys.type), found.keys)
            others.append(batch.filter(known))
            yield batch.filter(pc.invert(known))

    given = incoming.copy(connection, _names(incoming.table), new())
    # What is taken away was decided by all keys; here are but some.
    kept = replace(incoming.table, replaces_slice=False)
    rest = _by_way_of_staging(
        connection, SliceRows(kept, incoming.slice_id, incoming.slice_name), others
    )
    return replace(rest, stored=given + rest.stored, removed=found.removed)


def _sample(batches: Repeatable, key: Sequence[str]) -> list[object]:
    """Some of the keys, as they are sent."""
    first: Iterable[pa.RecordBatch] = islice(iter(batches.give(key)), 1)
    return [each for batch in first for each in batch.column(0).slice(0, _SAMPLE).to_pylist()]


def _any_known(connection: Connection, table: RowTable, keys: list[object]) -> bool:
    """Whether one of these keys is in the table."""
    # Sixteen bytes are how an uuid is sent, and a parameter of that type has to be one.
    sent = [UUID(bytes=key) if isinstance(key, bytes) else key for key in keys]
    return _run(connection, "any_known", _names(table), keys=sent).fetchone() == (True,)


def _as_sent(key: object) -> object:
    return key.bytes if isinstance(key, UUID) else key


def _table_state(connection: Connection, table: RowTable, slice_id: int) -> tuple[bool, bool]:
    """Whether row security binds us here, and whether rows of the slice are there."""
    row = _run(
        connection, "table_state", _names(table), slice_id=slice_id, table_name=table.name
    ).fetchone()
    return (bool(row[0]), bool(row[1])) if row else (True, True)


def _names(table: RowTable) -> dict[str, sql.Composable]:
    """What the queries leave open, as identifiers from the declaration of the table."""
    columns = [sql.Identifier(name) for name in table.schema.names]
    key = [sql.Identifier(name) for name in table.key]
    values = [sql.Identifier(name) for name in table.schema.names if name not in table.key]
    comma = sql.SQL(", ")
    names: dict[str, sql.Composable] = {
        "table": sql.Identifier(table.name),
        "staged": sql.Identifier(f"staged_{table.name}"),
        "columns": comma.join(columns),
        "key": comma.join(key),
        "same_key": sql.SQL(" AND ").join(_same(table.schema.field(name)) for name in table.key),
        "changes": comma.join(sql.SQL("{0} = excluded.{0}").format(v) for v in values),
        "old_values": comma.join(sql.SQL("old.{}").format(v) for v in values),
        "new_values": comma.join(sql.SQL("excluded.{}").format(v) for v in values),
    }
    own = SLICE_ID_COLUMN in table.key
    change = "leave" if not values else "change" if own else "change_by_name"
    for name, part in (
        ("on_conflict", change),
        ("incoming", "all_incoming" if own else "last_incoming"),
    ):
        names[name] = sql.SQL(query(_FILE, part)).format(**names)
    return names


def _same(field: pa.Field) -> sql.Composed:
    """Whether an old and a new row agree in a part of the key; nulls are equal where they may be.

    Not by IS NOT DISTINCT FROM, which no index and no hash can look for.
    """
    name = sql.Identifier(field.name)
    same = sql.SQL("old.{0} = new.{0}").format(name)
    if not field.nullable:
        return same
    return sql.SQL("({0} OR (old.{1} IS NULL AND new.{1} IS NULL))").format(same, name)


def _run(
    connection: Connection, name: str, names: dict[str, sql.Composable], **values: object
) -> psycopg.Cursor[TupleRow]:
    return connection.execute(sql.SQL(query(_FILE, name)).format(**names), values)
