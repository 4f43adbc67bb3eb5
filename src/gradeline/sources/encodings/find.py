"""Find the encoding of a file of single bytes: UTF-8 by proof, others by how their words read."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from gradeline.base.errors import EncodingUnclear
from gradeline.sources.encodings.candidates import CANDIDATES, Candidate, compare
from gradeline.sources.encodings.rules import SETTING, EncodingRule
from gradeline.sources.encodings.spelling import judge
from gradeline.sources.encodings.words import Words, gather_words

#: How an encoding is known: `found` by proof, `set` by people, or `guessed` from words.
By = Literal["found", "set", "guessed"]
_BLOCK = 1 << 20
#: Up to so many different words that make sense in no encoding are mistakes in a file of UTF-8.
_STRAY_WORDS = 2
#: Up to so many bytes of such a word; a word of more is one of an encoding that is not known.
_STRAY_BYTES = 3
#: Readings that a message shows, and the longest word that it shows them of.
_SHOWN, _SHOWN_LETTERS = 3, 40


@dataclass(frozen=True, kw_only=True)
class FoundEncoding:
    """The encoding of a file."""

    name: str
    by: By
    mixed: bool = False  #: some of its lines are UTF-8, although it is not

    @property
    def note(self) -> Mapping[str, str]:
        """What the ledger keeps of it."""
        return {"name": self.name, "by": self.by}


def find_encoding(path: Path, name: str, rule: EncodingRule) -> FoundEncoding:
    """Find the encoding of a file without a byte order mark that is not UTF-16.

    A file whose every byte fits UTF-8 is UTF-8. So is one with more words in UTF-8 than in any
    other encoding: its other lines are broken. Else its words are read in each encoding that
    spreadsheets write; the one that makes words of them is the file's.

    Args:
        path: the file.
        name: how messages call it.
        rule: what people said about it.

    Raises:
        EncodingUnclear: it reads well in two encodings, or in none.
    """
    if rule.name is not None:
        return FoundEncoding(name=rule.name, by="set")
    if _is_utf8(path):
        return FoundEncoding(name="utf-8", by="found")
    words = gather_words(path)
    readings = compare(words.other) if words.other else ()
    strangers = _count_utf8_only(words, readings)
    if strangers and strangers >= _count_sensible(readings):
        return FoundEncoding(name="utf-8", by="found")
    if not readings and _are_stray(words.other):
        return FoundEncoding(name="utf-8", by="guessed")
    if len(readings) == 1 or (readings and rule.guess):
        likeliest = readings[0].encodings[0]
        return FoundEncoding(name=likeliest, by="guessed", mixed=strangers > 0)
    if rule.guess:
        return FoundEncoding(name="utf-8", by="guessed")
    raise _unclear(name, rule, _examples(words.other, readings))


def _are_stray(words: Sequence[bytes]) -> bool:
    """Whether words that make sense in no encoding are slips in a file of plain text."""
    return len(words) <= _STRAY_WORDS and all(
        sum(byte >= 0x80 for byte in word) <= _STRAY_BYTES for word in words
    )


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _count_utf8_only(words: Words, readings: Sequence[Candidate]) -> int:
    """Count the words in UTF-8 that make no sense in the likeliest other encoding."""
    if not readings:
        return len(words.utf8)
    encoding = readings[0].encodings[0]
    texts = (word.decode(encoding, errors="replace") for word in words.utf8)
    return sum("\ufffd" in text or judge(text, CANDIDATES[encoding]).weight < 0 for text in texts)


def _count_sensible(readings: Sequence[Candidate]) -> int:
    return sum(each.weight > 0 for each in readings[0].judgements) if readings else 0


def _examples(words: Sequence[bytes], readings: Sequence[Candidate]) -> Mapping[str, str]:
    """Return encoding → how one and the same word reads in it, the likeliest first."""
    if readings:
        shown = readings[:_SHOWN]
        word = max(
            range(len(words)),
            key=lambda at: (_count_different([each.texts[at] for each in shown]), len(words[at])),
        )
        return {each.encodings[0]: each.texts[word] for each in shown}
    import chardet  # its models take a while, and most files are UTF-8

    longest = max(words, key=len)
    found = chardet.detect_all(b" ".join(words), ignore_threshold=True, compat_names=False)
    names = [str(each["encoding"]) for each in found if each["encoding"]][: _SHOWN - 1]
    return {name: longest.decode(name, errors="replace") for name in names}


def _count_different(texts: Sequence[str]) -> int:
    return sum(first != second for first, second in pairwise(texts))


def _unclear(name: str, rule: EncodingRule, examples: Mapping[str, str]) -> EncodingUnclear:
    pairs = [f'"{text[:_SHOWN_LETTERS]}" ({encoding})' for encoding, text in examples.items()]
    first = next(iter(examples), "windows-1252")
    return EncodingUnclear(
        f"The encoding of {name} is not clear: it may read {' or '.join(pairs)}.",
        hint=f"Set {SETTING}={rule.key or name}={first}, or to the other encoding, "
        "and run again; or save the file as UTF-8.",
    )
