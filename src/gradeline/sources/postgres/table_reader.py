"""Read a table of another PostgreSQL: its ranges, and their rows as Parquet in constant memory."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import tenacity
from psycopg import sql
from psycopg.rows import TupleRow

from gradeline.base.errors import SourceError, SourceRefused, SourceUnavailable, WrongAnswer
from gradeline.sources.postgres.tables import SETTING, PostgresTable
from gradeline.sources.sql import query

#: Ids in one slice.
ID_STEP = 50_000
_ROWS_AT_ONCE = 5_000
#: Read-only, and no statement without an end.
_OPTIONS = "-c default_transaction_read_only=on -c statement_timeout=1800000 -c timezone=UTC"
_CONNECT_S = 10
#: Tries of a query whose connection is lost, and waits between them in seconds.
_TRIES, _FIRST_WAIT_S, _WAIT_S = 5, 1.0, 10.0
#: SQLSTATEs of a server that is shut down, crashed, starting or has too many clients.
_TEMPORARY = ("57P01", "57P02", "57P03", "53300")
_REFUSED = re.compile(r"password|authentication|pg_hba|does not exist")
_MAX_DIGITS = 38
_FILE = "postgres"
#: PostgreSQL's types that Arrow has; others are read as text.
_TYPES: Mapping[str, pa.DataType] = {
    **{"bool": pa.bool_(), "int2": pa.int32(), "int4": pa.int32(), "int8": pa.int64()},
    **{"float4": pa.float64(), "float8": pa.float64(), "date": pa.date32()},
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}
_TIMES = ("date", "timestamp", "timestamptz")
_INTEGERS = ("int2", "int4", "int8")

Connection = psycopg.Connection[TupleRow]
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the table and how it is selected."""

    name: str
    type_name: str  #: PostgreSQL's own, e.g. `int4`
    arrow: pa.DataType
    form: str  #: the named query that selects it; empty = as it is


@dataclass(frozen=True, kw_only=True)
class Range:
    """Rows of one slice: of a day, of some ids, or those without either."""

    start: (
        datetime | int | None
    )  #: first instant (a wall time of UTC) or id; None = rows without either
    rows: int
    last: str  #: the greatest value of the cursor and the sum of all, as text


class TableReader:
    """Reads one table over a read-only connection."""

    def __init__(self, table: PostgresTable, connection: Connection) -> None:
        self._connection = connection
        names = {"schema": table.schema, "table": table.table}
        rows = connection.execute(query(_FILE, "columns"), names).fetchall()
        self.columns = tuple(_column(*each) for each in rows)
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
        cursor = sql.Identifier(table.cursor)
        instant = _format("utc", cursor=cursor) if kind == "timestamptz" else cursor
        self._names: dict[str, sql.Composable] = {
            "table": sql.Identifier(table.schema, table.table),
            "cursor": cursor,
            "instant": instant,
            "without": _format("without_time" if self.by_time else "without_id", cursor=cursor),
        }
        keys = [name for (name,) in connection.execute(query(_FILE, "key"), names)]
        self._order = [table.cursor, *(name for name in keys if name != table.cursor)]

    def ranges(self, since: datetime | None, until: datetime | None) -> Iterator[Range]:
        """Yield the ranges that have rows, in order; times can be bounded (wall times of UTC)."""
        values: dict[str, object] = {"since": since, "until": until, "step": ID_STEP}
        query = _format("days" if self.by_time else "ids", **self._names)
        for start, rows, last in self._connection.execute(query, values).fetchall():
            yield Range(start=start, rows=rows, last=last)
        row = self._connection.execute(_format("others", **self._names)).fetchone()
        if row and row[0]:
            yield Range(start=None, rows=row[0], last="")

    def write(self, low: object, high: object, path: Path) -> None:
        """Write the rows from `low` to before `high` as Parquet; without a low, all others."""
        kind = "in_days" if self.by_time else "in_ids"
        chosen = self._names["without"] if low is None else _format(kind, **self._names)
        query = _format(
            "rows",
            table=self._names["table"],
            columns=sql.SQL(", ").join(map(_select_sql, self.columns)),
            range=chosen,
            order=sql.SQL(", ").join(map(sql.Identifier, self._order)),
        )
        schema = pa.schema([pa.field(each.name, each.arrow) for each in self.columns])
        with (
            self._connection.cursor("gradeline") as rows,
            pq.ParquetWriter(path, schema, compression="zstd") as writer,
        ):
            rows.execute(query, {"low": low, "high": high})
            while some := rows.fetchmany(_ROWS_AT_ONCE):
                writer.write_batch(_batch(some, schema))


