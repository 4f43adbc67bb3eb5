"""A Gradeline for tests that collect."""

from __future__ import annotations

from pathlib import Path

import pytest
from proofs.rig.in_process import parts_in

from gradeline.flows.parts import Parts
from gradeline.warehouse import Database


@pytest.fixture
def parts(warehouse: Database, tmp_path: Path) -> Parts:
    """A Gradeline with nothing in it, its lake and spool in the test's folder."""
    return parts_in(tmp_path, warehouse)
