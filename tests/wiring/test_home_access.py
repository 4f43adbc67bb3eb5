"""A home is its owner's alone, whatever umask a shell has; a group may be given its reports."""

from __future__ import annotations

import grp
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradeline.base.errors import WrongSetting
from gradeline.entrypoints.cli.app import main
from gradeline.flows.upkeep.exposure import judge_home
from gradeline.lake import open_lake
from gradeline.settings import read_settings
from gradeline.wiring.lake import wire_lake

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture
def shell_umask() -> Iterator[None]:
    """The umask of before comes back."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def open_paths(home: Path) -> list[str]:
    """What of a home others can do more with than pass through."""
    found = [home, *home.rglob("*")]
    return [str(path) for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o066]


@pytest.mark.usefixtures("shell_umask")
@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_nobody_else_reads_or_writes_what_a_command_makes(tmp_path: Path, mask: int) -> None:
    """Folders and files of the home are closed, and the shell's umask is as before."""
    home = tmp_path / "school" / "home"
    (tmp_path / "x.csv").write_text("a,b\n")
    os.umask(mask)
    assert main(["--home", str(home), "storage", "put", str(tmp_path / "x.csv"), "uploads/x"]) == 0
    assert os.umask(mask) == mask
    assert (home / "uploads" / "x").exists()
    assert open_paths(home) == []
    assert judge_home(home) == ""


@pytest.mark.slow
@pytest.mark.usefixtures("shell_umask")
@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_nobody_else_reads_or_writes_the_database(home: Path, mask: int) -> None:
    """As root others pass through the home on their way to PostgreSQL's user, and see nothing."""
    os.umask(mask)
    assert main(["--home", str(home), "install"]) == 0
    assert open_paths(home) == []


@pytest.mark.usefixtures("shell_umask")
def test_doctor_names_a_folder_that_others_can_write(tmp_path: Path) -> None:
    """The worst is named, with the command that closes it."""
    (tmp_path / "processed").mkdir()
    (tmp_path / "processed").chmod(0o777)
    told = judge_home(tmp_path)
    assert f"can write {tmp_path / 'processed'}:" in told
    assert f"chmod -R o-rwx {tmp_path}" in told


@pytest.mark.usefixtures("shell_umask")
def test_a_group_reads_reports_and_nothing_else(tmp_path: Path) -> None:
    """It passes through the home, lists folders of reports, and reads the files in them."""
    os.umask(0o077)
    group = 12345 if os.geteuid() == 0 else os.getegid()
    open_lake(f"file:{tmp_path}").replace("reports/M/c/old.pdf", b"1")
    lake = open_lake(f"file:{tmp_path}", readers=group)
    lake.replace("reports/M/c/new.pdf", b"2")
    lake.replace("processed/M/c/users.csv", b"3")
    for name, mode in {
        "": 0o710,
        "reports": 0o750,
        "reports/M/c": 0o750,
        "reports/M/c/old.pdf": 0o640,
        "reports/M/c/new.pdf": 0o640,
    }.items():
        found = (tmp_path / name).stat()
        assert (found.st_gid, stat.S_IMODE(found.st_mode) & 0o770) == (group, mode)
    assert open_paths(tmp_path / "processed") == []


def test_a_group_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The setting is named."""
    names = {each.gr_name for each in grp.getgrall()}
    unknown = "nobody-has-this" + "x" * (len(names) % 7)
    settings = read_settings(home=tmp_path, overrides={"REPORTS_GROUP": unknown})
    with pytest.raises(WrongSetting, match="REPORTS_GROUP"):
        wire_lake(settings)
