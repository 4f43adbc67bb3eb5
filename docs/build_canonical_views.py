"""Write `canonical_views.sql`: the canonical tables as views of PostgreSQL.

The views' queries are compiled from the Ibis expressions that metrics use. `make docs` runs this
after a source's `to_canonical` changed.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.flows.refresh.peoples_groups import prefer_peoples_groups
from gradeline.flows.refresh.union import join_courses, order_plans_last, replace_plans, unite
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, SLICE_ID_COLUMN
from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.sources import KINDS
from gradeline.sources.canonical import POSTED
from gradeline.sources.source import Kind
from gradeline.warehouse.schema.views import CANONICAL_VIEWS

_TITLE = (
    "-- Views of the canonical tables. Written by `make docs` (docs/build_canonical_views.py).\n"
)


def main() -> None:
    """Write the file in the package."""
    CANONICAL_VIEWS.write_text(views_sql(), encoding="utf-8", newline="\n")


def views_sql() -> str:
    """Return the text of `canonical_views.sql`: each view as a named, described query."""
    queries = [
        f"\n-- {name} --\n-- {CANONICAL[name].meaning}\n{ibis.to_sql(table, dialect='postgres')}\n"
        for name, table in canonical_views().items()
    ]
    return _TITLE + "".join(queries)


def canonical_views() -> Mapping[str, ir.Table]:
    """Return each canonical table as the union of what all kinds of sources map to it."""
    found: dict[str, list[ir.Table]] = {}
    for _, kind in order_plans_last(_kinds()):
        links = None if kind.replaces_plans else _course_links()
        streams = dict(_streams(kind))
        if kind.posted_too:
            streams[POSTED] = _streams(KINDS[POSTED])["events_part"]
        for name, mapped in kind.to_canonical(streams).items():
            table = join_courses(mapped, links)
            if kind.replaces_plans:
                found[name] = replace_plans(found.get(name, ()), table)
            else:
                found.setdefault(name, []).append(table)
    tables = {name: unite(name, parts, several=True) for name, parts in found.items()}
    preferred = prefer_peoples_groups(tables)
    return {name: table for name, table in preferred.items() if name != LEARNER_LINKS.name}


def _course_links() -> ir.Table:
    """Return the table of links between courses, in the names that `join_courses` asks for."""
    columns = {"source": "string", "external_id": "string", "course_id": "string"}
    return ibis.table(columns, name="course_links").rename(joined_id="course_id")


def _kinds() -> Mapping[str, Kind]:
    """Return each kind once: two whose rows are in the same tables are one here."""
    found: dict[str, Kind] = {}
    for name, kind in KINDS.items():
        if not any(kind is other for other in found.values()):
            found[name] = kind
    return found


def _streams(kind: Kind) -> Mapping[str, ir.Table]:
    """Return the row tables of a kind as facts: with the slice's name and its source's name."""
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
    main()
