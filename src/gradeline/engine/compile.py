"""Expressions as SQL, by the names that they read, and with the columns that they give."""

from __future__ import annotations

from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.schema as sch
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from gradeline.engine.schemas import nullable

#: Expressions whose SQL is remembered: a refresh has about 60.
_COMPILED = 256


@lru_cache(maxsize=_COMPILED)
def _names(node: ops.Node) -> frozenset[str]:
    return frozenset(table.name for table in node.find(ops.UnboundTable))


def tables_read(expression: ir.Table) -> frozenset[str]:
    """The names of the tables and views that an expression reads itself."""
    return _names(expression.op())


@lru_cache(maxsize=_COMPILED)
def _sql(node: ops.Node) -> str:
    """The SQL of an expression, which names its tables and so is the same in every session.

    A worker refreshes again and again, and most of its expressions are those of before: only
    the few that name as-of are others. Compiling all of them takes a second.
    """
    return str(Backend().compile(node.to_expr()))


def to_sql(expression: ir.Table) -> str:
    """The SQL of an expression, made once in a process."""
    return _sql(expression.op())


def unbound_table(name: str, schema: pa.Schema) -> ir.Table:
    """A table by its name alone: the session that runs the expression knows where it is."""
    return ibis.table(sch.Schema.from_pyarrow(nullable(schema)), name=name)


def result_schema(expression: ir.Table) -> pa.Schema:
    """The Arrow schema of a result."""
    return nullable(expression.schema().to_pyarrow())
