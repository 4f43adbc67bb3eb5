"""What forked commands find done: the imports, expressions and charts of a run.

The process that commands are forked from imports it. Nothing here may start a thread: a fork
would lose it, and a lock that it holds would stay locked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module

import ibis.expr.types as ir
import pyarrow as pa

from gradeline.base.languages import LANGUAGES
from gradeline.engine.compile import tables_read, to_sql, unbound_table
from gradeline.flows.refresh.compute import prepare, start_descriptions, start_figures
from gradeline.flows.refresh.detail import AttemptDetail
from gradeline.flows.refresh.learner_rows import start_learner_rows
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES
from gradeline.metrics.family import built_once
from gradeline.metrics.unmatched import unmatched
from gradeline.records.tables import CANONICAL
from gradeline.reports.charts.renderer import declare_charts

#: What commands import on first use.
_ON_USE = (
    "babel.numbers",
    "gradeline.engine.duckdb.session",
    "gradeline.entrypoints.cli.run",
    "gradeline.entrypoints.cli.run_end",
    "gradeline.entrypoints.cli.screen",
    "gradeline.flows.refresh.refresh",
    "gradeline.flows.report.report",
    "gradeline.sources.tabular.to_canonical",
    "gradeline.wiring.run",
    "typst",
    "xlsxwriter",
)
#: The `--as-of` of nearly all runs over OULAD; expressions are compiled for one day.
_AS_OF = datetime(2015, 12, 31, tzinfo=UTC)


class CompilingSession:
    """Compiles what a session of the engine would run, and runs nothing."""

    def view(self, name: str, expression: ir.Table, *, first: bool = False) -> ir.Table:
        """Compile an expression that gets a name."""
        self.start(expression, first=first)
        return unbound_table(name, expression.schema().to_pyarrow())

    start_materializing = view

    def memory_table(self, name: str, table: pa.Table) -> ir.Table:
        """Return the table that a session would have under this name."""
        return unbound_table(name, table.schema)

    def encode_texts(self, tables: Mapping[str, ir.Table], columns: Sequence[str]) -> None:
        """Leave texts alone: there are none."""

    def start(self, expression: ir.Table, *, first: bool = False) -> None:  # noqa: ARG002 - as `Session` has it
        """Compile a result."""
        to_sql(expression)
        tables_read(expression)


def preload() -> None:
    """Import what a run needs, compile what it computes, and declare its charts."""
    for module in _ON_USE:
        import_module(module)
    session, terms = CompilingSession(), Terms(as_of=_AS_OF).to_day_end()
    canonical = {name: unbound_table(name, table.schema) for name, table in CANONICAL.items()}
    tables = prepare(session, canonical, terms)
    kinds = frozenset(family.kind for family in FAMILIES.values() if family.kind)
    start_figures(session, tables, terms, kinds, FAMILIES)
    start_descriptions(session, tables)
    start_learner_rows(session, tables, terms)
    session.start(built_once(unmatched, tables))
    AttemptDetail(session, tables, pa.table({"course_id": pa.array([], pa.string())}), terms)
    declare_charts(LANGUAGES[:1])


preload()
