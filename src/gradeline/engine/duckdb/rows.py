"""Turn facts into rows by DuckDB's SQL, without Ibis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from gradeline.engine.duckdb import sql as duckdb_sql
from gradeline.engine.engine import FactObjects
from gradeline.engine.errors import map_duckdb_errors
from gradeline.engine.schemas import nullable
from gradeline.records.streams import FactQuery

#: Facts in one part of a query by parts; with as many learners it needs 48 MiB.
_PART_FACTS = 500_000


class DuckRowSession:
    """Turns facts into rows on one DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
        self._connection = connection
        self._place = str(spill.parent)

    def rows(
        self, facts: FactObjects, query: FactQuery | None, shape: pa.Schema, *, rows: int = 65_536
    ) -> pa.RecordBatchReader:
        """Run a query over facts; read its result in batches, in flat memory.

        One reader at a time: the session's next one ends it.
        """
        schema = nullable(shape)
        query = query or FactQuery(sql="FROM facts")
        return pa.RecordBatchReader.from_batches(schema, self._batches(facts, query, schema, rows))

    def _batches(
        self, facts: FactObjects, query: FactQuery, shape: pa.Schema, rows: int
    ) -> Iterator[pa.RecordBatch]:
        columns = ", ".join(duckdb_sql.quote_identifier(name) for name in shape.names)
        with map_duckdb_errors("making rows of facts", self._place):
            source = facts_query(self._connection, facts)
            # In the query, not as a view: a reader that has not begun keeps its own facts.
            sql = f"WITH facts AS NOT MATERIALIZED ({source}) SELECT {columns} FROM ({query.sql})"
            for part in self._parts(facts) if query.by_parts else ({},):
                # `sql` streams rows; `execute` would compute all of them first.
                result = self._connection.sql(sql, params={**query.values, **part} or None)
                for batch in result.to_arrow_reader(rows):
                    yield batch.cast(shape)

    def _parts(self, facts: FactObjects) -> Iterator[Mapping[str, int]]:
        """Yield the values of `$part` and `$parts`; each part has about `_PART_FACTS` facts."""
        count = 0
        if facts.locations:
            of = f"SELECT count(*) FROM {duckdb_sql.parquet_relation(facts.locations)}"
            count = self._connection.execute(of).fetchall()[0][0]
        parts = 1 + count // _PART_FACTS
        yield from ({"part": part, "parts": parts} for part in range(parts))


def facts_query(connection: duckdb.DuckDBPyConnection, facts: FactObjects) -> str:
    """Return a query over fact objects with exactly the columns of their schema."""
    columns = _columns(connection, facts.schema)
    if not facts.locations:
        return duckdb_sql.empty_query(columns)
    describe = f"DESCRIBE SELECT * FROM {duckdb_sql.parquet_relation(facts.locations)}"
    names = [name for name, *_ in connection.execute(describe).fetchall()]
    return duckdb_sql.parquet_query(names, facts.locations, columns)


def _columns(connection: duckdb.DuckDBPyConnection, schema: pa.Schema) -> Mapping[str, str]:
    """Return the schema's columns with their DuckDB types."""
    empty = connection.from_arrow(schema.empty_table())
    return {name: str(kind) for name, kind in zip(empty.columns, empty.types, strict=True)}
