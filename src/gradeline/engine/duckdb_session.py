"""Expressions of Ibis, run on an embedded DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import duckdb
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from gradeline.engine.compile import result_schema, tables_read, to_sql, unbound_table
from gradeline.engine.duckdb_rows import facts_query
from gradeline.engine.duckdb_sql import (
    SET_UP,
    create_enum,
    encode_columns,
    quote_identifier,
    quote_literal,
)
from gradeline.engine.engine import FactObjects
from gradeline.engine.errors import map_duckdb_errors
from gradeline.engine.scheduler import QueryScheduler

_LEVEL = 3  # zstd's default

#: Queries at once. Planning one keeps one core busy, and so does one over few rows; more than two
#: would share the same bounded memory.
_AT_ONCE = 2

#: The name of a table at hand while it is taken in.
_AT_HAND = "at_hand"


@contextmanager
def open_session(connection: duckdb.DuckDBPyConnection, spill: Path) -> Iterator[DuckSession]:
    """A session on this connection; what it does side by side ends with it."""
    with closing(QueryScheduler(_cursors(connection))) as scheduler:
        yield DuckSession(connection, scheduler, spill)


class DuckSession:
    """A stretch of computing on one DuckDB; its verbs are not for several threads at once."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, scheduler: QueryScheduler, spill: Path
    ) -> None:
        self._connection = connection
        self._scheduler = scheduler
        self._spill = spill
        self._place = str(spill.parent)
        self._opened = 0

    def facts(self, locations: Sequence[str], schema: pa.Schema) -> ir.Table:
        """`FactObjects` of these locations and schema as a table of expressions."""
        self._opened += 1
        name = f"facts_{self._opened}"
        with map_duckdb_errors(f"opening {len(locations)} fact objects", self._place):
            objects = FactObjects(locations=locations, schema=schema)
            source = facts_query(self._connection, objects)
            self._connection.execute(f"CREATE VIEW {name} AS {source}")
        return unbound_table(name, schema)

    def memory_table(self, name: str, table: pa.Table) -> ir.Table:
        """A table at hand under a name that expressions of this session can join."""
        with map_duckdb_errors(f"taking in {name}", self._place):
            self._connection.register(_AT_HAND, table)
            made = f"CREATE OR REPLACE TABLE {quote_identifier(name)} AS FROM {_AT_HAND}"
            self._connection.execute(made)
            self._connection.unregister(_AT_HAND)
        return unbound_table(name, table.schema)

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """The expression under a name for later ones, which compute of it what they need."""
        self._scheduler.wait(tables_read(expression))
        with map_duckdb_errors(f"naming {name}", self._place):
            query = _query(self._connection, expression)
            self._connection.execute(f"CREATE OR REPLACE VIEW {quote_identifier(name)} AS {query}")
        return unbound_table(name, expression.schema().to_pyarrow())

    def materialize(self, name: str, expression: ir.Table) -> ir.Table:
        """The expression computed once, now, and kept for later expressions under that name."""
        kept = self.start_materializing(name, expression)
        self._scheduler.wait([name])
        return kept

    def start_materializing(self, name: str, expression: ir.Table) -> ir.Table:
        """As `materialize`, done beside other work: whoever reads the table waits for it."""
        query = to_sql(expression)

        def task(cursor: duckdb.DuckDBPyConnection) -> None:
            with map_duckdb_errors(f"computing {name}", self._place):
                _take_in(cursor, expression)
                cursor.execute(f"CREATE OR REPLACE TABLE {quote_identifier(name)} AS {query}")

        self._scheduler.make(name, tables_read(expression), task)
        return unbound_table(name, expression.schema().to_pyarrow())

    def encode_texts(self, tables: Mapping[str, ir.Table], columns: Sequence[str]) -> None:
        """Let kept tables hold the texts of these columns as numbers; no expression sees it.

        Once in a session. A column of one name means the same in all of them: its texts have one
        list, sorted, so that they compare as the texts do.
        """
        self._scheduler.wait(table.get_name() for table in tables.values())
        having = {
            column: [table for table in tables.values() if column in table.columns]
            for column in columns
        }
        self._all(create_enum(column, among) for column, among in having.items() if among)
        numbered = {
            table.get_name(): [column for column in columns if column in table.columns]
            for table in tables.values()
        }
        self._all(encode_columns(name, among) for name, among in numbered.items() if among)

    def _all(self, statements: Iterable[str]) -> None:
        """Execute these side by side."""

        def task(statement: str, cursor: duckdb.DuckDBPyConnection) -> None:
            with map_duckdb_errors("numbering texts", self._place):
                cursor.execute(statement)

        started = [self._scheduler.start((), partial(task, each)) for each in statements]
        for each in started:
            each.result()

    def run(self, expression: ir.Expr) -> pa.Table:
        """The expression's result, whole, in memory; without `order_by` in no order."""
        return self.start(expression).result()

    def start(self, expression: ir.Expr, *, first: bool = False) -> Future[pa.Table]:
        """As `run`, done beside other work, once what it reads is there; `first`, before others."""
        table = expression.as_table()
        query, shape = to_sql(table), result_schema(table)

        def task(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
            with map_duckdb_errors("computing a result", self._place):
                _take_in(cursor, table)
                return cursor.sql(query).to_arrow_table().cast(shape)

        return self._scheduler.start(tables_read(table), task, first=first)

    def batches(self, expression: ir.Table, *, rows: int = 65_536) -> pa.RecordBatchReader:
        """The expression's result in batches of at most so many rows, in flat memory.

        One reader at a time: the session's next verb ends it.
        """
        self._scheduler.wait(tables_read(expression))
        shape = result_schema(expression)
        return pa.RecordBatchReader.from_batches(shape, self._batches(expression, shape, rows))

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Write the result to one zstd Parquet file, whole or not there; how many rows it has."""
        self._scheduler.wait(tables_read(expression))
        temporary = path.with_name(f"{path.name}.part")
        how = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {_LEVEL}"
        try:
            with map_duckdb_errors(f"writing {path.name}", self._place):
                query = _query(self._connection, expression)
                copy = f"COPY ({query}) TO {quote_literal(str(temporary))} ({how})"
                written = self._connection.execute(copy).fetchone()
                temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        return int(written[0]) if written else 0

    def _batches(
        self, expression: ir.Table, shape: pa.Schema, rows: int
    ) -> Iterator[pa.RecordBatch]:
        with map_duckdb_errors("computing a result", self._place):
            answer = self._connection.sql(_query(self._connection, expression))
            for batch in answer.to_arrow_reader(rows):
                yield batch.cast(shape)


def _query(connection: duckdb.DuckDBPyConnection, expression: ir.Table) -> str:
    """The expression as SQL, its in-memory tables taken in where it is to run."""
    _take_in(connection, expression)
    return to_sql(expression)


def _take_in(connection: duckdb.DuckDBPyConnection, expression: ir.Table) -> None:
    """Let a connection know the tables that stand in an expression itself."""
    for table in expression.op().find(ops.InMemoryTable):
        connection.register(table.name, table.data.to_pyarrow(table.schema))


def _cursors(connection: duckdb.DuckDBPyConnection) -> list[duckdb.DuckDBPyConnection]:
    """Cursors for work that is done side by side."""
    cursors = [connection.cursor() for _ in range(_AT_ONCE)]
    for cursor in cursors:
        cursor.execute(SET_UP)
    return cursors
