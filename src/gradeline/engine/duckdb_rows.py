"""Facts turned into rows by DuckDB's own SQL; no expression is known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from gradeline.engine.duckdb_text import files, no_rows, over_parquet, quoted
from gradeline.engine.engine import FactObjects
from gradeline.engine.errors import translated
from gradeline.engine.shapes import nullable
from gradeline.records.streams import FactQuery

#: Facts that a query by parts looks at together. Of as many people 48 MiB hold what it needs.
_PART_FACTS = 500_000


class DuckRows:
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
        columns = ", ".join(quoted(name) for name in shape.names)
        with translated("making rows of facts", self._place):
            source = over_facts(self._connection, facts)
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
            of = f"SELECT count(*) FROM {files(facts.locations)}"
            count = self._connection.execute(of).fetchall()[0][0]
        parts = 1 + count // _PART_FACTS
        yield from ({"part": part, "parts": parts} for part in range(parts))


def over_facts(connection: duckdb.DuckDBPyConnection, facts: FactObjects) -> str:
    """A query over fact objects that sees exactly the columns of their schema."""
    columns = _columns(connection, facts.schema)
    if not facts.locations:
        return no_rows(columns)
    found = connection.execute(f"DESCRIBE SELECT * FROM {files(facts.locations)}").fetchall()
    return over_parquet((name for name, *_ in found), facts.locations, columns)


def _columns(connection: duckdb.DuckDBPyConnection, schema: pa.Schema) -> Mapping[str, str]:
    """The schema's columns with their types as DuckDB writes them."""
    empty = connection.from_arrow(schema.empty_table())
    return {name: str(kind) for name, kind in zip(empty.columns, empty.types, strict=True)}
