"""One canonical table out of what several kinds of sources mean by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from gradeline.sources.source import Kind


def union_tables(tables: Sequence[ir.Table]) -> ir.Table:
    """The rows of all these tables, which have the same columns and types.

    Whether a column may be null is what each source knows of its own; together each may.
    """
    types = {name: kind.copy(nullable=True) for name, kind in tables[0].schema().items()}
    first, *others = (table.cast(types) for table in tables)
    return ibis.union(first, *others) if others else first


def order_plans_last(kinds: Mapping[str, Kind]) -> Sequence[tuple[str, Kind]]:
    """The kinds of sources, that of people's plans behind all whose plans it may replace."""
    return sorted(kinds.items(), key=lambda each: each[1].replaces_plans)


def replace_plans(tables: Sequence[ir.Table], written: ir.Table) -> list[ir.Table]:
    """Plans that sources know and the one that people wrote, which stands alone for its courses."""
    return [*(table.anti_join(written, "course_id") for table in tables), written]
