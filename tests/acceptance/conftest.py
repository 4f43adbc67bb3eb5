"""A school of its own for each test: module AAA, or what a test breaks of it."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from proofs.rig.command import School, school
from proofs.rig.oulad import as_csv, cut


@pytest.fixture(scope="session")
def files(tmp_path_factory) -> Path:
    """Sixty learners of AAA/2013J as their publishers' Parquet files."""
    return cut(tmp_path_factory.mktemp("files") / "aaa", presentations=("2013J",), learners=60)


@pytest.fixture(scope="session")
def sheets(files, tmp_path_factory) -> Path:
    """The same as CSV, without the clicks."""
    return as_csv(files, tmp_path_factory.mktemp("sheets") / "aaa")


@contextmanager
def open_ground() -> Iterator[Path]:
    """A folder with a short path that other users may enter: as root PostgreSQL is one."""
    folder = Path(tempfile.mkdtemp(prefix="gl-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def ground() -> Iterator[Path]:
    """A folder of the test's own for homes."""
    with open_ground() as folder:
        yield folder


@pytest.fixture(scope="session")
def counted(files, migrated_home) -> Iterator[School]:
    """A school whose first run is over; tests only look at it."""
    with (
        open_ground() as folder,
        school(folder / "school", files, like=migrated_home, forks=True) as place,
    ):
        place.run("--as-of", "2015-12-31")
        yield place


@pytest.fixture
def aaa(ground, files) -> Iterator[School]:
    """A school with an empty home over the Parquet files."""
    with school(ground / "school", files, forks=True) as place:
        yield place


@pytest.fixture
def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
