"""The encoding of a file is proven, or told from its words, or asked for; never silently wrong."""

import random

import pytest

from gradeline.base.errors import EncodingUnclear
from gradeline.sources.encodings.find import find_encoding
from gradeline.sources.encodings.rules import FIND, EncodingRule
from gradeline.sources.encodings.words import WORDS_MAX, gather_words

from .names import WRITTEN, as_csv, people


@pytest.fixture
def found(tmp_path):
    """Find the encoding of some bytes."""

    def find(content, rule=FIND):
        path = tmp_path / "students.csv"
        path.write_bytes(content)
        return find_encoding(path, "students.csv", rule)

    return find


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_ten_names_tell_their_encoding(found, language, encoding):
    """Western, Central European, Turkish and Cyrillic files are told apart by ten names."""
    content = as_csv(people(language)).encode(encoding)
    told = found(content)
    assert content.decode(told.name) == as_csv(people(language))
    assert told.by == "guessed"


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_a_file_of_one_name_is_right_or_refused(found, language, encoding):
    """One name may read well in two encodings; then it is refused, never read wrongly."""
    right = 0
    for name in people(language):
        content = as_csv([name]).encode(encoding)
        try:
            assert content.decode(found(content).name) == as_csv([name])
            right += 1
        except EncodingUnclear:
            continue
    assert right >= 4


@pytest.mark.parametrize("name", ["Núñez", "Müller", "Zoë", "Muñoz", "Анна", "Юля", "задача"])
def test_one_word_may_be_enough(found, name):
    """A word that no other encoding makes a word of tells its encoding by itself."""
    encoding = "windows-1252" if name[0].isascii() else "windows-1251"
    assert found(as_csv([name]).encode(encoding)).name == encoding


def test_what_reads_well_twice_is_refused_with_both_readings(found):
    """The message shows the readings side by side and the setting to write."""
    rule = EncodingRule(key="school/students.csv")
    with pytest.raises(EncodingUnclear) as refused:
        found("id;grade\r\n1;5\r\n2;é\r\n".encode("windows-1252"), rule)
    assert str(refused.value) == (
        'The encoding of students.csv is not clear: it may read "é" (windows-1252) or "й" '
        "(windows-1251). Set FILES_ENCODINGS=school/students.csv=windows-1252, or to the other "
        "encoding, and run again; or save the file as UTF-8."
    )


def test_what_no_european_encoding_makes_words_of_is_refused(found):
    """Chinese in GB 18030 is not taken for Latin letters; the message shows what it may be."""
    text = "id;name\n" + "\n".join(["1;王伟", "2;李娜", "3;张敏", "4;刘洋", "5;陈静"])
    with pytest.raises(EncodingUnclear, match="may read "):
        found(text.encode("gb18030"))


@pytest.mark.parametrize("names", [["山田太郎"], ["山田太郎", "鈴木花子"]])
def test_a_name_or_two_in_no_european_encoding_are_refused(found, names):
    """They are not taken for slips in UTF-8, which would cost every line of the file."""
    with pytest.raises(EncodingUnclear, match="may read "):
        found(as_csv(names).encode("shift_jis"))


def test_a_person_may_let_it_guess(found):
    """A released file is read as the likeliest of its readings."""
    content = "id;grade\n2;é\n".encode("windows-1252")
    assert found(content, EncodingRule(guess=True)).name == "windows-1252"


def test_utf8_is_proven(found):
    """A file all of whose bytes fit UTF-8 needs no guess."""
    assert found(as_csv(people("Czech")).encode()).by == "found"
    assert found(b"id,name\n1,Ann\n").name == "utf-8"


@pytest.mark.parametrize("broken", [b"Jos\xe9", b"Jos\xc3", b"\xff\xfe", b"\xcd\xe5\xf2"])
def test_a_few_broken_bytes_leave_a_file_utf8(found, broken):
    """What is broken goes to quarantine by its line instead of changing how all others read."""
    content = as_csv(people("Spanish")).encode() + b"201;" + broken + b";x@example.org;\r\n"
    assert found(content).name == "utf-8"


def test_a_stray_byte_in_plain_text_is_no_letter(found):
    """One byte that makes a word in no encoding breaks its line only."""
    assert found(b"id,name\n1,Ann\n2,B\xffob\n").name == "utf-8"


def test_a_line_of_utf8_in_another_file_is_known(found):
    """Most of it is Windows-1252, so it is; the other line is not read as that."""
    content = as_csv(people("Spanish")).encode("windows-1252") + "201;Zoë;;\r\n".encode()
    assert (found(content).name, found(content).mixed) == ("windows-1252", True)


def test_evidence_comes_from_the_whole_file(found):
    """What tells two encodings apart may stand after megabytes of ASCII."""
    content = b"1;Ann;a@example.org;2024-01-08\r\n" * 100_000
    content += as_csv(people("Russian")).encode("koi8-r")
    assert found(content).name == "koi8-r"


def test_words_of_a_large_file_are_sampled_evenly(tmp_path):
    """Memory stays flat however many different words there are."""
    draw = random.Random(1)
    words = {"".join(draw.choices("абвгдежз", k=9)) for _ in range(20_000)}
    (tmp_path / "a.csv").write_bytes("\n".join(sorted(words)).encode("windows-1251"))
    kept = gather_words(tmp_path / "a.csv").other
    assert WORDS_MAX / 3 < len(kept) <= WORDS_MAX
    assert {word[:1].decode("windows-1251") for word in kept} == set("абвгдежз")
