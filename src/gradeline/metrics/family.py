"""What a family of metrics declares about itself; the reference page is generated from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import ibis.expr.operations as ops
import ibis.expr.types as ir

from gradeline.metrics.terms import Terms

#: Canonical tables (columns: `records/tables.py`) and stages (columns: the docstring of each
#: expression), by name. In stages a day is an int64 number of days since 1970-01-01, an instant
#: (`us`, `newest`, `*_newest`, `*_us`) an int64 number of microseconds since 1970 in UTC, and
#: `*_u` a score in millionths. A rate or mean is a group of columns, see `intervals`.
Tables = Mapping[str, ir.Table]
Expression = Callable[[Tables, Terms], ir.Table]

#: How many expressions are cached: a refresh has about 40.
_BUILT = 256


@dataclass(frozen=True, kw_only=True)
class Stage:
    """An intermediate table that several families read: computed once and cached by the engine."""

    name: str  #: the name that later stages and families find it under
    meaning: str  #: one row of it, in one sentence
    expression: Expression
    by_instant: bool = False  #: whether it reads as-of itself, not only the school day of it
    numbered: tuple[str, ...] = ()  #: text columns that the engine may replace by numbers


@dataclass(frozen=True, kw_only=True)
class Family:
    """A question with its unit and grain, and the expression that answers it."""

    name: str
    question: str
    unit: str
    grain: tuple[str, ...]  #: the columns that name a row
    columns: Mapping[str, str]  #: column → what it says; parts of a measure are described once
    expression: Expression
    kind: str | None = None  #: the one kind of source that it is about; None = all
    stored: bool = True  #: whether its rows are published; False: another family has them all
    by_instant: bool = False  #: whether it reads as-of itself, not only the school day of it
    many: bool = False  #: whether it has a row for each learner: they are read in batches


def built(part: Stage | Family, tables: Tables, terms: Terms) -> ir.Table:
    """Return the expression of a stage or family over these tables, built once per process.

    Args:
        part: the stage or family.
        tables: the canonical tables and stages that it reads, by name.
        terms: what numbers depend on; only a `by_instant` part sees the time of day of as-of.
    """
    return built_once(part.expression, tables, terms if part.by_instant else terms.of_day())


def built_once(expression: Callable[..., ir.Table], tables: Tables, *others: Hashable) -> ir.Table:
    """Return what a function makes of these tables, built once per process.

    A worker refreshes again and again over tables of the same shape, each time with another
    as-of. Building all expressions takes a second.

    Args:
        expression: a function that depends on its arguments alone, and is the same object each
            time.
        tables: its first argument.
        others: its other arguments.
    """
    nodes = frozenset((name, table.op()) for name, table in tables.items())
    return _built(expression, nodes, *others)


@lru_cache(maxsize=_BUILT)
def _built(
    expression: Callable[..., ir.Table], tables: frozenset[tuple[str, ops.Node]], *others: Hashable
) -> ir.Table:
    """Build an expression; the arguments are hashable, so that it is remembered."""
    return expression({name: node.to_expr() for name, node in tables}, *others)
