"""A stream: one kind of slice, and how its facts become rows of the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Every fact file begins with these two: the slice a fact came in, as text, and where it
#: stood in that slice (from 0, in the order of arrival). A row table has `slice_id` (the
#: ledger's number of that slice) in place of `slice`.
SLICE_COLUMN = "slice"
SLICE_ID_COLUMN = "slice_id"
POSITION_COLUMN = "position"


#: What most rows need of an engine's memory while they are made of facts: 48 of its 272 MiB.
SMALL_SHARE = 0.18


@dataclass(frozen=True, kw_only=True)
class FactQuery:
    """A query over the facts of one slice."""

    sql: str  #: over a table `facts`, as DuckDB reads it; its rows have no order
    values: Mapping[str, str | bool] = field(default_factory=dict)  #: what `$name` in it stands for
    #: its memory grows with the number of learners, so it is run for `$part` of `$parts` at a time
    by_parts: bool = False
    share: float = SMALL_SHARE  #: of the engine's memory; what it needs beyond goes to the disk


@dataclass(frozen=True, kw_only=True)
class RowTable:
    """A table of the database that a stream's facts are loaded into."""

    name: str  #: the table, in schema `public`
    schema: pa.Schema  #: its columns as loaded, `slice_id` first
    key: tuple[str, ...]  #: its primary key; loading is idempotent by it
    #: returns its columns but `slice_id`, among others; None = each fact is a row
    query: FactQuery | None = None
    json: frozenset[str] = frozenset()  #: text columns that are `jsonb` in the table
    #: a column of instants: of slices that share a key the later one counts, then the greater name
    newest: str | None = None
    #: a slice loaded again takes its earlier rows away first
    replaces_slice: bool = True


@dataclass(frozen=True, kw_only=True)
class Stream:
    """One kind of slice of a source: the columns of its facts and the tables they fill."""

    name: str  #: as in the slice, e.g. `attempts`
    schema: pa.Schema  #: columns of its fact files, `slice` and `position` first
    tables: tuple[RowTable, ...]  #: warehouse tables; empty = facts stay in the lake only
    version: int | str = 1  #: raised when reading changes, so that slices are read again


#: Maps facts to canonical tables. Argument: stream name → facts (the columns of `Stream.schema`
#: and `source_name`). Result: canonical table name → a table with its columns. It builds
#: expressions and runs none.
ToCanonical = Callable[[Mapping[str, "ir.Table"]], Mapping[str, "ir.Table"]]
