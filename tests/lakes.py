"""Lakes of one test; a folder of tests that needs them imports these fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.lake import Lake, open_lake


@pytest.fixture
def folder_lake(tmp_path: Path) -> Lake:
    """A lake in an empty folder."""
    return open_lake(f"file:{tmp_path / 'home'}")


@pytest.fixture
def s3_lake(bucket: str, s3_options: dict[str, str]) -> Lake:
    """A lake in a new bucket."""
    return open_lake(f"s3://{bucket}", options=s3_options)
