"""Facts turned into rows by DuckDB's own SQL; no expression is known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from gradeline.engine.duckdb_sql import (
    empty_query,
    parquet_query,
    parquet_relation,
    quote_identifier,
)
from gradeline.engine.engine import FactObjects
from gradeline.engine.errors import map_duckdb_errors
from gradeline.engine.schemas import nullable
from gradeline.records.streams import FactQuery

#: Facts that a query by parts looks at together. Of as many people 48 MiB hold what it needs.
_PART_FACTS = 500_000


class DuckRowSession:
    """A stretch of turning facts into rows on one DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
        self._connection = connection
        self._place = str(spill.parent)

    def rows(
        self, facts: FactObjects, query: FactQuery | None, shape: pa.Schema, *, rows: int = 65_536
    ) -> pa.RecordBatchReader:
        """What the query gives of these facts, in batches of at most so many rows, in flat memory.

        One reader at a time: the session's next one ends it.
        """
        given = nullable(shape)
        asked = query or FactQuery(sql="FROM facts")
        return pa.RecordBatchReader.from_batches(given, self._batches(facts, asked, given, rows))

    def _batches(
        self, facts: FactObjects, query: FactQuery, shape: pa.Schema, rows: int
    ) -> Iterator[pa.RecordBatch]:
        columns = ", ".join(quote_identifier(name) for name in shape.names)
        with map_duckdb_errors("making rows of facts", self._place):
            source = facts_query(self._connection, facts)
            # As part of the query, not as a view: a reader not yet begun keeps its own facts.
            sql = f"WITH facts AS NOT MATERIALIZED ({source}) SELECT {columns} FROM ({query.sql})"
            for part in self._parts(facts) if query.by_parts else ({},):
                # By `sql`, which gives rows while they are made; `execute` makes all of them first.
                answer = self._connection.sql(sql, params={**query.values, **part} or None)
                for batch in answer.to_arrow_reader(rows):
                    yield batch.cast(shape)

    def _parts(self, facts: FactObjects) -> Iterator[Mapping[str, int]]:
        """What stands for `$part` and `$parts`, so that each part has about as many facts."""
        count = 0
        if facts.locations:
            of = f"SELECT count(*) FROM {parquet_relation(facts.locations)}"
            count = self._connection.execute(of).fetchall()[0][0]
        parts = 1 + count // _PART_FACTS
        yield from ({"part": part, "parts": parts} for part in range(parts))


def facts_query(connection: duckdb.DuckDBPyConnection, facts: FactObjects) -> str:
    """A query over fact objects that sees exactly the columns of their schema."""
    columns = _columns(connection, facts.schema)
    if not facts.locations:
        return empty_query(columns)
    found = connection.execute(
        f"DESCRIBE SELECT * FROM {parquet_relation(facts.locations)}"
    ).fetchall()
    return parquet_query((name for name, *_ in found), facts.locations, columns)


def _columns(connection: duckdb.DuckDBPyConnection, schema: pa.Schema) -> Mapping[str, str]:
    """The schema's columns with their types as DuckDB writes them."""
    empty = connection.from_arrow(schema.empty_table())
    return {name: str(kind) for name, kind in zip(empty.columns, empty.types, strict=True)}
