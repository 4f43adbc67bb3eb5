"""A disk that fills up: one clear message, and what was committed is there afterwards."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradeline.base.errors import DiskFull
from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse, stop_embedded


def say_nothing(_words: str) -> None:
    """What tests pass for `say` when they do not read it."""


def mount(folder: str, size: str, *, again: bool = False) -> None:
    """A disk in memory of that size, or with that size from now on."""
    options = f"size={size},mode=755" + (",remount" if again else "")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False)
    if made.returncode != 0:
        pytest.skip("this system does not let us mount a small disk")


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 64 MB."""
    with tempfile.TemporaryDirectory(prefix="gl-") as folder:
        Path(folder).chmod(0o711)
        mount(folder, "64m")
        yield Path(folder)
        stop_embedded(Path(folder) / "home")
        subprocess.run(["umount", folder], check=True)


def fill(database: Database) -> None:
    """Write in one transaction more than the disk takes."""
    with database.connect(Role.OWNER) as connection:
        connection.execute(
            "do $$ begin for n in 1..400000 loop"
            " insert into kept values (repeat(md5(n::text), 30)); end loop; end $$"
        )


def test_a_disk_that_fills_up_is_named_and_nothing_half_written_stays(small_disk: Path) -> None:
    """The load ends with one message; with more room the committed row alone is there."""
    place = EmbeddedServer(home=small_disk / "home")
    with open_warehouse(place, say=say_nothing) as database:
        with database.connect(Role.OWNER) as connection:
            connection.execute("create table kept as select 'committed'::text as word")
        with pytest.raises(DiskFull):
            fill(database)
    mount(str(small_disk), "300m", again=True)
    with (
        open_warehouse(place, say=say_nothing) as database,
        database.connect(Role.OWNER) as connection,
    ):
        assert connection.execute("select word from kept").fetchall() == [("committed",)]


def test_a_disk_too_small_to_begin_with_leaves_nothing(small_disk: Path) -> None:
    """Where not even the empty data fit, none are left, and the next try starts afresh."""
    mount(str(small_disk), "20m", again=True)
    place = EmbeddedServer(home=small_disk / "home")
    with pytest.raises(DiskFull), open_warehouse(place, say=say_nothing):
        pass
    assert not (small_disk / "home" / "db" / "data").exists()
    assert list((small_disk / "home" / "db").glob("new.*")) == []
