"""The local folder: what is on disk is whole, or is not under its key."""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradeline.base.errors import DiskFull, LakeError
from gradeline.lake import Lake, open_lake

KEY = "lake/raw/grader/attempts/2024-01-11T05/aa.json"

WRITE_FOREVER = """
import sys
from gradeline.lake import open_lake
lake = open_lake("file:" + sys.argv[1])
for number in range(1000):
    lake.replace("reports/x.pdf", bytes([number % 256]) * 20_000_000)
"""

PUT_LARGE = """
import resource, sys
from gradeline.base.errors import DiskFull
from gradeline.lake import open_lake
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
lake = open_lake("file:" + sys.argv[1])
for put in (lake.put_new, lake.replace):
    try:
        put("reports/x.pdf", bytes(5_000_000))
    except DiskFull as error:
        print(error)
"""

LOOK_WITH_FEW_FILES = """
import os, resource, sys
from gradeline.base.errors import LakeError
from gradeline.lake import open_lake
lake = open_lake("file:" + sys.argv[1])
free = os.open(os.devnull, os.O_RDONLY)
resource.setrlimit(resource.RLIMIT_NOFILE, (free + 1, free + 1))
try:
    lake.exists("lake/x")
except LakeError as error:
    print(error)
"""

PUT = """
import sys
from gradeline.lake import open_lake
open_lake("file:" + sys.argv[1]).put_new("lake/x", b"1")
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process of its own."""
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)


def files(folder: Path) -> list[str]:
    """Every file in a folder, as the system sees it."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_an_object_is_a_file_under_its_key(folder_lake: Lake, tmp_path: Path) -> None:
    """People and engines find an object's bytes at its key, and nothing beside it."""
    folder_lake.replace("reports/Matemáticas/nivel 1/x.pdf", b"1")
    path = folder_lake.local_path("reports/Matemáticas/nivel 1/x.pdf")
    assert path == tmp_path / "home/reports/Matemáticas/nivel 1/x.pdf"
    assert path.read_bytes() == b"1"
    assert files(tmp_path) == ["home/reports/Matemáticas/nivel 1/x.pdf"]


def test_a_stored_copy_is_not_the_file_it_came_from(folder_lake: Lake, tmp_path: Path) -> None:
    """Writing on in the source file later does not change what was stored."""
    source = tmp_path / "source.csv"
    source.write_bytes(b"before")
    folder_lake.put_new(KEY, source)
    source.write_bytes(b"after!")
    assert folder_lake.get(KEY) == b"before"


def test_a_killed_writer_leaves_the_object_before_it(tmp_path: Path) -> None:
    """`kill -9` in the middle of writing: old or new bytes, whole, and a left-over that is swept."""
    writer = subprocess.Popen([sys.executable, "-c", WRITE_FOREVER, str(tmp_path)])
    target, reports = tmp_path / "reports/x.pdf", tmp_path / "reports"
    deadline = time.monotonic() + 60
    while not (target.exists() and list(reports.glob(".new#*"))) and time.monotonic() < deadline:
        time.sleep(0.001)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    lake = open_lake(f"file:{tmp_path}")
    assert len(set(lake.get("reports/x.pdf"))) == 1
    assert len(lake.get("reports/x.pdf")) == 20_000_000
    assert [found.key for found in lake.list("")] == ["reports/x.pdf"]
    lake.sweep_unfinished(0)
    assert files(tmp_path) == ["reports/x.pdf"]


def test_a_young_left_over_may_belong_to_a_living_writer(folder_lake: Lake, tmp_path: Path) -> None:
    """Sweeping takes unfinished files only once they are old."""
    folder_lake.put_new(KEY, b"1")
    left = (tmp_path / "home" / KEY).with_name(".new#12345")
    left.write_bytes(b"half")
    assert folder_lake.sweep_unfinished(3600) == 0
    os.utime(left, (time.time() - 7200,) * 2)
    assert folder_lake.sweep_unfinished(3600) == 1
    assert folder_lake.get(KEY) == b"1"


