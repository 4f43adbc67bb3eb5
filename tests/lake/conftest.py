"""The lakes that keep the contract: memory, a folder, and S3 over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.lakes import folder_lake, s3_lake
from tests.s3_server import bucket, s3_endpoint, s3_options

from gradeline.lake import HybridLake, Lake, open_hybrid, open_lake

__all__ = ["bucket", "folder_lake", "s3_endpoint", "s3_lake", "s3_options"]


@pytest.fixture
def memory_lake() -> Lake:
    """A lake in memory."""
    return open_lake("memory:")


@pytest.fixture
def hybrid_lake(tmp_path: Path, s3_lake: Lake) -> HybridLake:
    """A lake in an empty folder that has its copy in a new bucket."""
    return open_hybrid(f"file:{tmp_path / 'home'}", s3_lake)


@pytest.fixture(params=["memory_lake", "folder_lake", "s3_lake", "hybrid_lake"])
def lake(request: pytest.FixtureRequest) -> Lake:
    """Each lake in turn."""
    chosen: Lake = request.getfixturevalue(request.param)
    return chosen
