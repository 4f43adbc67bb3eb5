"""A home belongs to the system user who made it; others change nothing in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.app import main
from gradeline.settings import read_settings
from gradeline.warehouse import EmbeddedServer, open_warehouse, share_embedded, stop_embedded
from gradeline.wiring.home import check_owner

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make homes of others"
)
#: A user of every Linux, and its number.
OTHER, UID = "daemon", 1


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def state(home: Path) -> list[tuple[str, int, int, int, int]]:
    """Every path of a home with its owner, group, mode and time of change."""
    stats = [(str(path), path.lstat()) for path in sorted([home, *home.rglob("*")])]
    return [(path, s.st_uid, s.st_gid, s.st_mode, s.st_mtime_ns) for path, s in stats]


def give(home: Path, owner: str) -> None:
    """Make somebody the owner of all files of a home."""
    subprocess.run(["chown", "-R", owner, str(home)], check=True)


@contextmanager
def as_other() -> Iterator[None]:
    """Be a plain user in the block."""
    os.seteuid(UID)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def others_home(used_home: Path) -> Iterator[Path]:
    """A home that a user other than root made."""
    give(used_home, OTHER)
    yield used_home
    give(used_home, "root")
    give(used_home / "db" / "data", "pgserver")


@pytest.mark.parametrize("words", [["run"], ["psql"], ["stop"], ["slices", "ls"], ["doctor"]])
def test_root_changes_nothing_in_the_home_of_a_user(words, others_home, capfd):
    """Every command of root ends with exit code 2 and says whose home it is."""
    before = state(others_home)
    assert main([*words, "--home", str(others_home)]) == 2
    printed = capfd.readouterr()
    assert f"The data folder {others_home} belongs to {OTHER}, and this is root." in (
        printed.out + printed.err
    )
    assert state(others_home) == before


def test_root_starts_no_server_in_the_home_of_a_user(others_home):
    """The warehouse refuses on its own, whoever opens it."""
    before, place = state(others_home), EmbeddedServer(home=others_home)
    with pytest.raises(WrongUse, match=f"belongs to {OTHER}"):
        open_warehouse(place, say=say_nothing).__enter__()
    with pytest.raises(WrongUse, match=f"belongs to {OTHER}"):
        share_embedded(place, say=say_nothing)
    with pytest.raises(WrongUse, match=f"belongs to {OTHER}"):
        stop_embedded(others_home)
    assert state(others_home) == before


def test_the_demo_of_root_makes_no_folder_in_the_home_of_a_user(others_home, monkeypatch):
    """Its own folder would lie in that home."""
    monkeypatch.setenv("GRADELINE_HOME", str(others_home))
    assert main(["demo", "--once"]) == 2
    assert not (others_home / "demo").exists()


def test_database_files_of_another_user_are_named(used_home):
    """Files that PostgreSQL's user may not read are refused before anything starts."""
    data = used_home / "db" / "data"
    give(data, OTHER)
    with pytest.raises(WrongUse, match=f"chown -R pgserver {data}"):
        open_warehouse(EmbeddedServer(home=used_home), say=say_nothing).__enter__()
    give(data, "pgserver")


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_a_user_is_told_that_the_home_belongs_to_root(mode, used_home):
    """A plain user changes nothing there either, whether the folder is closed or not."""
    used_home.chmod(mode)
    before, settings = state(used_home), read_settings(home=used_home)
    with as_other(), pytest.raises(WrongUse, match=f"belongs to root, and this is {OTHER}"):
        check_owner(settings)
    with as_other(), pytest.raises(WrongUse, match=f"chown -R {OTHER} {used_home}"):
        stop_embedded(used_home)
    assert state(used_home) == before


def test_users_share_a_home_whose_database_is_elsewhere_and_root_does_not(used_home):
    """With DATABASE_URL a plain user may work in the home of another; root would lock files."""
    give(used_home, "nobody")
    (used_home / "spool").mkdir(exist_ok=True)
    os.chown(used_home / "spool", UID, UID)
    url = {"DATABASE_URL": "postgresql://u@h/d"}
    settings = read_settings(home=used_home, overrides=url)
    with as_other():
        check_owner(settings)
    with pytest.raises(WrongUse, match="belongs to nobody"):
        check_owner(settings)
    give(used_home, "root")
    give(used_home / "db" / "data", "pgserver")
