"""What a query reads and which files its rows come from, told by DuckDB's own parse of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

#: A node of the tree, as `json_serialize_sql` writes it.
Node = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where the rows of a query come from."""

    #: the table that the outermost FROM begins with; of a UNION, that of each of its queries
    tables: tuple[str, ...]
    by_line: bool  #: no row is made of several lines: nothing is grouped, and none is picked
    summary: bool  #: an aggregate without GROUP BY, which gives a row even where there is no line


def tables_read(node: Node) -> Iterator[str]:
    """Return every table the tree reads, but for names that a WITH of it defines."""
    own: set[str] = set()
    found: list[str] = []
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            own.update(_defined(each))
            if each.get("type") == "BASE_TABLE":
                found.append(each["table_name"])
            waiting.extend(each.values())
    return (name for name in found if name.lower() not in own)


def columns_named(node: Node, tables: Collection[str]) -> frozenset[str] | None:
    """Return every column the tree names; None where a `*` or a whole row may be any of them."""
    found: set[str] = set()
    alone: set[str] = set()
    rows = {name.lower() for name in tables}
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            if each.get("class") in ("STAR", "POSITIONAL_REFERENCE"):
                return None
            if each.get("type") == "BASE_TABLE":
                rows.add(each["alias"].lower())
            path = [name.lower() for name in each.get("column_names") or ()]
            alone.update(path if len(path) == 1 else ())
            found.update(path, (name.lower() for name in each.get("using_columns") or ()))
            waiting.extend(each.values())
    return None if alone & rows else frozenset(found)


def origin_of(node: Node, aggregates: Collection[str]) -> Origin | None:
    """Return where the rows of a query come from; None where its first FROM is no table.

    Args:
        node: the tree of the query.
        aggregates: names of DuckDB's aggregate functions.
    """
    origins = list(_origins(node, {}, frozenset(aggregates)))
    # Further queries of a UNION may give rows of no file; the row check names those.
    return reduce(_both, filter(None, origins)) if origins and origins[0] is not None else None


def _both(one: Origin, other: Origin) -> Origin:
    return Origin(
        tables=(*one.tables, *other.tables),
        by_line=one.by_line and other.by_line,
        summary=one.summary or other.summary,
    )


def _origins(
    node: Node, outer: Mapping[str, Node], aggregates: frozenset[str]
) -> Iterator[Origin | None]:
    """Yield the origin of each query of a UNION, through joins, subqueries and WITH."""
    own = {**outer, **_defined(node)}
    if node.get("type") == "BASE_TABLE":
        name = str(node["table_name"])
        within = own.get(name.lower())
        if within is None:
            yield Origin(tables=(name,), by_line=True, summary=False)
        else:
            rest = {key: value for key, value in own.items() if key != name.lower()}
            yield from _origins(within, rest, aggregates)
        return
    summary = _has_aggregate(node, aggregates) and not _is_grouped(node)
    by_line = not (summary or _is_grouped(node) or _picks(node))
    for step in _steps(node):
        found = [None] if step is None else _origins(step, own, aggregates)
        for origin in found:
            here = Origin(tables=(), by_line=by_line, summary=summary)
            yield None if origin is None else _both(here, origin)


def _steps(node: Node) -> list[Node | None]:
    """Return the nodes that a node's rows come from: one, or those of a UNION."""
    kind = str(node.get("type"))
    if kind == "SET_OPERATION_NODE":
        parts = node.get("children") or [node.get("left"), node.get("right")]
        return list(parts) if str(node.get("setop_type")).startswith("UNION") else list(parts[:1])
    step = {
        "SELECT_NODE": node.get("from_table"),
        "JOIN": node.get("left"),
        "PIVOT": node.get("source"),
        "SUBQUERY": (node.get("subquery") or {}).get("node"),
    }.get(kind)
    return [step]


def _defined(node: Node) -> Mapping[str, Node]:
    entries = node.get("cte_map")
    listed = entries.get("map", []) if isinstance(entries, dict) else []
    return {each["key"].lower(): each["value"]["query_node"] for each in listed}


def _is_grouped(node: Node) -> bool:
    forced = node.get("aggregate_handling") == "FORCE_AGGREGATES"  # GROUP BY ALL
    return bool(node.get("group_expressions")) or forced


def _has_aggregate(node: Node, aggregates: frozenset[str]) -> bool:
    """Whether a SELECT calls an aggregate, or a PIVOT does; its subqueries do not count."""
    if node.get("type") == "PIVOT":
        return bool(node.get("aggregates"))
    waiting: list[object] = [node.get("select_list") or [], node.get("having")]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict) and each.get("class") not in ("WINDOW", "SUBQUERY"):
            if each.get("class") == "FUNCTION" and each["function_name"].lower() in aggregates:
                return True
            waiting.extend(each.values())
    return False


def _picks(node: Node) -> bool:
    """Whether it takes one of several lines on purpose: QUALIFY, DISTINCT ON or LIMIT 1."""
    modifiers = node.get("modifiers") or []
    return node.get("qualify") is not None or any(
        bool(each.get("distinct_on_targets")) or _text_of(each.get("limit")) == "1"
        for each in modifiers
    )


def _text_of(limit: Node | None) -> str:
    return str(((limit or {}).get("literal") or {}).get("text", ""))
