"""Compile Ibis expressions to SQL, once in a process."""

from __future__ import annotations

from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.schema as sch
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from gradeline.engine.schemas import nullable

#: Expressions whose SQL is cached: a refresh has about 60.
_COMPILED = 256


@lru_cache(maxsize=_COMPILED)
def _names(node: ops.Node) -> frozenset[str]:
    return frozenset(table.name for table in node.find(ops.UnboundTable))


def tables_read(expression: ir.Table) -> frozenset[str]:
    """Return the names of the tables and views that an expression reads directly."""
    return _names(expression.op())


@lru_cache(maxsize=_COMPILED)
def _sql(node: ops.Node) -> str:
    """Compile an expression; it refers to tables by name, so its SQL is valid in every session.

    A worker refreshes repeatedly, and only the few expressions with an as-of instant change.
    Compiling all of them takes a second.
    """
    return str(Backend().compile(node.to_expr()))


def to_sql(expression: ir.Table) -> str:
    """Return the SQL of an expression, compiled once in a process."""
    return _sql(expression.op())


def unbound_table(name: str, schema: pa.Schema) -> ir.Table:
    """Return a table by name; the session that runs the expression has it."""
    return ibis.table(sch.Schema.from_pyarrow(nullable(schema)), name=name)


def result_schema(expression: ir.Table) -> pa.Schema:
    """Return the Arrow schema of an expression's result."""
    return nullable(expression.schema().to_pyarrow())
