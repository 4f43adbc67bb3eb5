"""Uploading a folder: new and changed files once, and nothing that should not leave it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gradeline.base.errors import WrongUse
from gradeline.flows.storage.files import StorageFiles
from gradeline.flows.storage.upload import plan_upload, upload
from gradeline.lake import Lake, open_lake


@pytest.fixture
def lake() -> Lake:
    """A store in memory."""
    return open_lake("memory:")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder with two plan files."""
    folder = tmp_path / "planification"
    (folder / "Matemáticas").mkdir(parents=True)
    (folder / "Matemáticas/nivel-1.csv").write_text("one")
    (folder / "lecciones.csv").write_text("two")
    return folder


def uploaded(lake: Lake, folder: Path, to: str = "data/planification") -> list[str]:
    """Upload a folder; the names of the files that were sent."""
    outcomes = upload(StorageFiles(lake), plan_upload(folder, to))
    return [outcome.name for outcome in outcomes if outcome.uploaded]


def test_a_folder_is_uploaded_with_its_subfolders(lake, folder):
    """Each file gets the name that it has below the folder."""
    assert uploaded(lake, folder) == [
        "data/planification/Matemáticas/nivel-1.csv",
        "data/planification/lecciones.csv",
    ]
    assert lake.get("planification/Matemáticas/nivel-1.csv") == b"one"


def test_a_second_upload_sends_what_changed_alone(lake, folder):
    """Files with the same bytes are not sent; one of the same size with other bytes is."""
    uploaded(lake, folder)
    assert uploaded(lake, folder) == []
    (folder / "lecciones.csv").write_text("TWO")
    assert uploaded(lake, folder) == ["data/planification/lecciones.csv"]


@pytest.mark.parametrize("to", ["", "data", "data/"])
def test_a_folder_can_be_the_root_of_the_store(lake, folder, to):
    """`data` is the store itself."""
    uploaded(lake, folder, to)
    assert lake.exists("lecciones.csv")


@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "..", "nowhere", "self"])
def test_a_link_that_leaves_the_folder_stops_the_upload(lake, folder, target):
    """Nothing is uploaded, and the message names the link and why."""
    (folder / "self").symlink_to(target)
    with pytest.raises(WrongUse, match=r"Nothing of .* was uploaded\. self: it is a link"):
        uploaded(lake, folder)
    assert list(lake.list("")) == []


def test_a_link_to_a_file_of_the_folder_is_uploaded_as_that_file(lake, folder):
    """Its bytes are stored under its own name."""
    (folder / "nivel-2.csv").symlink_to("lecciones.csv")
    uploaded(lake, folder)
    assert lake.get("planification/nivel-2.csv") == b"two"


def test_what_is_no_file_stops_the_upload(lake, folder):
    """A pipe would never end."""
    os.mkfifo(folder / "pipe")
    with pytest.raises(WrongUse, match="pipe: it is no file"):
        uploaded(lake, folder)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a:b.csv", "bad key"), ("con.csv", "device"), (b"caf\xe9.csv", r"caf\\xe9")],
)
def test_a_name_that_no_store_can_have_stops_the_upload(lake, folder, name, reason):
    """The file is named, and nothing is uploaded, so that the store never has half a folder."""
    Path(folder, os.fsdecode(name)).write_text("x")
    with pytest.raises(WrongUse, match=reason):
        uploaded(lake, folder)
    assert list(lake.list("")) == []


def test_two_names_that_are_one_in_the_store_stop_the_upload(lake, folder):
    """Accents composed in two ways make one name everywhere else."""
    for name in ("\u00e9.csv", "e\u0301.csv"):
        (folder / name).write_text(name)
    with pytest.raises(WrongUse, match="differ only in accents"):
        uploaded(lake, folder)


@pytest.mark.parametrize("to", ["data/lake/raw", "data/db", "data/../x"])
def test_nothing_is_uploaded_to_the_places_of_gradeline(lake, folder, to):
    """The place is refused once, not for each file."""
    with pytest.raises(WrongUse) as refused:
        uploaded(lake, folder, to)
    assert "lecciones" not in str(refused.value)


def test_the_home_itself_is_uploaded_by_its_parts(lake, tmp_path):
    """A folder `db` or `lake` below the folder is refused under its full name."""
    (tmp_path / "home/db").mkdir(parents=True)
    (tmp_path / "home/db/secrets").write_text("x")
    with pytest.raises(WrongUse, match=r"db/secrets.*upload single folders"):
        uploaded(lake, tmp_path / "home", "data")


def test_a_folder_that_does_not_exist_is_named(lake, tmp_path):
    """So is a file in its place."""
    with pytest.raises(WrongUse, match="nowhere is no folder"):
        uploaded(lake, tmp_path / "nowhere")
