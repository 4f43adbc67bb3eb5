"""Files of the store by the names that people use, and the places left to Gradeline."""

from __future__ import annotations

import pytest

from gradeline.base.errors import BadKey, StoredFileMissing, WrongUse
from gradeline.flows.storage.files import StorageFiles
from gradeline.lake import Lake, open_lake


@pytest.fixture
def lake(tmp_path) -> Lake:
    """A lake in an empty folder."""
    return open_lake(f"file:{tmp_path / 'school'}")


@pytest.fixture
def files(lake) -> StorageFiles:
    """Its files."""
    return StorageFiles(lake)


@pytest.mark.parametrize(
    "name", ["data/reports/a.pdf", "reports/a.pdf", "./data/reports/a.pdf", "data/reports/a.pdf/"]
)
def test_a_name_may_begin_with_data_or_not(files, lake, name):
    """Both name the same file, whose key in the lake has no such prefix."""
    files.write(name, b"1")
    assert lake.get("reports/a.pdf") == b"1"
    assert [item.key for item in files.list("data/reports")] == ["data/reports/a.pdf"]
    assert files.exists(name)


def test_without_a_folder_everything_but_the_machines_own_is_listed(files, lake):
    """Raw data and facts are listed where somebody asks for them, the database never."""
    for key in ("lake/raw/x/1.json", "db/PG_VERSION", "spool/a", "b.txt", "reports/a.pdf"):
        lake.replace(key, b"1")
    assert [item.key for item in files.list()] == ["data/b.txt", "data/reports/a.pdf"]
    assert [item.key for item in files.list("data/lake")] == ["data/lake/raw/x/1.json"]
    assert [item.key for item in files.list("data/b.txt")] == ["data/b.txt"]
    assert list(files.list("data/nothing")) == []


@pytest.mark.parametrize("name", ["data/lake/raw/x/1.json", "lake/x", "LAKE/x", "data/logs/x"])
def test_what_only_gradeline_writes_can_be_read_alone(files, lake, name):
    """Writing and deleting there is refused with the reason, whatever the case."""
    lake.replace("lake/raw/x/1.json", b"1")
    with pytest.raises(WrongUse, match="It can be read"):
        files.write(name, b"2")
    with pytest.raises(WrongUse, match="It can be read"):
        files.remove([name])
    assert files.read("data/lake/raw/x/1.json") == b"1"


@pytest.mark.parametrize("name", ["data/db/secrets", "DB/x", "spool/x", "limits/x"])
def test_files_of_running_processes_are_no_files_of_the_store(files, name):
    """They are neither read nor written nor listed by name."""
    for do in (files.read, files.exists, lambda one: list(files.list(one))):
        with pytest.raises(WrongUse, match="running Gradeline"):
            do(name)
    with pytest.raises(WrongUse, match="running Gradeline"):
        files.write(name, b"1")


@pytest.mark.parametrize("name", ["../x", "data/../../x", "/etc/passwd", "", "data", "a//b", "a:b"])
def test_a_name_that_leads_out_of_the_store_is_refused(files, name):
    """No file is read or written under a name that is dangerous or names none."""
    with pytest.raises(BadKey):
        files.read(name)
    with pytest.raises(BadKey):
        files.write(name, b"1")


def test_a_missing_file_is_named_with_its_store(files, lake):
    """The error says which file and where, and is one that Python code expects."""
    with pytest.raises(StoredFileMissing, match=r"data/x\.csv does not exist in file:.*school"):
        files.read("x.csv")
    with pytest.raises(FileNotFoundError):
        files.read("x.csv")


def test_a_folder_is_no_file(files):
    """Who names a folder where a file is meant is told how many files it has."""
    files.write("reports/a.pdf", b"1")
    with pytest.raises(StoredFileMissing, match="It is a folder of 1 files"):
        files.remove(["data/reports"])


def test_several_files_are_deleted_or_none(files):
    """A name that does not exist keeps the others from being deleted."""
    files.write("a.txt", b"1")
    with pytest.raises(StoredFileMissing, match=r"data/b\.txt"):
        files.remove(["a.txt", "b.txt"])
    assert files.exists("a.txt")
