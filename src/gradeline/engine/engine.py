"""The protocols of engines: they open fact objects as tables and compute expressions.

An engine knows neither the lake nor the ledger nor the meaning of tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol

import pyarrow as pa

from gradeline.records.streams import FactQuery

if TYPE_CHECKING:
    import ibis.expr.types as ir


class FileSystem(Protocol):
    """A read-only fsspec file system, such as that of a lake."""

    protocol: str  #: the scheme of the locations it serves, e.g. `lake`

    def open(self, path: str, mode: str = "rb") -> IO[bytes]:
        """Open an object, to be read in ranges."""


@dataclass(frozen=True, kw_only=True)
class FactObjects:
    """Fact objects that are read as one table of exactly this schema; none are an empty table.

    A column that a file lacks is null, another type is cast, and columns that are not in the
    schema are ignored. Only columns that are used are read.
    """

    locations: Sequence[str]  #: local paths, or `lake://<key>` through a session's file system
    schema: pa.Schema  #: columns and types, in their order; all may be null


class RowSession(Protocol):
    """Turns facts into rows by SQL."""

    def rows(
        self, facts: FactObjects, query: FactQuery | None, shape: pa.Schema, *, rows: int = 65_536
    ) -> pa.RecordBatchReader:
        """Run a query over facts; read its result in batches, in flat memory.

        One reader at a time: the session's next one ends it.

        Args:
            facts: the table `facts` that the query reads.
            query: None = each fact is a row.
            shape: columns of the result, cast to these types; all may be null.
            rows: in one batch, at most.

        Raises:
            EngineError, ObjectMissing, DiskFull: as a `Session` does, when the batches are read.
        """


class Session(Protocol):
    """Computes expressions over one snapshot of facts; its tables are dropped with it.

    Every method that computes raises `EngineError` if the engine fails, `ObjectMissing` if a fact
    object does not exist, and `DiskFull` if memory and spill space are not enough.
    """

    def facts(self, locations: Sequence[str], schema: pa.Schema) -> ir.Table:
        """Open fact objects as one table for expressions; see `FactObjects`."""

    def memory_table(self, name: str, table: pa.Table) -> ir.Table:
        """Register an Arrow table under a name, for expressions of this session."""

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """Name an expression; later expressions that read it compute what they need of it."""

    def materialize(self, name: str, expression: ir.Table) -> ir.Table:
        """Compute an expression once and store it as a table for later expressions."""

    def start_materializing(
        self, name: str, expression: ir.Table, *, first: bool = False
    ) -> ir.Table:
        """Materialize in the background: readers of the table wait for it, and raise its error.

        `first` before others that are ready.
        """

    def encode_texts(self, tables: Mapping[str, ir.Table], columns: Sequence[str]) -> None:
        """Store the texts of these columns as numbers in materialized tables, for speed.

        Expressions see texts as before. Call it once in a session; an engine that gains nothing
        by it does nothing.

        Args:
            tables: materialized tables by name.
            columns: text columns; one of the same name has the same values in all tables.
        """

    def run(self, expression: ir.Expr) -> pa.Table:
        """Compute an expression in memory; without `order_by` its rows are in no order."""

    def stream(self, expression: ir.Table) -> pa.RecordBatchReader:
        """Compute an expression and read its rows in batches, in flat memory.

        One at a time, in any thread: the next stream, or a new table or view, ends it.
        """

    def start(self, expression: ir.Expr, *, first: bool = False) -> Future[pa.Table]:
        """Run in the background, when the tables that it reads are there; `first` before others."""


class Engine(Protocol):
    """Opens sessions, in which queries and expressions run."""

    def row_session(
        self, filesystem: FileSystem | None = None, *, share: float = 1.0
    ) -> AbstractContextManager[RowSession]:
        """Open a session that turns facts into rows.

        Args:
            filesystem: opens `lake://` locations; None = only local files are read.
            share: of the engine's memory that it may use before it spills.
        """

    def session(self, filesystem: FileSystem | None = None) -> AbstractContextManager[Session]:
        """Open a session that computes expressions.

        Args:
            filesystem: opens `lake://` locations; None = only local files are read.
        """
