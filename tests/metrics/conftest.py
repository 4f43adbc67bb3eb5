"""A session on each engine that families are computed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gradeline.engine import DuckEngine, Engine, Session

#: One line lets an engine be tested: its name, and how it is made in a folder.
ENGINES: dict[str, Callable[[Path], Engine]] = {
    "duckdb": lambda folder: DuckEngine(spill=folder, threads=2),
}


@pytest.fixture(params=ENGINES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """A session of each engine in turn."""
    with ENGINES[request.param](tmp_path).session() as opened:
        yield opened
