"""Every family on random schools gives what a second computation in plain Python gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradeline.metrics.at_risk import REASONS
from gradeline.metrics.families import FAMILIES

from .conftest import ENGINES
from .oracle import Oracle
from .random_schools import random_school
from .school import answers

#: Values are rounded to 9 decimals, so they may differ by half of the last one.
CLOSE = 1e-9


def difference(name: str, found: list[dict[str, Any]], expected: Mapping[Any, Any]) -> str:
    """What the first row that differs says, empty where none does."""
    grain = FAMILIES[name].grain
    keyed = {_key(row, grain): row for row in found}
    if len(keyed) != len(found) or {*keyed} != {*expected}:
        return f"rows {sorted({*keyed} ^ {*expected}, key=str)}"
    for key, values in expected.items():
        for column, value in _columns(values).items():
            if not _same(keyed[key], column, value):
                told = {part: got for part, got in keyed[key].items() if part.startswith(column)}
                return f"{name} {key}: {column} is {told}, expected {value}"
    return ""


def _key(row: dict[str, Any], grain: tuple[str, ...]) -> Any:
    return row[grain[0]] if len(grain) == 1 else tuple(row[column] for column in grain)


def _columns(values: Any) -> Mapping[str, Any]:
    if isinstance(values, set):
        return {reason: reason in values for reason in REASONS}
    assert isinstance(values, dict)
    return values


def _same(row: dict[str, Any], column: str, value: Any) -> bool:
    if not isinstance(value, tuple):
        return _close(row[column], value)
    names = (column, f"{column}_n", f"{column}_low", f"{column}_high")
    return all(_close(row[name], each) for name, each in zip(names, value, strict=True))


def _close(found: Any, expected: Any) -> bool:
    if isinstance(found, float) and expected is not None:
        return abs(found - float(expected)) <= CLOSE
    return bool(found == expected)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=settings.default.max_examples // 4)  # a school takes seconds
@given(seed=st.integers(0, 2**32 - 1))
def test_families_agree_with_a_second_computation(engine: str, tmp_path: Path, seed: int) -> None:
    """All families of a random school are what METRICS says, read a second time."""
    school, terms = random_school(seed)
    oracle = Oracle(school, terms)
    expected = {name: _of(oracle, name) for name in FAMILIES}
    with ENGINES[engine](tmp_path).session() as session:
        found = answers(session, school, terms, expected)
    differences = [difference(name, found[name], expected[name]) for name in expected]
    assert [each for each in differences if each] == []


def _of(oracle: Oracle, name: str) -> Mapping[Any, Any]:
    if name.startswith("leaderboard_"):
        ranked = oracle.leaderboard(name.removeprefix("leaderboard_"))
        return {key if len(key) > 1 else key[0]: row for key, row in ranked.items()}
    answer: Mapping[Any, Any] = getattr(oracle, name)()
    return answer
