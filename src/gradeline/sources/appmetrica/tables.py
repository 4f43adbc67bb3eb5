"""AppMetrica's events as rows of the eight tables that Amplitude's events fill too."""

from __future__ import annotations

from dataclasses import replace

from gradeline.records.streams import FactQuery, RowTable
from gradeline.sources.product_events import tables
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.sql import query


def product_event_tables(mappings: FieldMappings) -> tuple[RowTable, ...]:
    """Return the eight tables of product events, filled from AppMetrica's facts."""
    return tuple(
        replace(table, query=_over_appmetrica(table.query)) for table in tables.row_tables(mappings)
    )


def _over_appmetrica(events: FactQuery | None) -> FactQuery:
    """Return the same query over AppMetrica's facts in the form of Amplitude's."""
    facts = query("appmetrica", "product_events")
    if events is None:
        return FactQuery(sql=facts)
    # Nothing of the events is kept in that form: each query reads the few columns it needs.
    sql = f"WITH facts AS NOT MATERIALIZED ({facts}) SELECT * FROM ({events.sql})"
    return replace(events, sql=sql)
