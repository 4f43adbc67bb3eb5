"""What a family of metrics declares about itself; the reference page is made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import ibis.expr.operations as ops
import ibis.expr.types as ir

from gradeline.metrics.terms import Terms

#: Canonical tables and stages, by name.
Tables = Mapping[str, ir.Table]
Expression = Callable[[Tables, Terms], ir.Table]

#: Expressions that are remembered: a refresh has about 40.
_BUILT = 256


@dataclass(frozen=True, kw_only=True)
class Stage:
    """An intermediate that several families read: computed once, kept by the engine."""

    name: str  #: the name that later stages and families find it under
    meaning: str  #: one row of it, in one sentence
    expression: Expression
    by_instant: bool = False  #: whether it reads as-of itself, not only the school day of it
    numbered: tuple[str, ...] = ()  #: columns whose texts are all at hand with it, to be numbered


@dataclass(frozen=True, kw_only=True)
class Family:
    """A question, its unit and grain, and the expression that answers it."""

    name: str
    question: str
    unit: str
    grain: tuple[str, ...]  #: the columns that name a row
    columns: Mapping[str, str]  #: column → what it says; parts of a measure are described once
    expression: Expression
    kind: str | None = None  #: the one kind of source that it is about; null = all
    stored: bool = True  #: whether results keep its rows; no: another family's hold all of them
    by_instant: bool = False  #: whether it reads as-of itself, not only the school day of it
    many: bool = False  #: whether its rows take long to publish, and so are wanted first


def built(wanted: Stage | Family, tables: Tables, terms: Terms) -> ir.Table:
    """Its expression over these tables; for equal tables and terms it is made once in a process.

    A worker refreshes again and again, with an as-of of its own each time, over tables of the
    same shape. Making all expressions takes half a second.
    """
    given = frozenset((name, table.op()) for name, table in tables.items())
    return _built(wanted.expression, given, terms if wanted.by_instant else terms.of_day())


@lru_cache(maxsize=_BUILT)
def _built(
    expression: Expression, tables: frozenset[tuple[str, ops.Node]], terms: Terms
) -> ir.Table:
    return expression({name: node.to_expr() for name, node in tables}, terms)
