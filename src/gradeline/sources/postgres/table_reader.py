"""Read a table of another PostgreSQL: its ranges, and their rows as Parquet in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from psycopg import sql

from gradeline.base.errors import WrongAnswer
from gradeline.sources.postgres.row_file import Column, NotFinite, write_rows
from gradeline.sources.postgres.session import Connection
from gradeline.sources.postgres.tables import SETTING, PostgresTable
from gradeline.sources.sql import query

#: Ids in one slice.
ID_STEP = 50_000
_ROWS_AT_ONCE = 5_000
_LAST_ID = 2**63 - 1  #: the greatest integer of PostgreSQL
_MAX_DIGITS = 38
_DOUBLE_DIGITS = 15  #: of a decimal that a double keeps exactly
_FILE = "postgres"
#: Encodings of databases that take bytes which are no text (WIN1251: 98) → Python's name for what
#: their bytes are read as. In one of these a server asked for UTF-8 ends the query at such a byte.
_CODECS = {
    "SQL_ASCII": "utf-8",
    **{f"WIN{page}": f"cp{page}" for page in (874, *range(1250, 1259))},
}
#: PostgreSQL's types that Arrow has; others are read as text.
_TYPES: Mapping[str, pa.DataType] = {
    **{"bool": pa.bool_(), "int2": pa.int32(), "int4": pa.int32(), "int8": pa.int64()},
    **{"float4": pa.float64(), "float8": pa.float64(), "date": pa.date32()},
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}
_TIMES = ("date", "timestamp", "timestamptz")
_INTEGERS = ("int2", "int4", "int8")


@dataclass(frozen=True, kw_only=True)
class Range:
    """Rows of one slice: of a day, of some ids, or those without either."""

    #: first instant (a wall time of UTC) or id; None = rows without either
    start: datetime | int | None
    rows: int
    last: str  #: the greatest value of the cursor and the sum of all, as text


class TableReader:
    """Reads one table over a read-only connection."""

    def __init__(self, table: PostgresTable, connection: Connection) -> None:
        self._connection = connection
        names = {"schema": table.schema, "table": table.table}
        rows = connection.execute(query(_FILE, "columns"), names).fetchall()
        encoding = connection.execute(query(_FILE, "encoding")).fetchone()
        codec = _CODECS.get(encoding[0], "") if encoding else ""
        self.columns = tuple(_column(codec, *each) for each in rows)
        kinds = {column.name: column.type_name for column in self.columns}
        if table.cursor not in kinds:
            problem = f"has only {', '.join(kinds)}" if kinds else "is not there, or not for us"
            raise WrongAnswer(
                f"{table} {problem}; its cursor column must be {table.cursor}.",
                hint=f"Correct {SETTING}.",
            )
        kind = kinds[table.cursor]
        if kind not in (*_TIMES, *_INTEGERS):
            raise WrongAnswer(
                f"The cursor {table.cursor} of {table} is a {kind}, no id and no time.",
                hint=f"Name an integer or a time in {SETTING}.",
            )
        self.by_time = kind in _TIMES
        cursor = _identifier(table.cursor)
        instant = _format("utc", cursor=cursor) if kind == "timestamptz" else cursor
        dated = _format("dated", column=cursor)
        without = "without_time" if self.by_time else "without_id"
        self._names: dict[str, sql.Composable] = {
            "table": _identifier(table.schema, table.table),
            "cursor": cursor,
            "instant": instant,
            "dated": dated,
            "without": _format(without, cursor=cursor, dated=dated),
        }
        self._cursor = table.cursor
        keys = [name for (name,) in connection.execute(query(_FILE, "key"), names)]
        self._order = [table.cursor, *(name for name in keys if name != table.cursor)]

    def ranges(self, since: datetime | None, until: datetime | None) -> Iterator[Range]:
        """Yield the ranges that have rows, in order; times can be bounded (wall times of UTC)."""
        values: dict[str, object] = {"since": since, "until": until, "step": ID_STEP}
        query = _format("days" if self.by_time else "ids", **self._names)
        for start, rows, last in self._connection.execute(query, values).fetchall():
            yield Range(start=start, rows=rows, last=last)
        row = self._connection.execute(_format("others", **self._names), {}).fetchone()
        if row and row[0]:
            yield Range(start=None, rows=row[0], last="")

    def write(self, low: object, high: object, rows: Path, undecoded: Path) -> None:
        """Write the rows from `low` to before `high`; without a low, all others.

        Args:
            low: the first wall time of UTC or id.
            high: the one after the last.
            rows: takes them as Parquet.
            undecoded: takes those with bytes that are no text, if there are any.
        """
        columns = self.columns
        while True:
            try:
                self._write(low, high, columns, rows, undecoded)
            except NotFinite as found:
                # As doubles, so that each row with NaN is told to quarantine if a query reads it.
                columns = tuple(_double(c) if c.name == found.column else c for c in columns)
            else:
                return

    def _write(
        self, low: object, high: object, columns: Sequence[Column], rows: Path, undecoded: Path
    ) -> None:
        chosen = self._names["without"]
        if low is not None:
            chosen = _format("in_days" if self.by_time else "in_ids", **self._names)
        statement = _format(
            "rows",
            table=self._names["table"],
            columns=sql.SQL(", ").join(map(_select_sql, columns)),
            range=chosen,
            order=sql.SQL(", ").join(map(_identifier, self._order)),
        )
        if isinstance(high, int):
            high = min(high - 1, _LAST_ID)
        with self._connection.cursor("gradeline") as cursor:
            cursor.execute(statement, {"low": low, "high": high})
            batches = iter(lambda: cursor.fetchmany(_ROWS_AT_ONCE), [])
            write_rows(batches, columns, self._cursor, rows, undecoded)


def _column(codec: str, name: str, kind: str, digits: int | None, scale: int | None) -> Column:
    """Return how a column is selected; `codec` reads texts that come as bytes."""
    if kind == "numeric" and digits and scale is not None and scale <= digits <= _MAX_DIGITS:
        arrow = pa.decimal128(digits, scale)
        form = "" if digits <= _DOUBLE_DIGITS else "number"
        return Column(name=name, type_name=kind, arrow=arrow, form=form)
    if kind in _TYPES:
        form = "time" if kind in _TIMES else ""
        return Column(name=name, type_name=kind, arrow=_TYPES[kind], form=form)
    form = "bytes" if codec else "text"
    return Column(name=name, type_name=kind, arrow=pa.string(), form=form, codec=codec)


def _double(column: Column) -> Column:
    return replace(column, arrow=pa.float64(), form="double")


def _select_sql(column: Column) -> sql.Composable:
    name = _identifier(column.name)
    if not column.form:
        return name
    return _format(column.form, column=name, dated=_format("dated", column=name))


def _identifier(*names: str) -> sql.Identifier:
    """Return a name for a statement that is run with values, where a `%` stands twice."""
    return sql.Identifier(*(name.replace("%", "%%") for name in names))


def _format(name: str, **names: sql.Composable) -> sql.Composed:
    return sql.SQL(query(_FILE, name)).format(**names)