class RetryPolicy:
    """Repeats queries of a table when the connection is lost, until `stop`.

    Args:
        speed: divides all waits (SANDBOX_SPEED).
    """

    def __init__(self, *, speed: float = 1) -> None:
        self._stopped = threading.Event()
        self._retrying = tenacity.Retrying(
            stop=tenacity.stop_any(
                tenacity.stop_after_attempt(_TRIES), tenacity.stop_when_event_set(self._stopped)
            ),
            wait=tenacity.wait_random_exponential(
                multiplier=_FIRST_WAIT_S / speed, max=_WAIT_S / speed
            ),
            retry=tenacity.retry_if_exception(_is_connection_lost),
            sleep=tenacity.sleep_using_event(self._stopped),
            reraise=True,
        )

    def stop(self) -> None:
        """End all retries; a wait for the next one ends at once."""
        self._stopped.set()

    def run(self, table: PostgresTable, query_table: Callable[[TableReader], Result]) -> Result:
        """Run queries within one snapshot of the database and return their result.

        Args:
            table: the table.
            query_table: runs the queries.

        Raises:
            SourceRefused: the login is refused, or may not read the table.
            SourceUnavailable: no server answers, or it went away, in all tries.
            WrongAnswer: the table is not as declared.
        """
        try:
            return cast("Result", self._retrying.copy()(_run_once, table, query_table))
        except psycopg.Error as error:
            raise _map_error(table, error) from None  # its words may hold the URL


def _run_once(table: PostgresTable, query_table: Callable[[TableReader], Result]) -> Result:
    with psycopg.connect(
        table.url, options=_OPTIONS, connect_timeout=_CONNECT_S, application_name="gradeline"
    ) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return query_table(TableReader(table, connection))


def _is_connection_lost(error: BaseException) -> bool:
    """Whether the connection or the server failed, not a statement."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    state = error.sqlstate
    if state is None:  # libpq's own words, for it never came to a statement or to its end
        return not _REFUSED.search(str(error))
    return state[:2] == "08" or state in _TEMPORARY


def _map_error(table: PostgresTable, error: psycopg.Error) -> SourceError:
    state = error.sqlstate or ""
    words = " ".join((error.diag.message_primary or str(error)).split())
    if table.password:
        words = words.replace(table.password, "***")
    what = f"{table} cannot be read: {words.rstrip('.')[:300]}."
    refused = state[:2] == "28" or state == "42501"
    if refused or _REFUSED.search(words):
        return SourceRefused(
            what, hint=f"Correct the user and password in {SETTING}, or grant SELECT."
        )
    if isinstance(error, psycopg.OperationalError):
        return SourceUnavailable(what, hint=f"Run again once it answers, or correct {SETTING}.")
    return WrongAnswer(what, hint=f"Check that {SETTING} names the right table.")


def _column(name: str, kind: str, digits: int | None, scale: int | None) -> Column:
    if kind == "numeric" and digits and scale is not None and scale <= digits <= _MAX_DIGITS:
        arrow, form = pa.decimal128(digits, scale), "number"
    elif kind in _TYPES:
        arrow, form = _TYPES[kind], "finite" if kind in _TIMES else ""
    else:
        arrow, form = pa.string(), "text"
    return Column(name=name, type_name=kind, arrow=arrow, form=form)


def _select_sql(column: Column) -> sql.Composable:
    name = sql.Identifier(column.name)
    return _format(column.form, column=name) if column.form else name


def _batch(rows: Sequence[TupleRow], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, schema.types, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _format(name: str, **names: sql.Composable) -> sql.Composed:
    return sql.SQL(query(_FILE, name)).format(**names)
