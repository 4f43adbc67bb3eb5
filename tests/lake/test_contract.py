"""What every lake promises, whichever store it lies in."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from gradeline.base.errors import BadKey, InputMissing, LakeError, ObjectExists, ObjectMissing
from gradeline.lake import Lake, raw_key
from gradeline.lake.bucket import BucketWriter

KEY = "lake/raw/grader/attempts/2024-01-11T05/aa.json"
LARGE = 20 * 1024 * 1024  # more than goes up in one request

AWKWARD_WINDOWS = [
    "2024-02-01T13:00",
    "code_module=AAA/code_presentation=2013J/part-0.parquet",
    "Matemáticas/nivel 1 (m30m)/ñ",
    "Курс/урок №1",
    "100%/%2e%2e/50% off?",
    "../../etc/passwd",
    "C:\\x\\CON/nul.txt",
    "a//b/ ./. /x.",
    "tab\tnew\nline\0nul",
    "．．/‥/a＼b",
    "#1/x#12",
    "*[a-z]{1,2}",
    "w" * 2000,
    "",
]


def test_bytes_come_back_as_they_were_put(lake: Lake) -> None:
    """What is put under a new key is read back byte for byte."""
    assert lake.put_new(KEY, b"one\0two")
    assert lake.get(KEY) == b"one\0two"


def test_the_same_bytes_again_are_success(lake: Lake) -> None:
    """An object with the same bytes is left unchanged, and False is returned."""
    lake.put_new(KEY, b"one")
    before = list(lake.list("lake"))
    assert not lake.put_new(KEY, b"one")
    assert list(lake.list("lake")) == before


@pytest.mark.parametrize("other", [b"two", b"other", b""])
def test_other_bytes_never_take_a_key(lake: Lake, other: bytes) -> None:
    """A create-only key that is taken by other bytes keeps them, whatever their size."""
    lake.put_new(KEY, b"one")
    with pytest.raises(ObjectExists, match="taken by other bytes"):
        lake.put_new(KEY, other)
    assert lake.get(KEY) == b"one"


def test_one_of_many_writers_creates_an_object(lake: Lake) -> None:
    """Of eight who create one key with their own bytes, one wins and its bytes stay whole."""

    def create(number: int) -> bool:
        try:
            return lake.put_new(KEY, bytes([number]) * 100_000)
        except ObjectExists:
            return False

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(create, range(8)))
    assert won.count(True) == 1
    assert lake.get(KEY) == bytes([won.index(True)]) * 100_000


def test_a_large_file_is_put_and_fetched_whole(lake: Lake, tmp_path: Path) -> None:
    """A file larger than one request is created, met again, refused when other, and fetched."""
    source, back = tmp_path / "source", tmp_path / "back"
    source.write_bytes(os.urandom(LARGE))
    assert lake.put_new(KEY, source)
    assert not lake.put_new(KEY, source)
    with pytest.raises(ObjectExists):
        lake.put_new(KEY, source.read_bytes()[:-1] + b"x")
    lake.download(KEY, back)
    assert back.read_bytes() == source.read_bytes()
    assert [found.key for found in lake.list("")] == [KEY]


def test_a_document_is_replaced_whole(lake: Lake, tmp_path: Path) -> None:
    """A people's file takes the place of the one before, larger or smaller."""
    large = tmp_path / "large"
    large.write_bytes(bytes(LARGE))
    for content in (b"first", large, b"", b"last"):
        lake.replace("reports/AAA/2013J/course_report.pdf", content)
    assert lake.get("reports/AAA/2013J/course_report.pdf") == b"last"


def test_an_absent_object_is_said_to_be_missing(lake: Lake, tmp_path: Path) -> None:
    """Reading a key that no object has names the key and leaves no file."""
    assert not lake.exists(KEY)
    with pytest.raises(ObjectMissing, match=r"2024-01-11T05/aa\.json"):
        lake.get(KEY)
    with pytest.raises(ObjectMissing):
        lake.download(KEY, tmp_path / "back")
    assert not list(tmp_path.glob("back*"))


