"""The ids of a mapping's rows in their one spelling, as SQL made from the canonical tables."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.records.ids import NORMALIZED
from gradeline.sources.id_columns import normalized_sql
from gradeline.sources.sql import quoted
from gradeline.sources.tabular.streams import content_schema


def all_normal_sql(table: str, rows: str) -> str:
    """Return a query whether all ids are in their one spelling.

    Each different id is looked at once: a file of events repeats a few.

    Args:
        table: the canonical table.
        rows: SQL of rows with its columns.
    """
    # Of an aggregate, for a condition on the text itself would be asked of every row.
    distinct = " UNION ALL ".join(
        f"SELECT any_value({each}) AS text FROM {rows} GROUP BY {each}" for each in _ids_of(table)
    )
    return (
        f"SELECT count(*) = 0 FROM ({distinct}) WHERE text IS DISTINCT FROM "
        f"{normalized_sql('text')}"
    )


def normal_rows_sql(table: str, rows: str) -> str:
    """Return a query for rows of a canonical table with ids in their one spelling."""
    ids = (f"{normalized_sql(f'{name}::VARCHAR')} AS {name}" for name in _ids_of(table))
    return f"SELECT * REPLACE ({', '.join(ids)}) FROM {rows}"


def _ids_of(table: str) -> Sequence[str]:
    return [quoted(name) for name in content_schema(table).names if name in NORMALIZED]
