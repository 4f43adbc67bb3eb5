"""Run Ibis expressions on DuckDB."""

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
from gradeline.engine.duckdb.rows import facts_query
from gradeline.engine.duckdb.sql import SET_UP, create_enum, encode_columns, quote_identifier
from gradeline.engine.engine import FactObjects
from gradeline.engine.errors import map_duckdb_errors
from gradeline.engine.scheduler import QueryScheduler

#: Queries at once. Planning keeps one core busy, and so does a query over few rows; more than two
#: would share the same bounded memory.
_AT_ONCE = 2

#: Rows read at a time where a result is streamed.
_BATCH_ROWS = 10_000

#: The name of an Arrow table while it is copied.
_INCOMING = "incoming"


@contextmanager
def open_session(connection: duckdb.DuckDBPyConnection, spill: Path) -> Iterator[DuckSession]:
    """Open a session on this connection; its background queries end with it."""
    with closing(QueryScheduler(_cursors(connection))) as scheduler:
        yield DuckSession(connection, scheduler, spill)


class DuckSession:
    """Computes expressions on one DuckDB connection. Not thread-safe."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, scheduler: QueryScheduler, spill: Path
    ) -> None:
        self._connection = connection
        self._scheduler = scheduler
        self._spill = spill
        self._place = str(spill.parent)
        self._opened = 0

    def facts(self, locations: Sequence[str], schema: pa.Schema) -> ir.Table:
        """Open fact objects as one table for expressions; see `FactObjects`."""
        self._opened += 1
        name = f"facts_{self._opened}"
        with map_duckdb_errors(f"opening {len(locations)} fact objects", self._place):
            objects = FactObjects(locations=locations, schema=schema)
            source = facts_query(self._connection, objects)
            self._connection.execute(f"CREATE VIEW {name} AS {source}")
        return unbound_table(name, schema)

    def memory_table(self, name: str, table: pa.Table) -> ir.Table:
        """Register an Arrow table under a name, for expressions of this session."""
        with map_duckdb_errors(f"registering {name}", self._place):
            self._connection.register(_INCOMING, table)
            made = f"CREATE OR REPLACE TABLE {quote_identifier(name)} AS FROM {_INCOMING}"
            self._connection.execute(made)
            self._connection.unregister(_INCOMING)
        return unbound_table(name, table.schema)

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """Name an expression; later expressions that read it compute what they need of it."""
        self._scheduler.wait(tables_read(expression))
        with map_duckdb_errors(f"naming {name}", self._place):
            _register_memory_tables(self._connection, expression)
            named = f"CREATE OR REPLACE VIEW {quote_identifier(name)} AS {to_sql(expression)}"
            self._connection.execute(named)
        return unbound_table(name, expression.schema().to_pyarrow())

    def materialize(self, name: str, expression: ir.Table) -> ir.Table:
        """Compute an expression once and store it as a table for later expressions."""
        table = self.start_materializing(name, expression)
        self._scheduler.wait([name])
        return table

    def start_materializing(
        self, name: str, expression: ir.Table, *, first: bool = False
    ) -> ir.Table:
        """Materialize in the background; readers of the table wait for it."""
        query = to_sql(expression)

        def task(cursor: duckdb.DuckDBPyConnection) -> None:
            with map_duckdb_errors(f"computing {name}", self._place):
                _register_memory_tables(cursor, expression)
                cursor.execute(f"CREATE OR REPLACE TABLE {quote_identifier(name)} AS {query}")

        self._scheduler.make(name, tables_read(expression), task, first=first)
        return unbound_table(name, expression.schema().to_pyarrow())

    def encode_texts(self, tables: Mapping[str, ir.Table], columns: Sequence[str]) -> None:
        """Store the texts of these columns as numbers in materialized tables; see `Session`.

        The texts of a column in all tables become one sorted enum, whose values compare as the
        texts do.
        """
        self._scheduler.wait(table.get_name() for table in tables.values())
        having = {
            column: [table for table in tables.values() if column in table.columns]
            for column in columns
        }
        self._execute_all(create_enum(column, among) for column, among in having.items() if among)
        numbered = {
            table.get_name(): [column for column in columns if column in table.columns]
            for table in tables.values()
        }
        self._execute_all(encode_columns(name, among) for name, among in numbered.items() if among)

    def _execute_all(self, statements: Iterable[str]) -> None:
        """Execute statements in the background and wait for all of them."""

        def task(statement: str, cursor: duckdb.DuckDBPyConnection) -> None:
            with map_duckdb_errors("encoding texts", self._place):
                cursor.execute(statement)

        started = [self._scheduler.start((), partial(task, text)) for text in statements]
        for future in started:
            future.result()

    def run(self, expression: ir.Expr) -> pa.Table:
        """Compute an expression in memory; without `order_by` its rows are in no order."""
        return self.start(expression).result()

    def stream(self, expression: ir.Table) -> pa.RecordBatchReader:
        """Compute an expression and read its rows in batches; see `Session`."""
        shape = result_schema(expression)
        return pa.RecordBatchReader.from_batches(shape, self._batches(expression, shape))

    def _batches(self, expression: ir.Table, shape: pa.Schema) -> Iterator[pa.RecordBatch]:
        query = to_sql(expression)
        self._scheduler.wait(tables_read(expression))
        with map_duckdb_errors("computing a result", self._place):
            _register_memory_tables(self._connection, expression)
            for batch in self._connection.sql(query).to_arrow_reader(_BATCH_ROWS):
                yield batch.cast(shape)

    def start(self, expression: ir.Expr, *, first: bool = False) -> Future[pa.Table]:
        """Run in the background, when the tables that it reads are there; `first` before others."""
        table = expression.as_table()
        query, shape = to_sql(table), result_schema(table)

        def task(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
            with map_duckdb_errors("computing a result", self._place):
                _register_memory_tables(cursor, table)
                return cursor.sql(query).to_arrow_table().cast(shape)

        return self._scheduler.start(tables_read(table), task, first=first)


def _register_memory_tables(connection: duckdb.DuckDBPyConnection, expression: ir.Table) -> None:
    """Register the in-memory tables of an expression on a connection."""
    for table in expression.op().find(ops.InMemoryTable):
        connection.register(table.name, table.data.to_pyarrow(table.schema))


def _cursors(connection: duckdb.DuckDBPyConnection) -> list[duckdb.DuckDBPyConnection]:
    """Open the cursors for background queries."""
    cursors = [connection.cursor() for _ in range(_AT_ONCE)]
    for cursor in cursors:
        cursor.execute(SET_UP)
    return cursors
