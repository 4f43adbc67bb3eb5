"""The seam of all engines: fact objects opened as tables, expressions computed.

An engine knows neither lake nor ledger nor what the tables mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

import pyarrow as pa

from gradeline.records.streams import FactQuery

if TYPE_CHECKING:
    import ibis.expr.types as ir


class FileSystem(Protocol):
    """A reading fsspec file system, as a lake gives it."""

    protocol: str  #: the scheme of the locations it serves, e.g. `lake`

    def open(self, path: str, mode: str = "rb") -> IO[bytes]:
        """An object's bytes, read by range."""
        ...


@dataclass(frozen=True, kw_only=True)
class FactObjects:
    """Fact objects as one table of exactly that schema; none are an empty table.

    A column that a file lacks is null in its rows, another type is cast, a column that the schema
    does not name is not seen. Only columns that are used are read.
    """

    locations: Sequence[str]  #: local paths, or `lake://<key>` through a session's file system
    schema: pa.Schema  #: columns and types, in their order; all may be null


class RowSession(Protocol):
    """A stretch of turning facts into rows, which knows no expressions."""

    def rows(
        self, facts: FactObjects, query: FactQuery | None, shape: pa.Schema, *, rows: int = 65_536
    ) -> pa.RecordBatchReader:
        """What the query gives of these facts, in batches of at most so many rows, in flat memory.

        One reader at a time: the session's next one ends it.

        Args:
            facts: the table `facts` that the query reads.
            query: null = each fact is a row.
            shape: the columns wanted of it, cast to these types; all may be null.
            rows: in one batch.

        Raises:
            EngineError, ObjectMissing, DiskFull: as a `Session` does, when the batches are read.
        """
        ...


class Session(Protocol):
    """A stretch of computing over one snapshot; what it keeps ends with it.

    Every verb that computes raises `EngineError` where the engine cannot, `ObjectMissing` where
    a fact object is not there, and `DiskFull` where neither memory nor spill space suffices.
    """

    def facts(self, locations: Sequence[str], schema: pa.Schema) -> ir.Table:
        """`FactObjects` of these locations and schema as a table of expressions."""
        ...

    def memory_table(self, name: str, table: pa.Table) -> ir.Table:
        """A table at hand under a name that expressions of this session can join."""
        ...

    def view(self, name: str, expression: ir.Table) -> ir.Table:
        """The expression under a name for later ones, which compute of it what they need."""
        ...

    def materialize(self, name: str, expression: ir.Table) -> ir.Table:
        """The expression computed once, now, and kept for later expressions under that name."""
        ...

    def start_materializing(self, name: str, expression: ir.Table) -> ir.Table:
        """As `materialize`, in the background: readers of the table wait, and raise its error."""
        ...

    def encode_texts(self, tables: Mapping[str, ir.Table], columns: Sequence[str]) -> None:
        """Let kept tables hold the texts of these columns as numbers; no expression sees it.

        Once in a session; an engine that gains nothing by it does nothing. A column of one
        name means the same in all of the tables.
        """
        ...

    def run(self, expression: ir.Expr) -> pa.Table:
        """The expression's result, whole, in memory; without `order_by` in no order."""
        ...

    def start(self, expression: ir.Expr, *, first: bool = False) -> Future[pa.Table]:
        """As `run`, but beside other work, once what it reads is there; `first`, before others."""
        ...

    def batches(self, expression: ir.Table, *, rows: int = 65_536) -> pa.RecordBatchReader:
        """The expression's result in batches of at most so many rows, in flat memory."""
        ...

    def to_parquet(self, expression: ir.Table, path: Path) -> int:
        """Write the result to one zstd Parquet file, whole or not there; how many rows it has."""
        ...


class Engine(Protocol):
    """Where facts become rows, and expressions run."""

    def row_session(
        self, filesystem: FileSystem | None = None, *, share: float = 1.0
    ) -> AbstractContextManager[RowSession]:
        """Open a session that gives rows; as `session` in all else.

        Args:
            filesystem: null = only files of this machine are read.
            share: of the memory that the engine was given, what it may hold before it spills.
        """
        ...

    def session(self, filesystem: FileSystem | None = None) -> AbstractContextManager[Session]:
        """Open a session; it reads `lake://` locations through the file system given.

        Args:
            filesystem: null = only files of this machine are read.
        """
        ...