def test_a_source_file_that_is_gone_is_named(lake: Lake, tmp_path: Path) -> None:
    """Putting a file that is no longer there names the file, not the key."""
    for put in (lake.put_new, lake.replace):
        with pytest.raises(InputMissing, match=r"gone\.csv"):
            put(KEY, tmp_path / "gone.csv")
    assert not lake.exists(KEY)


def test_a_listing_goes_by_folders(lake: Lake) -> None:
    """A prefix lists the objects below that folder, with size and time, and no others."""
    for key in ("lake/facts/a/1", "lake/facts/a/b/2", "lake/facts2/3"):
        lake.put_new(key, b"123")
    found = {one.key: one for one in lake.list("lake/facts/")}
    assert set(found) == {"lake/facts/a/1", "lake/facts/a/b/2"}
    assert found["lake/facts/a/1"].size == 3
    assert abs(datetime.now(UTC) - found["lake/facts/a/1"].modified) < timedelta(minutes=5)
    assert not list(lake.list("nothing/here"))
    assert len(list(lake.list(""))) == 3


def test_deleting_forgets_absent_keys(lake: Lake) -> None:
    """Deleting takes away what is there; keys without an object do not stop it."""
    lake.put_new("lake/a", b"1")
    lake.put_new("lake/c", b"1")
    lake.delete(["lake/a", "lake/b", "lake/c"])
    assert not list(lake.list(""))


@pytest.mark.parametrize("window", AWKWARD_WINDOWS)
def test_any_window_has_a_key_that_works(lake: Lake, window: str) -> None:
    """Whatever a window is called, its bytes are put, listed and read under one key."""
    key = raw_key("files:oulad", "clicks@web", window, "ab" * 32, "json")
    lake.put_new(key, b"1")
    assert lake.get(key) == b"1"
    assert [found.key for found in lake.list("lake/raw")] == [key]


@pytest.mark.parametrize("verb", ["get", "exists", "local_path", "location", "list"])
def test_a_dangerous_key_reaches_no_store(lake: Lake, verb: str) -> None:
    """Every verb refuses a key that could lead out of the lake."""
    with pytest.raises(BadKey, match="bad key"):
        list(getattr(lake, verb)("lake/../../etc/passwd"))


def test_objects_are_read_by_range_through_fsspec(lake: Lake) -> None:
    """The file system gives parts of an object without fetching the rest."""
    lake.put_new(KEY, bytes(range(256)) * 10_000)
    with lake.filesystem().open(f"lake://{KEY}") as file:
        file.seek(2_000_000)
        assert file.read(3) == bytes([128, 129, 130])
    assert lake.filesystem().info(f"lake://{KEY}")["size"] == 2_560_000


def test_sweeping_spares_young_unfinished_writes(lake: Lake) -> None:
    """A sweep of unfinished writes never takes a finished object."""
    lake.put_new(KEY, b"1")
    assert lake.sweep_unfinished(0) == 0
    assert lake.exists(KEY)


def test_what_a_killed_upload_left_is_hidden_and_swept(lake: Lake) -> None:
    """Parts of an upload that never got its key are not listed, and go once they are old."""
    lake.replace("lake/.incoming/half", b"1")
    assert not list(lake.list("lake/raw"))
    if lake.local_path("lake/x") is None:  # a folder's writers leave another trace: test_folder
        assert not list(lake.list(""))
        assert lake.sweep_unfinished(3600) == 0
        assert lake.sweep_unfinished(-5) == 1  # S3 tells time in whole seconds


def test_a_store_that_never_overwrites_passes_the_check(lake: Lake) -> None:
    """The check leaves no object behind."""
    lake.check_store()
    assert list(lake.list("")) == []


class OverwritingWriter(BucketWriter):
    """Writes to a store that ignores the condition of a create-only write."""

    def create(self, key: str, content: Path | bytes) -> bool:
        """Write the object, whatever was there."""
        self.replace(key, content)
        return True


def test_a_store_that_overwrites_fails_the_check() -> None:
    """The error names the store, and the probe is deleted."""
    store = MemoryStore()
    lake = Lake("memory:", store, OverwritingWriter(store), None)
    with pytest.raises(LakeError, match="memory: overwrites an object"):
        lake.check_store()
    assert list(lake.list("")) == []
