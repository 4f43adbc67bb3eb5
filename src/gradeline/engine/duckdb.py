"""The default engine: Ibis on an embedded DuckDB that reads Parquet by path or through fsspec."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path

import duckdb
import ibis
import ibis.expr.operations as ops
import ibis.expr.schema as sch
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from gradeline.engine.engine import FileSystem
from gradeline.engine.spill import spill_folder
from gradeline.engine.translation import translated

#: Leaves room for the process itself and PostgreSQL below 700 MB together; more means less
#: spilling.
MEMORY_MB = 320
_LEVEL = 3  # zstd's default

#: Expressions whose SQL is remembered: a refresh has about 60.
_COMPILED = 256

_Config = dict[str, str | bool | int | float | list[str]]


class DuckEngine:
    """Runs expressions in this process, in bounded memory; what does not fit is spilled."""

    def __init__(
        self, *, memory_mb: int = MEMORY_MB, threads: int | None = None, spill: Path
    ) -> None:
        self._memory_mb = memory_mb
        self._threads = threads
        self._spill = spill

    @contextmanager
    def session(self, filesystem: FileSystem | None = None) -> Iterator[DuckSession]:
        """Open a session; it reads `lake://` locations through the file system given.

        Its spill files lie in a folder of its own, which goes with it.
        """
        with ExitStack() as stack:
            with translated("opening a session", str(self._spill)):
                spill = stack.enter_context(spill_folder(self._spill))
                connection = stack.enter_context(_connection(self._configured(spill)))
            if filesystem is not None:
                connection.register_filesystem(filesystem)
            yield DuckSession(connection, spill)

    def _configured(self, spill: Path) -> _Config:
        config: _Config = {
            # An extension from the network would be code nobody locked, and needs a network.
            "autoload_known_extensions": False,
            "autoinstall_known_extensions": False,
            "allow_community_extensions": False,
            "memory_limit": f"{self._memory_mb}MiB",
            "temp_directory": str(spill),
            # Rows have no order until an expression gives them one; keeping the files' order
            # would hold back whole columns in memory.
            "preserve_insertion_order": False,
        }
        if self._threads is not None:
            config["threads"] = self._threads
        return config


class DuckSession:
    """A stretch of computing on one DuckDB connection; not for several threads at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
        self._connection = connection
        self._spill = spill
        self._place = str(spill.parent)
        self._opened = 0

    def facts(self, locations: Sequence[str], schema: pa.Schema) -> ir.Table:
        """Fact objects as one table of exactly that schema; none give an empty table.

        A column that a file lacks is null in its rows, another type is cast, a column that the
        schema does not name is not seen. Only columns that an expression uses are read.

        Args:
            locations: local paths, or `lake://<key>` through the session's file system.
            schema: columns and types, in their order; all may be null.
        """
        self._opened += 1
        name = f"facts_{self._opened}"
        columns = _columns(schema)
        with translated(f"opening {len(locations)} fact objects", self._place):
            source = self._parquet(locations, columns) if locations else _nothing(columns)
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {source}")
        return _table(name, schema)

    def memory_table(self, name: str, table: pa.Table) -> ir.Table:
        """A table at hand under a name that expressions of this session can join."""
        with translated(f"registering {name}", self._place):
            self._connection.register(name, table)
        return _table(name, table.schema)

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """The expression under a name for later ones, which compute of it what they need."""
        with translated(f"naming {name}", self._place):
            query = self._query(expression)
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {_name(name)} AS {query}")
        return _table(name, expression.schema().to_pyarrow())

    def keep(self, name: str, expression: ir.Table) -> ir.Table:
        """The expression computed once, now, and kept for later expressions under that name."""
        with translated(f"computing {name}", self._place):
            query = self._query(expression)
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS {query}")
        return _table(name, expression.schema().to_pyarrow())

    def code(self, tables: Mapping[str, ir.Table], columns: Sequence[str]) -> None:
        """Let kept tables hold the texts of these columns as numbers; no expression sees it.

        Once in a session. A column of one name means the same in all of them: its texts have one
        list, sorted, so that they compare as the texts do.
        """
        with translated("numbering texts", self._place):
            for column in columns:
                having = [table for table in tables.values() if column in table.columns]
                if having:
                    self._list(column, having)
            for table in tables.values():
                self._number(table.get_name(), [each for each in columns if each in table.columns])

    def _list(self, column: str, tables: Iterable[ir.Table]) -> None:
        """Make the list of a column's texts in all of these tables."""
        one = _name(column)
        every = " UNION ".join(f"SELECT {one} FROM {_name(each.get_name())}" for each in tables)
        texts = f"SELECT {one} FROM ({every}) WHERE {one} IS NOT NULL ORDER BY {one}"
        self._connection.execute(f"CREATE TYPE {_code(column)} AS ENUM ({texts})")

    def _number(self, name: str, columns: Sequence[str]) -> None:
        """Let a kept table hold these columns as numbers."""
        numbered = ", ".join(f"{_name(each)}::{_code(each)} AS {_name(each)}" for each in columns)
        if numbered:
            query = f"SELECT * REPLACE ({numbered}) FROM {_name(name)}"
            self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {_name(name)} AS {query}")

    def run(self, expression: ir.Expr) -> pa.Table:
        """The expression's result, whole, in memory; without `order_by` in no order."""
        table = expression.as_table()
        with translated("computing a result", self._place):
            answer = self._connection.sql(self._query(table)).to_arrow_table()
            return answer.cast(_shape(table))

    def batches(self, expression: ir.Table, *, rows: int = 65_536) -> pa.RecordBatchReader:
        """The expression's result in batches of at most so many rows, in flat memory.

        One reader at a time: the session's next verb ends it.
        """
        shape = _shape(expression)
        return pa.RecordBatchReader.from_batches(shape, self._batches(expression, shape, rows))

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Write the result to one zstd Parquet file, whole or not there; how many rows it has."""
        temporary = path.with_name(f"{path.name}.part")
        how = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL {_LEVEL}"
        try:
            with translated(f"writing {path.name}", self._place):
                copy = f"COPY ({self._query(expression)}) TO {_text(str(temporary))} ({how})"
                written = self._connection.execute(copy).fetchone()
                temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        return int(written[0]) if written else 0

    def _parquet(self, locations: Sequence[str], columns: dict[str, str]) -> str:
        there = self._connection.execute(f"DESCRIBE SELECT * FROM {_files(locations)}").fetchall()
        return _parquet((name for name, *_ in there), locations, columns)

    def _query(self, expression: ir.Table) -> str:
        """The expression as SQL, its in-memory tables registered."""
        for table in expression.op().find(ops.InMemoryTable):
            self._connection.register(table.name, table.data.to_pyarrow(table.schema))
        return _compiled(expression.op())

    def _batches(
        self, expression: ir.Table, shape: pa.Schema, rows: int
    ) -> Iterator[pa.RecordBatch]:
        with translated("computing a result", self._place):
            answer = self._connection.sql(self._query(expression))
            for batch in answer.to_arrow_reader(rows):
                yield batch.cast(shape)


@contextmanager
def _connection(config: _Config) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(":memory:", config=config)
    try:
        connection.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


@lru_cache(maxsize=_COMPILED)
def _compiled(node: ops.Node) -> str:
    """The SQL of an expression, which names its tables and so is the same in every session.

    A worker refreshes again and again, and most of its expressions are those of before: only
    the few that name as-of are others. Compiling all of them takes a second.
    """
    return str(Backend().compile(node.to_expr()))


def _table(name: str, schema: pa.Schema) -> ir.Table:
    """A table by its name alone: the session that runs the expression knows where it is."""
    return ibis.table(sch.Schema.from_pyarrow(_nullable(schema)), name=name)


def _shape(expression: ir.Table) -> pa.Schema:
    """The Arrow schema of a result."""
    return _nullable(expression.schema().to_pyarrow())


def _nullable(schema: pa.Schema) -> pa.Schema:
    # A fact file may lack a column, and no engine checks what a join makes null.
    return pa.schema([field.with_nullable(True) for field in schema])


def _columns(schema: pa.Schema) -> dict[str, str]:
    """The schema's columns with their types as DuckDB writes them."""
    types = sch.Schema.from_pyarrow(schema)
    dialect = Backend.compiler.type_mapper
    return {name: str(dialect.to_string(kind)) for name, kind in types.items()}


def _parquet(present: Iterable[str], locations: Sequence[str], columns: dict[str, str]) -> str:
    """A query over Parquet files that sees exactly these columns, matched by name.

    Casts in the query, not a schema given to `read_parquet`: with one of those DuckDB 2.0 reads
    five times slower and no longer knows how many rows there are.
    """
    there = set(present)
    selected = ", ".join(
        f"CAST({_name(name) if name in there else 'NULL'} AS {kind}) AS {_name(name)}"
        for name, kind in columns.items()
    )
    return f"SELECT {selected} FROM {_files(locations)}"


def _files(locations: Sequence[str]) -> str:
    paths = ", ".join(_text(location) for location in locations)
    # `key=value` folders are names here, never columns.
    return f"read_parquet([{paths}], union_by_name = true, hive_partitioning = false)"


def _nothing(columns: dict[str, str]) -> str:
    """A query that gives these columns and no row."""
    nulls = ", ".join(f"CAST(NULL AS {kind}) AS {_name(name)}" for name, kind in columns.items())
    return f"SELECT {nulls} WHERE false"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def _code(column: str) -> str:
    """The type of a column's texts as numbers."""
    return _name(f"code_of_{column}")
