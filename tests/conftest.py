"""Fixtures of all tests: a home, one embedded server per session, a fresh database per test."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql

from gradeline.warehouse import Database, EmbeddedServer, open_warehouse, stop_embedded
from gradeline.warehouse.connect.database import create_database


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def _folder() -> Path:
    # pytest's own folders are closed to other users, and as root PostgreSQL is another user.
    folder = Path(tempfile.mkdtemp(prefix="gl-"))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def home() -> Iterator[Path]:
    """A fresh GRADELINE_HOME with a short path that PostgreSQL's user can enter."""
    folder = _folder()
    yield folder / "home"
    stop_embedded(folder / "home")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def _made() -> Iterator[Path]:
    folder = _folder()
    with open_warehouse(EmbeddedServer(home=folder / "home"), say=say_nothing):
        pass
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def used_home(home: Path, _made: Path) -> Path:
    """A GRADELINE_HOME whose embedded database is migrated and stopped; quick, as it is a copy."""
    # With owners: as root the data belong to another user, and copytree would not keep that.
    subprocess.run(["cp", "-a", str(_made), str(home)], check=True)
    return home


@pytest.fixture(scope="session")
def template() -> Iterator[Database]:
    """The embedded server of this test session, with a migrated database that nobody writes to."""
    folder = _folder()
    with open_warehouse(EmbeddedServer(home=folder / "home"), say=say_nothing) as database:
        yield database
    shutil.rmtree(folder)


@pytest.fixture
def warehouse(template: Database) -> Iterator[Database]:
    """A migrated database of this test alone, copied from the template."""
    database = template.sibling(f"test_{uuid.uuid4().hex}")
    create_database(template.login, database.name, like=template.name)
    yield database
    drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(database.name))
    with template.connect_as_login() as connection:
        connection.execute(drop)
