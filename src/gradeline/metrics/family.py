"""What a family of metrics declares about itself; the reference page is made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

from gradeline.metrics.terms import Terms

#: Canonical tables and stages, by name.
Tables = Mapping[str, ir.Table]
Expression = Callable[[Tables, Terms], ir.Table]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """An intermediate that several families read: computed once, kept by the engine."""

    name: str  #: the name that later stages and families find it under
    meaning: str  #: one row of it, in one sentence
    expression: Expression


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
