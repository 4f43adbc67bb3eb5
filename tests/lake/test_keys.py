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
from gradeline.lake import apart, course_folder, digest_of, document_key, fact_key, raw_key
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


#: Names that no folder of some system may have, and the folder of each.
ODD = {
    "Lesson 1: Start?": "Lesson 1!3A Start!3F",
    'a"<b>|*\\c': "a!22!3Cb!3E!7C!2A!5Cc",
    "C#12": "C!2312",
    "tab\tend\x7f": "tab!09end!7F",
    "dot.": "dot!2E",
    "blank ": "blank!20",
    " blank": "!20blank",
    "CON": "!43ON",
    "aux.txt": "!61ux.txt",
    "..": "!2E!2E",
    ".": "!2E",
    "": "!",
    "2024/spring": "2024!2Fspring",
    "．．": "!EF!BC!8E!EF!BC!8E",
    "%2e%2e": "!252e!252e",
    "\ufffd": "!EF!BF!BD",
    "\u202eabc": "!E2!80!AEabc",
    "😀": "😀",
    "שיעור א": "שיעור א",
}


@pytest.mark.parametrize("name", ODD)
def test_a_course_of_any_name_has_a_folder(name: str) -> None:
    """What some system cannot keep is escaped; what all can keep stays as it is."""
    assert course_folder(f"Idiomas/{name}") == f"Idiomas/{ODD[name]}"


@pytest.mark.parametrize("course_id", ["AAA/2013J", "Matemáticas/nivel-1 m0m", "Физика/8 класс"])
def test_the_folder_of_a_plain_course_is_its_id(course_id: str) -> None:
    """Names of letters, digits, blanks and hyphens need no escape."""
    assert course_folder(course_id) == course_id


def test_a_long_name_is_cut_and_stays_apart() -> None:
    """Names above 255 bytes that differ only at their end have folders of their own."""
    one, other = (course_folder(f"a/{'é' * 200}{end}") for end in "xy")
    assert one != other
    assert {len(part.encode()) <= 255 for part in f"{one}/{other}".split("/")} == {True}


def test_an_id_without_category_has_a_folder_of_its_own() -> None:
    """Such a course lies under the name of the empty category."""
    assert course_folder("m7a") == "!/m7a"


@given(st.text(max_size=300))
def test_any_course_has_a_folder_of_two_names(course_id: str) -> None:
    """Whatever an id is, its folder, and the one beside it, lie two levels down."""
    folder = course_folder(course_id)
    for each in (folder, apart(folder, course_id)):
        assert validate_key(f"reports/{each}/x.pdf").count("/") == 3


def test_both_spellings_of_a_window_stay_apart() -> None:
    """Two files whose names differ in how an accent is composed have raw keys that differ."""
    keys = {raw_key("s", "t", window, "ab" * 32, "json") for window in ("é", "e\u0301")}
    assert len(keys) == 2


def test_a_digest_is_of_all_bytes(tmp_path: Path) -> None:
    """A file and its bytes have one digest, the SHA-256."""
    file = tmp_path / "x"
    file.write_bytes(b"gradeline" * 100_000)
    assert digest_of(file) == digest_of(file.read_bytes())
    assert digest_of(b"x") == hashlib.sha256(b"x").hexdigest()
