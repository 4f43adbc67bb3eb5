"""Load Arrow batches into a table of the warehouse by PostgreSQL's binary COPY, in flat memory.

Rows go one of three ways:

1. New keys only: COPY straight into the table.
2. A few known keys: COPY of the new rows straight into the table; the known ones are staged.
3. Else all rows are staged in a temporary table and merged, which writes only what differs, so
   that loading the same rows again changes none.

With 5 % known keys of 60,000 events the third way took about a third longer than the second.
PostgreSQL refuses COPY into a table whose row security binds the role, so there all rows are
staged.
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

#: Keys that are looked up before a COPY is tried in the hope that none of all is known.
_SAMPLE = 1000
#: With more known keys than this, all rows are staged: their keys would take too much memory.
_MOST_KNOWN = 50_000


@dataclass(frozen=True, kw_only=True)
class LoadResult:
    """What loading changed in a table."""

    stored: int  #: rows that were not there
    changed: int  #: rows that were there with other values
    already_there: int  #: rows that were there and equal; stored + changed + this = all rows
    removed: int  #: rows of the slice's earlier version that the new one does not have


@dataclass(frozen=True, kw_only=True)
class Repeatable:
    """Rows that can be read more than once, all columns or some of them."""

    give: Callable[[Sequence[str] | None], Iterable[pa.RecordBatch]]  #: columns; None = all

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Read all rows with all columns."""
        return iter(self.give(None))


def load_rows(
    connection: Connection,
    table: RowTable,
    slice_id: int,
    batches: Repeatable | Iterable[pa.RecordBatch],
) -> LoadResult:
    """Make these the rows of a slice in `table`, in the caller's transaction.

    Of rows with the same key the last one counts. Where slices share keys (a key without
    `slice_id`) the row of the slice with the greater name counts, so the order of loading does
    not matter. Others who load or settle the slice wait until the transaction ends.

    Args:
        connection: the caller owns its transaction.
        table: to load into.
        slice_id: number of the slice in the ledger.
        batches: rows with the table's columns by name, in any order; other columns are ignored,
            and `slice_id` is filled in where it is missing. Repeatable ones load faster.

    Raises:
        InputBroken: PostgreSQL cannot store a value (a NUL, a wrong type, a year out of range);
            the message names slice, row and column, and the table is unchanged.
    """
    # A savepoint within the caller's transaction: a refused row leaves the table as it was.
    with savepoint(connection):
        incoming = SliceRows(table, slice_id, ledger.lock(connection, slice_id))
        bound, loaded = _table_state(connection, table, slice_id)
        if not bound and not loaded and SLICE_ID_COLUMN in table.key:
            return _new(incoming.copy(connection, _names(table), batches))
        if not bound and isinstance(batches, Repeatable) and len(table.key) == 1:
            result = _load_mostly_new(connection, incoming, batches, loaded=loaded)
            if result is not None:
                return result
        return _load_by_staging(connection, incoming, batches)


def merge_staged(connection: Connection, table: RowTable) -> tuple[int, int]:
    """Merge rows that are in the temporary table `staged_<table>`; how many are new, and changed.

    The caller made it, with the table's columns; it is gone afterwards.
    """
    names = _names(table)
    stored, changed = _run(connection, "merge", names).fetchone() or (0, 0)
    _run(connection, "unstage", names)
    return stored, changed


def delete_rows(connection: Connection, table: RowTable, slice_id: int) -> int:
    """Delete all rows of a slice, e.g. of one that `ledger.drop` dropped as gone; how many."""
    return _run(connection, "delete_slice", _names(table), slice_id=slice_id).rowcount


def _new(rows: int) -> LoadResult:
    return LoadResult(stored=rows, changed=0, already_there=0, removed=0)


def _load_by_staging(
    connection: Connection, incoming: SliceRows, batches: Iterable[pa.RecordBatch]
) -> LoadResult:
    names = _names(incoming.table)
    _run(connection, "stage", names)
    count = incoming.copy(connection, names | {"table": names["staged"]}, batches)
    _run(connection, "analyze", names)
    removed = 0
    if incoming.table.replaces_slice:
        removed = _run(connection, "delete_outdated", names, slice_id=incoming.slice_id).rowcount
    stored, changed = merge_staged(connection, incoming.table)
    return LoadResult(
        stored=stored, changed=changed, already_there=count - stored - changed, removed=removed
    )


