"""The docstring of each stage and family names the columns of its table."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from gradeline.metrics.families import FAMILIES, STAGES
from gradeline.metrics.family import Family, Stage
from gradeline.metrics.terms import Terms
from gradeline.records.tables import CANONICAL

TERMS = Terms(as_of=datetime(2015, 1, 1, tzinfo=UTC))
#: What `intervals` puts behind the name of a rate or mean.
PART = re.compile(r"_(n|low|high|numerator|sum|sum_squares)$")


@pytest.fixture(scope="module")
def schemas() -> dict[str, set[str]]:
    """The columns of every stage and family, over empty canonical tables."""
    tables: dict[str, ir.Table] = {}
    for name, table in CANONICAL.items():
        nullable = pa.schema([field.with_nullable(True) for field in table.schema])
        tables[name] = ibis.table(ibis.Schema.from_pyarrow(nullable), name=name)
    for stage in STAGES:
        built = stage.expression(tables, TERMS).schema()
        tables[stage.name] = ibis.table(
            {name: kind.copy(nullable=True) for name, kind in built.items()}, name=stage.name
        )
    for family in FAMILIES.values():
        tables[f"family {family.name}"] = family.expression(tables, TERMS)
    return {name: set(table.columns) for name, table in tables.items()}


@pytest.mark.parametrize(
    "part", [*STAGES, *FAMILIES.values()], ids=lambda part: f"{type(part).__name__}-{part.name}"
)
def test_the_docstring_names_every_column(
    part: Stage | Family, schemas: dict[str, set[str]]
) -> None:
    """A reader learns the columns of a table without running anything."""
    key = part.name if isinstance(part, Stage) else f"family {part.name}"
    text = part.expression.__doc__ or ""
    if isinstance(part, Family):
        text += " ".join((*part.columns, *part.grain))
    named = set(re.findall(r"\w+", text))
    unnamed = {name for name in schemas[key] if not {name, PART.sub("", name)} & named}
    assert not unnamed or "columns of" in text, unnamed
