"""The dictionary that ships."""

from __future__ import annotations

import csv
import re
import unicodedata

import pytest

from gradeline.vocabulary.dictionary import SHIPPED
from gradeline.vocabulary.spelling import keys


@pytest.fixture(scope="module")
def entries() -> list[dict[str, str]]:
    """The lines of the file."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_has_five_hundred_words_of_the_first_three_levels(entries):
    """No entry is there twice; A1, A2 and B1 have a hundred words each, in ten categories."""
    pairs = {(one["word"], one["translation"]) for one in entries}
    assert len(pairs) == len(entries) >= 500
    of_level = {level: [e for e in entries if e["level"] == level] for level in ("A1", "A2", "B1")}
    assert min(map(len, of_level.values())) >= 100
    assert sum(map(len, of_level.values())) == len(entries)
    assert len({one["category"] for one in entries}) >= 10


def test_its_words_are_written_in_their_alphabets(entries):
    """Spanish has Spanish letters, Russian has Russian ones, all composed; each has an answer."""
    words, translations = ([one[column] for one in entries] for column in ("word", "translation"))
    assert [word for word in words if not re.fullmatch(r"[a-záéíóúüñ ]+", word)] == []
    assert [text for text in translations if not re.fullmatch(r"[а-яё ,()-]+", text)] == []
    assert unicodedata.is_normalized("NFC", "".join([*words, *translations]))
    assert all(keys(text) for text in (*words, *translations))


def test_no_two_words_have_one_translation(entries):
    """What a question shows in Russian tells which word is meant."""
    translations = [one["translation"] for one in entries]
    assert len(set(translations)) == len(translations)
