"""Combine the canonical tables of several kinds of sources, and the courses that are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from gradeline.records.tables import CANONICAL
from gradeline.sources.canonical import SOURCE_NAME
from gradeline.sources.source import Kind

#: Whether a row is of the course itself, not of one that was joined to it.
_OWN = "own"
#: Tables about things that several sources, or joined courses, may each describe.
_DESCRIBED = frozenset({"courses", "groups", "items", "plan"})


def union_tables(tables: Sequence[ir.Table]) -> ir.Table:
    """Return the rows of all these tables, which have the same columns and types.

    Sources differ in which columns may be null; in the union each column may.
    """
    types = {name: type_.copy(nullable=True) for name, type_ in tables[0].schema().items()}
    first, *others = (table.cast(types) for table in tables)
    return ibis.union(first, *others) if others else first


def unite(name: str, tables: Sequence[ir.Table], *, several: bool = False) -> ir.Table:
    """Return a canonical table of all sources.

    Where several sources describe one course, item or planned item, it is one row: that of the
    course itself, then of the first source by name. What a row does not say, the next one may.

    Args:
        name: of the canonical table.
        tables: its rows by kind of source, as `join_courses` returns them.
        several: whether there may be several descriptions of one thing.
    """
    rows = union_tables(tables)
    table = CANONICAL[name]
    if several and name in _DESCRIBED:
        order = [rows[_OWN].desc(), rows[SOURCE_NAME]]
        rest = [column for column in table.schema.names if column not in table.key]
        known = {
            column: rows[column].collect(where=rows[column].notnull(), order_by=order)[0]
            for column in rest
        }
        rows = rows.group_by(table.key).aggregate(**known)
    return rows.select(*table.schema.names)


def join_courses(rows: ir.Table, links: ir.Table | None) -> ir.Table:
    """Replace the ids of joined courses by that of the course that has them.

    Args:
        rows: a canonical table of a kind of sources, with `source_name` if it has courses.
        links: source, external_id, joined_id of sources of that kind; None = none are joined.

    Returns:
        The same rows. own: bool, false where the course was joined to another one.
    """
    if SOURCE_NAME not in rows.columns:
        return rows
    if links is None:
        return rows.mutate(**{_OWN: ibis.literal(True)})
    linked = links.select(link_source="source", link_course="external_id", joined_id="joined_id")
    both = rows.left_join(
        linked, [rows[SOURCE_NAME] == linked.link_source, rows.course_id == linked.link_course]
    )
    new: dict[str, ir.Value] = {
        "course_id": ibis.coalesce(both.joined_id, both.course_id),
        _OWN: both.joined_id.isnull(),
    }
    if "category" in rows.columns:
        slash = both.joined_id.find("/")
        head = ibis.ifelse(slash < 0, "", both.joined_id.substr(0, ibis.greatest(slash, 0)))
        new["category"] = ibis.coalesce(head, both.category)
        new["course"] = ibis.coalesce(both.joined_id.substr(slash + 1), both.course)
    return both.mutate(**new).select(*rows.columns, _OWN)


def order_plans_last(kinds: Mapping[str, Kind]) -> Sequence[tuple[str, Kind]]:
    """Order kinds of sources so that people's plans come after all plans that they replace."""
    return sorted(kinds.items(), key=lambda item: item[1].replaces_plans)


def replace_plans(tables: Sequence[ir.Table], written: ir.Table) -> list[ir.Table]:
    """Return the plans of sources, without the courses that people wrote a plan for, and theirs."""
    return [*(table.anti_join(written, "course_id") for table in tables), written]
