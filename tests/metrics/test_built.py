"""Expressions are made once a day; only those that say so name the instant of as-of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import ibis
import ibis.expr.types as ir
import pytest

from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES, STAGES
from gradeline.metrics.family import Family, Stage, built
from gradeline.records.tables import CANONICAL

NOON = Terms(as_of=datetime(2024, 3, 31, 12, tzinfo=UTC), timezone="Europe/Madrid")
LATER = replace(NOON, as_of=NOON.as_of + timedelta(minutes=1))


@pytest.fixture(scope="module")
def tables() -> dict[str, ir.Table]:
    """Every canonical table and stage by its columns alone."""
    tables = {
        name: _named(name, ibis.Schema.from_pyarrow(table.schema))
        for name, table in CANONICAL.items()
    }
    for stage in STAGES:
        tables[stage.name] = _named(stage.name, stage.expression(tables, NOON).schema())
    return tables


def _named(name: str, schema: ibis.Schema) -> ir.Table:
    """As sessions give tables: each column may be null."""
    return ibis.table({each: kind.copy(nullable=True) for each, kind in schema.items()}, name=name)


@pytest.mark.parametrize("wanted", [*STAGES, *FAMILIES.values()], ids=lambda each: each.name)
def test_what_does_not_read_the_instant_is_the_same_all_day(
    wanted: Stage | Family, tables: dict[str, ir.Table]
) -> None:
    """A minute later the expression is another exactly where it is declared to be."""
    one, other = (wanted.expression(tables, terms).op() for terms in (NOON, LATER))
    assert (one != other) == wanted.by_instant


@pytest.mark.parametrize("wanted", [*STAGES, *FAMILIES.values()], ids=lambda each: each.name)
def test_what_is_remembered_is_the_expression(
    wanted: Stage | Family, tables: dict[str, ir.Table]
) -> None:
    """Another as-of, another day and another setting give what building it again gives."""
    for terms in (NOON, LATER, replace(NOON, as_of=NOON.as_of.replace(year=2023, month=7))):
        for each in (terms, replace(terms, pass_mark=70, grade_zero_threshold=20)):
            assert built(wanted, tables, each).op() == wanted.expression(tables, each).op()


@pytest.mark.parametrize("hour", range(0, 48, 5))
def test_the_terms_of_a_day_are_of_that_day(hour: int) -> None:
    """Whatever the hour and the zone, on days that lose or gain one too."""
    for zone in ("Europe/Madrid", "Asia/Beirut", "America/Santiago", "Pacific/Apia"):
        terms = replace(NOON, as_of=NOON.as_of + timedelta(hours=hour), timezone=zone)
        assert terms.of_day().today == terms.to_day_end().today == terms.today
