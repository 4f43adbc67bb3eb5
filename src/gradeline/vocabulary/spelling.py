"""Spelling: which texts are the same answer, and which differ by a slip of the fingers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Spanish articles by gender; a word is asked for with or without one.
ARTICLES = {
    **dict.fromkeys(("el", "los", "un", "unos"), "m"),
    **dict.fromkeys(("la", "las", "una", "unas"), "f"),
}

_BETWEEN_ANSWERS = re.compile(r"[,;/]")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_A_LETTER = re.compile(r"[^\w\u0300-\u036f]+|_+")


def split_answers(text: str) -> tuple[str, ...]:
    """Return the answers that a text lists, separated by comma, semicolon or slash.

    What stands in brackets explains and is no answer; nor is an article alone, as in
    `el/la estudiante`.
    """
    parts = (" ".join(part.split()) for part in _BETWEEN_ANSWERS.split(_IN_BRACKETS.sub(" ", text)))
    return tuple(part for part in parts if plain(part) and plain(part) not in ARTICLES)


def plain(text: str) -> str:
    """Return a text as answers are compared: lower case, no punctuation, е for ё; accents stay."""
    composed = unicodedata.normalize("NFC", text).lower().replace("ё", "е")
    return " ".join(_NOT_A_LETTER.sub(" ", composed).split())


def without_article(text: str) -> str:
    """Return a plain text without the Spanish article that it begins with."""
    first, _, rest = text.partition(" ")
    return rest if rest and first in ARTICLES else text


def article_gender(text: str) -> str | None:
    """Return the gender of the article that a plain text begins with; None = it has none."""
    first, _, rest = text.partition(" ")
    return ARTICLES.get(first) if rest else None


def key(text: str) -> str:
    """Return what remains of a text without article and accents; й is a letter of its own."""
    letters = without_article(plain(text))
    return "".join(letter if letter == "й" else _base(letter) for letter in letters)


def keys(text: str) -> tuple[str, ...]:
    """Return the key of each answer that a text lists, in their order, each once."""
    return tuple(dict.fromkeys(key(part) for part in split_answers(text)))


def most_typos(length: int) -> int:
    """Return how many slips a word of that many letters may have and still be recognised.

    One letter of three is no slip: it makes another word.
    """
    if length <= 3:
        return 0
    return 1 if length <= 7 else 2


def distance(left: Sequence[str], right: Sequence[str], most: int) -> int:
    """Return how many letters are missing, added, wrong or swapped; `most` + 1 = more than that.

    The Damerau-Levenshtein distance with adjacent swaps (optimal string alignment).
    """
    if abs(len(left) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _base(letter: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
