"""Keys: readable, safe on every store, and one for each thing."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.base.errors import BadKey
from gradeline.lake import digest_of, document_key, fact_key, raw_key
from gradeline.lake.keys import validate_key
from gradeline.records.slices import Slice

SLICE = Slice(source="grader", stream="attempts", window="2024-01-11T05")
SCHEMA = pa.schema([("slice", pa.string()), ("position", pa.int64())])

DANGEROUS = [
    *["", "/", "/etc/passwd", "a//b", "a/", ".", "..", "a/../b", "../../etc/passwd"],
    *["a\\..\\b", "C:\\x", "a\0b", "a\nb", "a\x7fb", "%2e%2e/x", "%252e%252e/x", "a/..%5c"],
    *["a%2fb", "．．/x", "‥/x", "a／b", "a＼b", "%c0%ae%c0%ae/x", "\ud800"],
    *["CON", "a/nul.txt", "com1", "a./b", "a /b", " a", "x#12", "a:b", "a*b", "x" * 256],
    "é" * 128 + "/x",
    "/".join(["x" * 100] * 11),
]


@pytest.mark.parametrize("key", DANGEROUS)
def test_a_dangerous_key_is_refused(key: str) -> None:
    """A key that leads out of its folder on some store, or that some store cannot keep, is bad."""
    with pytest.raises(BadKey, match="bad key"):
        validate_key(key)


@pytest.mark.parametrize("key", ["reports/Matemáticas/nivel 1/x.pdf", "a..b/c+d@e=f,(g)!/№1", "a"])
def test_a_plain_key_stays_as_it_is(key: str) -> None:
    """Letters of any script, spaces and usual signs need no change."""
    assert validate_key(key) == key


def test_both_spellings_of_a_letter_are_one_key() -> None:
    """`á` in one or in two code points names the same object."""
    name = "reports/Matemáticas/x.pdf"
    assert validate_key(unicodedata.normalize("NFD", name)) == unicodedata.normalize("NFC", name)


def test_keys_of_the_lake_can_be_read() -> None:
    """A key says source, stream and window as people write them, then what is in it."""
    raw = raw_key("amplitude", "events@web", "2024-02-01T13", "ab" * 32, "json.gz")
    assert raw == f"lake/raw/amplitude/events@web/2024-02-01T13/{'ab' * 32}.json.gz"
    key = fact_key(SLICE, [raw], 1, SCHEMA)
    assert key.startswith("lake/facts/grader/attempts/2024-01-11T05/")
    assert key.endswith(".parquet")


def test_facts_have_another_key_once_anything_they_come_from_changes() -> None:
    """Raw bytes, reader version and schema are all in a fact key; the order of raws is not."""
    wider = SCHEMA.append(pa.field("at", pa.timestamp("us", tz="UTC")))
    keys = {
        fact_key(SLICE, ["a", "b"], 1, SCHEMA),
        fact_key(SLICE, ["ab"], 1, SCHEMA),
        fact_key(SLICE, ["a", "b"], 2, SCHEMA),
        fact_key(SLICE, ["a", "b"], 1, wider),
    }
    assert len(keys) == 4
    assert fact_key(SLICE, ["b", "a"], 1, SCHEMA) in keys


@given(st.text(), st.text(), st.text())
def test_any_slice_has_a_good_key(source: str, stream: str, window: str) -> None:
    """Whatever a slice is called, its key is accepted."""
    key = raw_key(source, stream, window, "ab" * 32, "json")
    assert validate_key(key) == key


@given(st.text("ab./!:%\\ É", max_size=6), st.text("ab./!:%\\ É", max_size=6))
def test_no_two_windows_share_a_folder(one: str, other: str) -> None:
    """Windows that differ lie in folders that differ."""
    keys = {raw_key("s", "t", window, "ab" * 32, "json") for window in (one, other)}
    assert len(keys) == len({one, other})


def test_a_document_key_keeps_names_people_write() -> None:
    """A course's name with signs that no file may have is kept readable."""
    key = document_key("reports", "Idiomas", "Nivel 1: ¿qué?", "course_report.pdf")
    assert key == "reports/Idiomas/Nivel 1!3A ¿qué!3F/course_report.pdf"


@pytest.mark.parametrize("name", ["..", "", "a/b", "a\\b", "．．", "%2e%2e", "x\0", "NUL", "x."])
def test_a_document_key_refuses_names_that_lead_elsewhere(name: str) -> None:
    """A category or course whose name could leave its folder is refused."""
    with pytest.raises(BadKey):
        document_key("reports", name, "2013J", "course_report.pdf")


def test_a_digest_is_of_all_bytes(tmp_path: Path) -> None:
    """A file and its bytes have one digest, the SHA-256."""
    file = tmp_path / "x"
    file.write_bytes(b"gradeline" * 100_000)
    assert digest_of(file) == digest_of(file.read_bytes())
    assert digest_of(b"x") == hashlib.sha256(b"x").hexdigest()
