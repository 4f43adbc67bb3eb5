"""`gradeline storage` on a folder, on a bucket, and on a folder with its copy in a bucket."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.s3_server import SECRET

from gradeline.entrypoints.cli.app import main
from gradeline.lake import Lake, open_lake


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def s3(place, bucket, s3_endpoint, s3_options) -> Lake:
    """A bucket that `.env` names, as the commands see it."""
    lines = [
        f"OBJECT_STORAGE_BUCKET={bucket}",
        f"OBJECT_STORAGE_ENDPOINT={s3_endpoint}",
        "OBJECT_STORAGE_ACCESS_KEY_ID=key",
        f"OBJECT_STORAGE_SECRET_ACCESS_KEY={SECRET}",
    ]
    Path(".env").write_text("\n".join(lines))
    return open_lake(f"s3://{bucket}", options=s3_options)


@pytest.fixture
def hybrid(s3, monkeypatch) -> Lake:
    """The same bucket as the copy of the home."""
    monkeypatch.setenv("STORAGE_BACKEND", "hybrid")
    return s3


def plans(text: str = "date;assessment_id\n") -> str:
    """A folder with a plan file."""
    Path("plans/Mat").mkdir(parents=True, exist_ok=True)
    Path("plans/Mat/a.csv").write_text(text)
    return "plans"


def test_a_file_goes_to_the_store_and_back(place, capfd):
    """Put, ls, get and rm, by the names that people know."""
    Path("a.csv").write_text("one")
    assert main(["storage", "put", "a.csv", "data/planification/Mat/"]) == 0
    assert Path("data/planification/Mat/a.csv").read_text() == "one"
    assert main(["storage", "get", "data/planification/Mat/a.csv", "b.csv"]) == 0
    assert Path("b.csv").read_text() == "one"
    assert main(["storage", "rm", "planification/Mat/a.csv"]) == 0
    assert not Path("data/planification/Mat/a.csv").exists()
    assert "Deleted data/planification/Mat/a.csv." in capfd.readouterr().out


def test_the_list_is_for_machines_too(place, capfd):
    """With --json each file is an object with name, size and time."""
    Path("a.csv").write_text("one")
    main(["storage", "put", "a.csv", "data/a.csv"])
    capfd.readouterr()
    assert main(["storage", "ls", "data/a.csv", "--json"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert (row["name"], row["bytes"], row["written"][-1]) == ("data/a.csv", 3, "Z")


def test_a_file_can_be_printed(place, capfdbinary):
    """`get NAME -` writes the bytes as they are."""
    Path("a.bin").write_bytes(b"\0\xff")
    main(["storage", "put", "a.bin", "data/a.bin"])
    capfdbinary.readouterr()
    assert main(["storage", "get", "data/a.bin", "-"]) == 0
    assert capfdbinary.readouterr().out == b"\0\xff"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["get", "data/x.csv"], 1, "data/x.csv does not exist in file:"),
        (["rm", "data/x.csv"], 1, "data/x.csv does not exist in file:"),
        (["rm", "data/lake/raw/x"], 2, "never changed by hand"),
        (["put", "plans/Mat/a.csv", "data/lake/x"], 2, "never changed by hand"),
        (["put", "plans", "data/x"], 2, "plans is a folder"),
        (["put", "nothing.csv", "data/x"], 1, "nothing.csv does not exist"),
        (["get", "data/db/secrets", "-"], 2, "running Gradeline"),
        (["put", "plans/Mat/a.csv", "../x"], 2, "bad key"),
        (["get", "data/a.csv", "no/folder/a.csv"], 2, "no/folder does not exist"),
        (["upload", "nothing", "data/x"], 2, "nothing is no folder"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(place, capfd, words, code, message):
    """The exit code tells a mistake of the caller from a failure."""
    plans()
    main(["storage", "put", "plans/Mat/a.csv", "data/a.csv"])
    assert main(["storage", *words]) == code
    assert message in capfd.readouterr().err


def test_an_upload_to_a_bucket_is_repeated_for_what_changed(s3, capfd):
    """Keys begin with data/ in the bucket, and a rerun says that all was there."""
    for text, sent, same in (("one", 1, 0), ("one", 0, 1), ("two", 1, 0)):
        assert main(["storage", "upload", plans(text), "data/planification", "--json"]) == 0
        last = json.loads(capfd.readouterr().out.splitlines()[-1])
        assert last == {"uploaded": sent, "unchanged": same}
    assert s3.get("planification/Mat/a.csv") == b"two"


def test_a_hybrid_store_has_the_file_in_both_places(hybrid, capfd):
    """Put, upload and rm reach the home and the cloud."""
    assert main(["storage", "upload", plans(), "data/planification"]) == 0
    assert main(["storage", "put", "plans/Mat/a.csv", "data/notes/a.csv"]) == 0
    assert Path("data/notes/a.csv").exists()
    assert hybrid.exists("planification/Mat/a.csv")
    assert hybrid.exists("notes/a.csv")
    assert main(["storage", "rm", "data/notes/a.csv"]) == 0
    assert not hybrid.exists("notes/a.csv")


def test_a_cloud_that_is_away_is_named_and_served_later(hybrid, capfd, monkeypatch):
    """The file is stored at home with exit code 1; the next command brings it to the cloud."""
    with monkeypatch.context() as away:
        away.setenv("OBJECT_STORAGE_BUCKET", "not-there")
        assert main(["storage", "put", f"{plans()}/Mat/a.csv", "data/uploads/a.csv"]) == 1
    said = capfd.readouterr().err
    assert "The copy in s3://not-there/data is behind" in said
    assert Path("data/uploads/a.csv").exists()
    assert main(["storage", "put", "plans/Mat/a.csv", "data/uploads/b.csv"]) == 0
    assert hybrid.exists("uploads/a.csv")
