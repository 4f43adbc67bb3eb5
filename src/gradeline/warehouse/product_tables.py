"""Reading the tables of product events: any filter, order and form, in flat memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import pyarrow as pa
from psycopg import sql

from gradeline.records.product_tables import CHANGEABLE_USER_PROPERTIES, ProductTable
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "product_tables"
#: Rows are joined up to so many bytes: one by one they would take twice as long.
_PIECE_BYTES = 128 << 10

Buffer: TypeAlias = bytes | bytearray | memoryview


class CopyForm(StrEnum):
    """How PostgreSQL writes rows."""

    JSON = "json"  #: an object in each line
    CSV = "csv"  #: RFC 4180 with a header; null is an empty field without quotes


@dataclass(frozen=True, kw_only=True)
class RowQuery:
    """Which rows of a table, in which order."""

    table: ProductTable
    pk: str | None = None  #: only rows whose first column of the key is this
    migrated: bool | None = None  #: only rows of which this holds; None = all
    sort_by: str | None = None  #: a column of `sortable_columns`; None = the key
    descending: bool = False
    limit: int | None = None  #: None = all
    #: only rows behind this one: values of `order_columns`, as JSON writes them
    after: Sequence[object] | None = None

    @property
    def order_columns(self) -> tuple[str, ...]:
        """The columns that order the rows; no two rows are equal in all of them."""
        first = self.sort_by or self.table.key[0]
        return (first, *(name for name in self.table.key if name != first))


def shown_columns(table: ProductTable) -> pa.Schema:
    """Return the columns that people get."""
    own = [pa.field(table.own_id, pa.string(), nullable=False)] if table.own_id else []
    return pa.schema([*own, *table.schema])


def sortable_columns(table: ProductTable) -> tuple[str, ...]:
    """Return the columns that rows can be ordered by."""
    return tuple(name for name in shown_columns(table).names if name not in table.json)


def history_ids(connection: Connection, sent: Sequence[tuple[str, datetime]]) -> list[str]:
    """Return for each person and instant the id of the row of history that holds then."""
    values = {"people": [one for one, _ in sent], "instants": [at for _, at in sent]}
    return [row[0] for row in connection.execute(query(_FILE, "history_ids"), values)]


@contextmanager
def copied(connection: Connection, wanted: RowQuery, form: CopyForm) -> Iterator[Iterator[bytes]]:
    """Give rows as PostgreSQL writes them, in pieces of whole rows.

    A row of JSON is a line; instants are `2024-02-01T13:00:00Z`.

    Args:
        connection: in a transaction that may see the table.
        wanted: which rows.
        form: how they are written.
    """
    page, values = _page(wanted, form)
    way = query(_FILE, "copy_json" if form is CopyForm.JSON else "copy_csv")
    statement = sql.SQL(way).format(page=page)
    with connection.cursor().copy(statement, values) as copy:
        pieces = _joined(copy)
        # Of JSON, which has no line ends or tabs, COPY escapes backslashes alone.
        yield (
            (piece.replace(rb"\\", b"\\") for piece in pieces) if form is CopyForm.JSON else pieces
        )


def _joined(rows: Iterable[Buffer]) -> Iterator[bytes]:
    """Join rows, which come one by one, into larger pieces."""
    waiting: list[Buffer] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += len(row)
        if size >= _PIECE_BYTES:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _page(wanted: RowQuery, form: CopyForm) -> tuple[sql.Composed, Mapping[str, object]]:
    table = wanted.table
    filters, values = _filters(wanted)
    of_history = table is CHANGEABLE_USER_PROPERTIES
    limit = sql.SQL("ALL") if wanted.limit is None else sql.Literal(wanted.limit)
    page = sql.SQL(query(_FILE, "page")).format(
        columns=sql.SQL(", ").join(_shown(field, form, table) for field in shown_columns(table)),
        relation=sql.SQL(query(_FILE, "changes")) if of_history else sql.Identifier(table.name),
        filters=sql.SQL(" AND ").join(filters),
        order=_order(wanted),
        limit=limit,
    )
    return page, values


def _shown(field: pa.Field, form: CopyForm, table: ProductTable) -> sql.Composable:
    name = _column(field.name)
    shown: sql.Composable = name
    if pa.types.is_timestamp(field.type):
        shown = sql.SQL(query(_FILE, "instant")).format(column=name)
    elif form is CopyForm.CSV and field.name in table.json:
        shown = sql.SQL("{}::text").format(name)
    return sql.SQL("{} AS {}").format(shown, sql.Identifier(field.name))


def _filters(wanted: RowQuery) -> tuple[list[sql.Composable], dict[str, object]]:
    filters: list[sql.Composable] = [sql.SQL("true")]
    values: dict[str, object] = {}
    if wanted.pk is not None:
        values["pk"] = wanted.pk
        filters.append(_equals(wanted.table.key[0], sql.Placeholder("pk")))
    if wanted.migrated is not None:
        values["migrated"] = wanted.migrated
        filters.append(_equals("migrated", sql.Placeholder("migrated")))
    if wanted.after is not None:
        columns = wanted.order_columns
        values |= {f"after_{number}": value for number, value in enumerate(wanted.after)}
        filters.append(_after(wanted, columns))
    return filters, values


def _after(wanted: RowQuery, columns: Sequence[str]) -> sql.Composable:
    """Return the condition that a row stands behind the one of `wanted.after`."""
    first, *others = columns
    rest: sql.Composable = sql.SQL("false")
    for number, name in reversed(list(enumerate(others, start=1))):
        value = _typed(wanted.table, name, f"after_{number}")
        rest = sql.SQL("({0} > {1} OR ({0} = {1} AND {2}))").format(_column(name), value, rest)
    can_be_null = shown_columns(wanted.table).field(first).nullable and first not in (
        wanted.table.key
    )
    given = wanted.after is not None and wanted.after[0] is not None
    kind = ("after_nullable" if given else "after_null") if can_be_null else "after"
    return sql.SQL(query(_FILE, kind)).format(
        column=_column(first),
        value=_typed(wanted.table, first, "after_0"),
        passes=sql.SQL("<" if wanted.descending else ">"),
        reaches=sql.SQL("<=" if wanted.descending else ">="),
        rest=rest,
    )


def _order(wanted: RowQuery) -> sql.Composed:
    first, *others = wanted.order_columns
    how = sql.SQL(" DESC NULLS LAST" if wanted.descending else "")
    order = [sql.SQL("{}{}").format(_column(first), how), *map(_column, others)]
    return sql.SQL(", ").join(order)


def _equals(name: str, value: sql.Composable) -> sql.Composed:
    return sql.SQL("{} = {}").format(_column(name), value)


def _typed(table: ProductTable, name: str, placeholder: str) -> sql.Composed:
    """Return a placeholder whose value has the type of a column."""
    kind = shown_columns(table).field(name).type
    is_uuid = name == "uuid"
    types = {
        "string": "uuid" if is_uuid else "text",
        "int64": "bigint",
        "int32": "integer",
        "bool": "boolean",
        "double": "double precision",
    }
    name_of_type = types.get(str(kind), "timestamptz" if pa.types.is_timestamp(kind) else "numeric")
    return sql.SQL("{}::{}").format(sql.Placeholder(placeholder), sql.SQL(name_of_type))


def _column(name: str) -> sql.Identifier:
    return sql.Identifier("rows", name)
