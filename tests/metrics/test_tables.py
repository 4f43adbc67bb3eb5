"""Every family against tables worked out by hand: `<family>/<case>/given_*.csv` → `expected.csv`."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from gradeline.engine import Session
from gradeline.metrics.families import FAMILIES

from .school import answers, read_school, read_terms

HERE = Path(__file__).parent
CASES = sorted(path.parent.relative_to(HERE).as_posix() for path in HERE.glob("*/*/expected.csv"))


@pytest.mark.parametrize("case", CASES)
def test_a_family_gives_the_table_worked_out_by_hand(session: Session, case: str) -> None:
    """The rows of a family are those expected, in the columns that the case names."""
    family, folder = FAMILIES[case.partition("/")[0]], HERE / case
    with (folder / "expected.csv").open(newline="", encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    terms = read_terms(folder / "terms.csv")
    found = answers(session, read_school(folder), terms, [family.name])[family.name]
    shown = [{name: written(row[name]) for name in expected[0]} for row in found]
    assert sorted(shown, key=str) == sorted(expected, key=str)


def written(value: Any) -> str:
    """A value as these tables write it: null is nothing, a whole number has no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def test_every_family_has_a_table() -> None:
    """No family is without a case worked out by hand."""
    assert {case.partition("/")[0] for case in CASES} == {*FAMILIES}
