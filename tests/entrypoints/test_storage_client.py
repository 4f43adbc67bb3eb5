"""`from gradeline import StorageClient`: tables, JSON and bytes where the settings say."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from tests.s3_server import SECRET

import gradeline
from gradeline import StorageClient
from gradeline.base.errors import InputBroken, WrongUse
from gradeline.lake import open_lake

TABLE = pd.DataFrame({"id": [1, 2], "имя": ["Ñandú", "=1+1"]})


@pytest.fixture
def storage(tmp_path, monkeypatch) -> StorageClient:
    """The store of an empty folder."""
    monkeypatch.chdir(tmp_path)
    return StorageClient()


def test_a_table_comes_back_as_it_was_written(storage):
    """A CSV file in UTF-8, without an index column, under the home."""
    storage.write_csv("data/processed/course.csv", TABLE)
    pd.testing.assert_frame_equal(storage.read_csv("data/processed/course.csv"), TABLE)
    assert Path("data/processed/course.csv").read_bytes().startswith("id,имя\n1,Ñandú".encode())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_code_writes_is_its_owners_alone(storage, tmp_path):
    """Files and folders are closed as those of commands are; the umask of the code stays."""
    before = os.umask(0)
    try:
        storage.write_bytes("data/notes/deep/a.txt", b"Ann")
        assert os.umask(0) == 0
    finally:
        os.umask(before)
    found = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in found} == {
        "data": 0o700,
        "notes": 0o700,
        "deep": 0o700,
        "a.txt": 0o600,
    }


def test_both_orders_of_arguments_are_understood(storage):
    """`write_csv(table, name)` and `write_json(value, name)` write the same files."""
    storage.write_csv(TABLE, "data/a.csv")
    storage.write_json({"a": "é"}, Path("data") / "a.json")
    assert storage.list() == ["data/a.csv", "data/a.json"]
    assert storage.read_json("data/a.json") == {"a": "é"}


def test_a_byte_order_mark_is_no_part_of_the_text(storage):
    """Files that Excel and Notepad saved are read as the others."""
    storage.write_bytes("data/a.csv", b"\xef\xbb\xbfdate;x\n2024-01-15;1\n")
    storage.write_bytes("data/a.json", b"\xef\xbb\xbf[1]")
    assert list(storage.read_csv("data/a.csv", sep=";").columns) == ["date", "x"]
    assert storage.read_json("data/a.json") == [1]


def test_a_missing_file_is_named_with_its_store(storage):
    """Every way of reading says which file is missing and where; it is a FileNotFoundError."""
    for read in (storage.read_csv, storage.read_json, storage.read_bytes):
        with pytest.raises(FileNotFoundError, match=r"data/x\.csv does not exist in file:"):
            read("data/x.csv")
    assert not storage.exists("data/x.csv")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'a,b\n"x'])
def test_what_is_no_table_or_json_is_named(storage, content):
    """The error of pandas or of the decoder stands beside the file's name."""
    storage.write_bytes("data/x", content)
    for read, kind in ((storage.read_csv, "CSV"), (storage.read_json, "JSON")):
        with pytest.raises(InputBroken, match=f"data/x in file:.* cannot be read as {kind}: "):
            read("data/x")


@pytest.mark.parametrize("name", ["data/lake/raw/x", "data/db/x", "../x", 7])
def test_places_of_gradeline_are_not_written(storage, name):
    """The machine's own, the database and whatever lies outside are refused."""
    with pytest.raises(WrongUse):
        storage.write_bytes(name, b"x")


def test_what_is_no_table_is_not_written(storage):
    """The message says what was given."""
    with pytest.raises(WrongUse, match="takes a DataFrame of pandas, not list"):
        storage.write_csv("data/a.csv", [1])


def test_without_pandas_bytes_and_json_still_work(storage, monkeypatch):
    """Only reading a table needs pandas, and says how to get it."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    storage.write_json("data/a.json", [1])
    assert storage.read_json("data/a.json") == [1]
    with pytest.raises(WrongUse, match="pip install pandas"):
        storage.read_csv("data/a.csv")


def test_the_settings_choose_the_store(bucket, s3_endpoint, s3_options, tmp_path, monkeypatch):
    """With a bucket in `.env` files lie there under data/, and nothing lies in the folder."""
    monkeypatch.chdir(tmp_path)
    Path(".env").write_text(
        f"OBJECT_STORAGE_BUCKET={bucket}\nOBJECT_STORAGE_ENDPOINT={s3_endpoint}\n"
        f"OBJECT_STORAGE_ACCESS_KEY_ID=key\nOBJECT_STORAGE_SECRET_ACCESS_KEY={SECRET}\n"
    )
    storage = StorageClient()
    storage.write_csv("data/processed/course.csv", TABLE)
    lake = open_lake(f"s3://{bucket}/data", options=s3_options)
    assert [item.key for item in lake.list("")] == ["processed/course.csv"]
    assert [path.name for path in tmp_path.iterdir()] == [".env"]
    with pytest.raises(FileNotFoundError, match=f"does not exist in s3://{bucket}/data"):
        storage.read_json("data/raw/users.json")


def test_a_hybrid_store_copies_each_file(bucket, s3_endpoint, s3_options, tmp_path, monkeypatch):
    """What is written lies at home and in the cloud at once."""
    monkeypatch.chdir(tmp_path)
    settings = {"BUCKET": bucket, "ENDPOINT": s3_endpoint, "ACCESS_KEY_ID": "key"}
    for name, value in {**settings, "SECRET_ACCESS_KEY": SECRET}.items():
        monkeypatch.setenv(f"OBJECT_STORAGE_{name}", value)
    monkeypatch.setenv("STORAGE_BACKEND", "hybrid")
    StorageClient().write_bytes("data/notes/a.txt", b"one")
    assert Path("data/notes/a.txt").read_bytes() == b"one"
    assert open_lake(f"s3://{bucket}", options=s3_options).get("notes/a.txt") == b"one"


def test_a_cloud_that_is_away_is_a_warning(tmp_path, monkeypatch, caplog):
    """The file is stored; the log says which one is not in the cloud, and what copies it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OBJECT_STORAGE_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OBJECT_STORAGE_BUCKET", "school")
    monkeypatch.setenv("OBJECT_STORAGE_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("OBJECT_STORAGE_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("STORAGE_BACKEND", "hybrid")
    StorageClient().write_bytes("data/a.txt", b"one")
    assert "data/a.txt is stored, but not in s3://school/data" in caplog.text
    assert "`gradeline run` copies" in caplog.text
    assert SECRET not in caplog.text


def test_importing_gradeline_is_light():
    """Neither the lake nor pandas is imported before the client is asked for."""
    code = "import gradeline, sys; print([m for m in ('pandas', 'obstore') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"


def test_gradeline_has_no_other_name():
    """A misspelled name is the ordinary error."""
    with pytest.raises(AttributeError, match="has no attribute 'StorageKlient'"):
        gradeline.StorageKlient  # noqa: B018
