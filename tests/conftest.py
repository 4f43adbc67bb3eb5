"""Fixtures of all tests: a home, one embedded server per run, a fresh database per test."""

from __future__ import annotations

import gc
import shutil
import subprocess
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from psycopg import sql

from gradeline.base.masking import SECRETS
from gradeline.warehouse import Database, EmbeddedServer, open_warehouse, stop_embedded
from gradeline.warehouse.connect.database import create_database

#: Folder of a run in the temporary folder, followed by the process id of pytest.
RUN_FOLDER = "gl-run-"
run_folder_key = pytest.StashKey[Path]()

#: Marker → the fixtures whose users get it.
MARKED_FIXTURES = {
    "postgres": {"home", "migrated_home", "template", "debian_server"}
    | {"small_disk", "database", "changing", "systems", "there"},
    "twin": {"sandbox", "twin", "open_desk", "serve", "systems", "told", "plain", "hears"}
    | {"s3_endpoint", "s3_lake", "hybrid_lake"},
    "oulad": {"oulad"},
}
#: Marker → the beginnings of paths whose tests get it.
MARKED_PATHS = {
    "process": (
        "acceptance",
        "browser",
        "bench",
        "conventions/test_importing_does_nothing",
        "conventions/test_imports_on_use",
        "conventions/test_tutorial",
        "reports/test_make",
        "sandbox/test_com",
    ),
    "heavy": (
        "metrics/test_second_computation",
        "sandbox/amplitude/test_twin",
        "sources/amplitude/test_many_people",
        "sources/files/test_conservation",
    ),
}


# `make test` takes few examples, the same each time; `make prove` takes more, and other ones.
_EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.register_profile("same", _EXAMPLES, max_examples=15, derandomize=True, database=None)
settings.register_profile("random", _EXAMPLES)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Make a folder for the run; workers of pytest-xdist are given the one of their controller."""
    if hasattr(config, "workerinput"):
        config.stash[run_folder_key] = Path(config.workerinput["run_folder"])
        return
    _remove_killed_runs()
    # pytest's own folders are closed to other users, and as root PostgreSQL is another user.
    config.stash[run_folder_key] = _open_folder(f"{RUN_FOLDER}{psutil.Process().pid}-")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Tell a worker of pytest-xdist the folder of the run."""
    node.workerinput["run_folder"] = str(node.config.stash[run_folder_key])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the folder of the run, after all workers have ended."""
    if not hasattr(config, "workerinput") and run_folder_key in config.stash:
        _remove_run(config.stash[run_folder_key])


def _remove_killed_runs() -> None:
    """Stop the servers of runs that were killed, and remove their folders."""
    for folder in Path(tempfile.gettempdir()).glob(f"{RUN_FOLDER}*"):
        pid = folder.name.removeprefix(RUN_FOLDER).partition("-")[0]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            _remove_run(folder)


def _remove_run(folder: Path) -> None:
    for home in (folder / "migrated", folder / "server"):
        stop_embedded(home)
    shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they need, as their fixtures and paths say."""
    folder = config.rootpath / "tests"
    for item in items:
        path = item.path.relative_to(folder).as_posix()
        fixtures = set(getattr(item, "fixturenames", ()))
        if "[s3" in item.name or "-s3" in item.name:  # a store that a parameter chooses
            fixtures.add("s3_endpoint")
        markers = {name for name, used in MARKED_FIXTURES.items() if used & fixtures}
        markers |= {name for name, starts in MARKED_PATHS.items() if path.startswith(starts)}
        for name in markers:
            item.add_marker(name)


def pytest_terminal_summary(terminalreporter) -> None:
    """Print how many seconds the tests of each folder took, fixtures included."""
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.partition("::")[0].rpartition("/")[0]] += report.duration
    terminalreporter.section("seconds per folder")
    for folder, took in seconds.most_common():
        terminalreporter.write_line(f"{took:7.1f}  {folder}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Let the garbage collector search only what a test makes.

    Every session of the engine ends with a collection, and searched all that tests had imported.
    """
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """Let garbage that was kept be found, so that what it forgot to close is told."""
    gc.unfreeze()


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def _open_folder(prefix: str = "gl-") -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def home() -> Iterator[Path]:
    """A fresh GRADELINE_HOME with a short path that PostgreSQL's user can enter."""
    folder = _open_folder()
    yield folder / "home"
    stop_embedded(folder / "home")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def run_folder(pytestconfig: pytest.Config) -> Path:
    """A folder of this run, the same in every worker, which PostgreSQL's user can enter."""
    return pytestconfig.stash[run_folder_key]


def copy_home(source: Path, target: Path) -> None:
    """Copy a home whose server is stopped."""
    # With owners: as root the data belong to another user, and copytree would not keep that.
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


@pytest.fixture(autouse=True)
def no_known_secrets() -> None:
    """Secrets of one test are words of another."""
    SECRETS.clear()


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """Hold the lock beside a folder; True where this process is the one that makes it."""
    with FileLock(f"{folder}.lock"):
        yield not folder.with_suffix(".made").exists()
        folder.with_suffix(".made").touch()


@pytest.fixture(scope="session")
def migrated_home(run_folder: Path) -> Path:
    """A GRADELINE_HOME whose embedded database is migrated and stopped; to be copied."""
    home = run_folder / "migrated"
    with made_once(home) as missing:
        if missing:
            with open_warehouse(EmbeddedServer(home=home), say=say_nothing):
                pass
    return home


@pytest.fixture
def used_home(home: Path, migrated_home: Path) -> Path:
    """A GRADELINE_HOME whose embedded database is migrated and stopped; quick, as it is a copy."""
    copy_home(migrated_home, home)
    return home


@pytest.fixture(scope="session")
def template(run_folder: Path, migrated_home: Path) -> Iterator[Database]:
    """The embedded server of this run, with a migrated database that nobody writes to.

    All workers use the same server; the last one to leave stops it.
    """
    home = run_folder / "server"
    with made_once(home) as missing:
        if missing:
            copy_home(migrated_home, home)
    with open_warehouse(EmbeddedServer(home=home), say=say_nothing, migrate=False) as database:
        yield database


@contextmanager
def _copied(template: Database) -> Iterator[Database]:
    """A copy of the template that is dropped at the end."""
    database = template.sibling(f"test_{uuid.uuid4().hex}")
    create_database(template.login, database.name, like=template.name)
    yield database
    drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(database.name))
    with template.connect_as_login() as connection:
        connection.execute(drop)


@pytest.fixture
def warehouse(template: Database) -> Iterator[Database]:
    """A migrated database of this test alone, copied from the template."""
    with _copied(template) as database:
        yield database


@pytest.fixture(scope="module")
def module_warehouse(template: Database) -> Iterator[Database]:
    """A migrated database of the tests of one file, which only read what a fixture put into it."""
    with _copied(template) as database:
        yield database
