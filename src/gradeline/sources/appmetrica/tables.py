"""AppMetrica's events as rows of the eight tables that Amplitude's events fill too."""

from __future__ import annotations

from dataclasses import replace

from gradeline.records.streams import FactQuery, RowTable
from gradeline.sources.product_events import tables
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.sql import query


def dwh_tables(mappings: FieldMappings) -> tuple[RowTable, ...]:
    """The eight tables, filled from AppMetrica's facts."""
    return tuple(
        replace(table, query=_of_product_events(table.query))
        for table in tables.row_tables(mappings)
    )


def _of_product_events(asked: FactQuery | None) -> FactQuery:
    """The same question, asked of AppMetrica's facts in the form of Amplitude's."""
    facts = query("appmetrica", "product_events")
    if asked is None:
        return FactQuery(sql=facts)
    # Nothing of the events is kept in that form: each query reads the few columns it needs.
    sql = f"WITH facts AS NOT MATERIALIZED ({facts}) SELECT * FROM ({asked.sql})"
    return replace(asked, sql=sql)