def _load_mostly_new(
    connection: Connection, incoming: SliceRows, batches: Repeatable, *, loaded: bool
) -> LoadResult | None:
    """Load rows of which no key, or only a few, are in the table; None = stage all of them."""
    table = incoming.table
    if not loaded and not _any_known(connection, table, _sample(batches, table.key)):
        try:
            with savepoint(connection):
                return _new(incoming.copy(connection, _names(table), batches))
        except psycopg.errors.UniqueViolation:
            _log.debug("%s: the sample missed a known key, or a key occurs twice", table.name)
    found = _look_up(connection, incoming, batches.give(table.key), delete_outdated=loaded)
    if found is None:
        return None
    known, removed = found
    try:
        with savepoint(connection):
            rest = _load_split(connection, incoming, batches, known)
    except psycopg.errors.UniqueViolation:
        # Another run loaded one of the new keys meanwhile.
        rest = _load_by_staging(connection, incoming, batches)
    return replace(rest, removed=removed + rest.removed)


def _look_up(
    connection: Connection,
    incoming: SliceRows,
    keys: Iterable[pa.RecordBatch],
    *,
    delete_outdated: bool,
) -> tuple[pa.Array, int] | None:
    """Find the keys that are in the table, by way of a temporary table that holds only keys.

    Returns:
        Those keys, and how many outdated rows of the slice were deleted; None where all rows are
        to be staged: a key occurs twice, or more than half of them or `_MOST_KNOWN` are known.
    """
    table = incoming.table
    field = table.schema.field(table.key[0])
    narrow = replace(table, schema=pa.schema([field]), json=frozenset())
    names = _names(table)
    names |= {"staged": sql.Identifier(f"keys_{table.name}"), "columns": names["key"]}
    _run(connection, "stage", names)
    own = SliceRows(narrow, incoming.slice_id, incoming.slice_name)
    count = own.copy(connection, names | {"table": names["staged"]}, keys)
    _run(connection, "analyze", names)
    known = [row[0] for row in _run(connection, "known", names, most=_MOST_KNOWN + 1)]
    once = _run(connection, "once", names).fetchone() == (True,)
    few = once and len(known) <= min(_MOST_KNOWN, count / 2)
    removed = 0
    if few and delete_outdated and table.replaces_slice:
        removed = _run(connection, "delete_outdated", names, slice_id=incoming.slice_id).rowcount
    _run(connection, "unstage", names)
    values = (key.bytes if isinstance(key, UUID) else key for key in known)
    return (pa.array(values, field.type), removed) if few else None


def _load_split(
    connection: Connection, incoming: SliceRows, batches: Repeatable, known: pa.Array
) -> LoadResult:
    """Copy new rows straight into the table, and the few known ones by way of staging."""
    key = incoming.table.key[0]
    others: list[pa.RecordBatch] = []

    def new() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            is_known = pc.is_in(batch.column(key).cast(known.type), known)
            others.append(batch.filter(is_known))
            yield batch.filter(pc.invert(is_known))

    stored = incoming.copy(connection, _names(incoming.table), new())
    # Outdated rows were deleted by all keys already; here are only some of them.
    table = replace(incoming.table, replaces_slice=False)
    rest = _load_by_staging(
        connection, SliceRows(table, incoming.slice_id, incoming.slice_name), others
    )
    return replace(rest, stored=stored + rest.stored)


def _sample(batches: Repeatable, key: Sequence[str]) -> list[object]:
    """Read some of the keys."""
    first: Iterable[pa.RecordBatch] = islice(iter(batches.give(key)), 1)
    return [value for batch in first for value in batch.column(0).slice(0, _SAMPLE).to_pylist()]


def _any_known(connection: Connection, table: RowTable, keys: list[object]) -> bool:
    """Whether one of these keys is in the table."""
    # Facts hold a uuid as sixteen bytes; a parameter of that type has to be a UUID.
    values = [UUID(bytes=key) if isinstance(key, bytes) else key for key in keys]
    return _run(connection, "any_known", _names(table), keys=values).fetchone() == (True,)


def _table_state(connection: Connection, table: RowTable, slice_id: int) -> tuple[bool, bool]:
    """Whether row security binds us in the table, and whether it has rows of the slice."""
    row = _run(
        connection, "table_state", _names(table), slice_id=slice_id, table_name=table.name
    ).fetchone()
    return (bool(row[0]), bool(row[1])) if row else (True, True)


def _names(table: RowTable) -> dict[str, sql.Composable]:
    """Return the identifiers and clauses that the queries leave open, for this table."""
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
        "newest": sql.Identifier(table.newest or ""),
        "new_values": comma.join(sql.SQL("excluded.{}").format(v) for v in values),
    }
    own = SLICE_ID_COLUMN in table.key
    shared = "update_newer" if table.newest else "update_by_name"
    change = "keep" if not values else "update" if own else shared
    for name, part in (
        ("on_conflict", change),
        ("incoming", "all_staged" if own else "last_staged"),
    ):
        names[name] = sql.SQL(query(_FILE, part)).format(**names)
    return names


def _same(field: pa.Field) -> sql.Composed:
    """Compare a column of the key in an old and a new row; two nulls are equal.

    Not by IS NOT DISTINCT FROM, for which PostgreSQL uses neither an index nor a hash join.
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
