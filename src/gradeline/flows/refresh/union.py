"""Combine the canonical tables of several kinds of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from gradeline.sources.source import Kind


def union_tables(tables: Sequence[ir.Table]) -> ir.Table:
    """Return the rows of all these tables, which have the same columns and types.

    Sources differ in which columns may be null; in the union each column may.
    """
    types = {name: type_.copy(nullable=True) for name, type_ in tables[0].schema().items()}
    first, *others = (table.cast(types) for table in tables)
    return ibis.union(first, *others) if others else first


def order_plans_last(kinds: Mapping[str, Kind]) -> Sequence[tuple[str, Kind]]:
    """Order kinds of sources so that people's plans come after all plans that they replace."""
    return sorted(kinds.items(), key=lambda item: item[1].replaces_plans)


def replace_plans(tables: Sequence[ir.Table], written: ir.Table) -> list[ir.Table]:
    """Return the plans of sources, without the courses that people wrote a plan for, and theirs."""
    return [*(table.anti_join(written, "course_id") for table in tables), written]