def test_a_file_larger_than_allowed_is_no_room(tmp_path: Path) -> None:
    """At a file-size limit the message names the folder and what to do; nothing is left."""
    output = run(PUT_LARGE, str(tmp_path)).stdout
    assert output.count(f"There is no room left in file:{tmp_path}") == 2
    assert "Free some space" in output
    assert files(tmp_path) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_no_room_until_there_is_some(small_disk: Path, tmp_path: Path) -> None:
    """On a full disk nothing half-written is left, and the same put works once there is room."""
    lake, large = open_lake(f"file:{small_disk}"), tmp_path / "large"
    large.write_bytes(bytes(3_000_000))
    lake.put_new("lake/first", bytes(2_000_000))
    for put in (lake.put_new, lake.replace):
        with pytest.raises(DiskFull, match="nothing incomplete"):
            put(KEY, large)
    assert files(small_disk) == ["lake/first"]
    lake.delete(["lake/first"])
    assert lake.put_new(KEY, large)


def put_traced(folder: Path, *how: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Put an object under strace: how it ended, and its calls that went well."""
    trace = ["strace", "-f", "-y", "-e", "trace=fsync,link,linkat", *how]
    trace += ["-o", str(folder / "trace"), sys.executable, "-c", PUT, str(folder / "home")]
    done = subprocess.run(trace, capture_output=True, text=True, timeout=60, check=False)
    if not (folder / "trace").exists() or not (folder / "trace").stat().st_size:
        pytest.skip("tracing a process is not allowed here")
    return done, [call for call in (folder / "trace").read_text().splitlines() if "= 0" in call]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_bytes_are_on_disk_before_their_key_shows_them(tmp_path: Path) -> None:
    """File, then name, then folder are synced in this order, so a power cut shows no empty file."""
    _, calls = put_traced(tmp_path)
    order = (r"fsync\(.*lake/\.new#", r"link.*lake/\.new#", r"fsync\(.*home/lake>")
    assert all(re.search(*pair) for pair in zip(order, calls[-3:], strict=True)), calls


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_name_that_could_not_be_made_safe_is_synced_again(tmp_path: Path) -> None:
    """Where the sync of a name failed, the next try syncs it before the key is believed."""
    (tmp_path / "home/lake").mkdir(parents=True)
    failed, _ = put_traced(tmp_path, "-e", "inject=fsync:error=EIO:when=2")
    assert "lake/x in file:" in failed.stderr
    assert "Input/output error" in failed.stderr
    assert files(tmp_path / "home") == ["lake/x"]
    done, calls = put_traced(tmp_path)
    assert done.returncode == 0
    assert [call for call in calls if re.search(r"fsync\(.*home/lake>\) += 0", call)]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_folder_that_could_not_be_made_safe_is_taken_away(tmp_path: Path) -> None:
    """Where the sync of a new folder's name failed, the next try makes it again."""
    (tmp_path / "home").mkdir()
    failed, _ = put_traced(tmp_path, "-e", "inject=fsync:error=EIO:when=1")
    assert "Input/output error" in failed.stderr
    assert list((tmp_path / "home").iterdir()) == []


def test_too_few_files_are_named_where_the_library_panics(tmp_path: Path) -> None:
    """Where no file may be opened any more, the store library panics, and the error is still ours."""
    assert "lake/x in file:" in (output := run(LOOK_WITH_FEW_FILES, str(tmp_path)).stdout)
    assert "Too many open files" in output


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_folder_is_named(folder_lake: Lake, tmp_path: Path) -> None:
    """Where this user may not write, the message says whose rights to change."""
    folder_lake.replace("reports/x.pdf", b"1")
    (tmp_path / "home/reports").chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(LakeError, match="may not read or write"):
        folder_lake.replace("reports/y.pdf", b"1")


def test_a_file_where_a_folder_is_wanted_is_named(folder_lake: Lake) -> None:
    """A key below another object's key is refused with both kinds named."""
    folder_lake.replace("reports/x", b"1")
    with pytest.raises(LakeError, match="a file where a folder is expected"):
        folder_lake.replace("reports/x/y", b"1")
