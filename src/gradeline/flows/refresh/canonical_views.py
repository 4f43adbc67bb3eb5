"""The canonical tables as views of the warehouse, from the expressions that metrics use.

`python -m gradeline.flows.refresh.canonical_views` prints their queries as JSON, by name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.flows.refresh.union import order_plans_last, replace_plans, union_tables
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, SLICE_ID_COLUMN
from gradeline.records.tables import LEARNER_LINKS
from gradeline.sources import KINDS
from gradeline.sources.planification.source import NAME as PLANIFICATION
from gradeline.sources.source import Kind


def compiled_views() -> Mapping[str, str]:
    """The views' queries, as PostgreSQL reads them."""
    return {name: ibis.to_sql(each, dialect="postgres") for name, each in canonical_views().items()}


def canonical_views() -> Mapping[str, ir.Table]:
    """Each canonical table as the union of what all kinds of sources mean by it."""
    found: dict[str, list[ir.Table]] = {}
    for kind_name, kind in order_plans_last(_kinds()):
        for name, table in kind.to_canonical(_streams(kind)).items():
            if kind_name == PLANIFICATION:
                found[name] = replace_plans(found.get(name, ()), table)
            else:
                found.setdefault(name, []).append(table)
    return {
        name: union_tables(tables) for name, tables in found.items() if name != LEARNER_LINKS.name
    }


def _kinds() -> Mapping[str, Kind]:
    """Each kind once: two whose rows lie in the same tables are one here."""
    found: dict[str, Kind] = {}
    for name, kind in KINDS.items():
        if not any(kind is other for other in found.values()):
            found[name] = kind
    return found


def _streams(kind: Kind) -> Mapping[str, ir.Table]:
    """The row tables of a kind as its streams' facts: the slice by its name, its source beside."""
    slices = ibis.table({"slice_id": "int64", "name": "string", "source": "string"}, name="slices")
    streams = {}
    for stream, table in kind.tables.items():
        rows = ibis.table(ibis.schema(table.schema), name=table.name)
        joined = rows.left_join(slices, SLICE_ID_COLUMN)
        own = [
            name for name in table.schema.names if name not in (SLICE_ID_COLUMN, POSITION_COLUMN)
        ]
        streams[stream] = joined.select(
            joined["name"].name(SLICE_COLUMN),
            joined["source"].name("source_name"),
            POSITION_COLUMN,
            *own,
        )
    return streams


if __name__ == "__main__":
    json.dump(dict(compiled_views()), sys.stdout)
