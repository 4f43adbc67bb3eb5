"""Encodings that spreadsheets and exports write, compared by how the words of a file read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from gradeline.sources.encodings.spelling import Judgement, judge

_WEST = ("es", "pt", "fr", "de", "it", "ca", "nl", "sv", "da", "is", "et")
_CENTRAL = ("pl", "cs", "sk", "hu", "ro", "hr", "de")
_CYRILLIC = ("ru", "uk", "be", "bg", "sr")
#: Encoding → the languages it is used for. Of those that read a file alike the first one is taken.
CANDIDATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "windows-1252": _WEST,
        "windows-1251": _CYRILLIC,
        "windows-1250": _CENTRAL,
        "iso-8859-15": _WEST,
        "iso-8859-2": _CENTRAL,
        "koi8-r": _CYRILLIC,
        "koi8-u": _CYRILLIC,
        "cp866": _CYRILLIC,
        "mac-roman": _WEST,
        "mac-cyrillic": _CYRILLIC,
        "iso-8859-5": _CYRILLIC,
        "cp850": _WEST,
        "cp852": _CENTRAL,
        "windows-1254": ("tr", "de", "fr"),
        "windows-1257": ("lt", "lv", "et", "de"),
        "windows-1253": ("el",),
        "windows-1255": ("he",),
        "windows-1256": ("ar",),
    }
)
#: What most files are written in that are not UTF-8.
_COMMON = frozenset({"windows-1252", "windows-1251", "windows-1250", "windows-1254"})
#: One reading against another: words that only it makes sense of, for one that only the other does.
_CLEARLY_MORE = 4
#: What a sign counts that makes sense in one reading only, e.g. `€`.
_SIGN = 0.1
#: chardet's confidence in one reading, as a multiple of that in another, that decides.
_CLEARLY_SURER = 2.0
#: The same where the one encoding is common and the other is rare.
_SURER = 1.1
#: The same where they differ in one word only.
_SURER_OF_ONE = 4.0


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """The words of a file as one or several encodings read them alike."""

    encodings: tuple[str, ...]
    texts: tuple[str, ...]  #: the words; bytes that the encoding does not have as U+FFFD
    judgements: tuple[Judgement, ...]  #: of each word

    @cached_property
    def sensible(self) -> int:
        """How many words make sense."""
        return sum(each.weight >= 0 for each in self.judgements)

    @cached_property
    def coverage(self) -> int:
        """How many words make sense in one and the same language, the best one."""
        languages = Counter(name for each in self.judgements for name in each.languages)
        return max(languages.values(), default=0)

    @property
    def weight(self) -> float:
        """The weight of the words that make sense."""
        return sum(max(each.weight, 0.0) for each in self.judgements)

    def is_better_than(self, other: Candidate) -> bool:
        """Whether it makes sense of clearly more of the words that the two read differently.

        Where each makes sense of all of them, the one that needs fewer languages is better.
        """
        mine = theirs = 0.0
        differ = 0
        for text, own, theirs_text, another in zip(
            self.texts, self.judgements, other.texts, other.judgements, strict=True
        ):
            if text == theirs_text:
                continue
            differ += 1
            mine += max(own.weight, _SIGN) if another.weight < 0 <= own.weight else 0
            theirs += max(another.weight, _SIGN) if own.weight < 0 <= another.weight else 0
        if mine or theirs:
            return mine > 0 and mine >= _CLEARLY_MORE * theirs
        lead = 1 if self.is_common and not other.is_common else 2
        return differ > 0 and self.coverage >= other.coverage + lead

    @property
    def is_common(self) -> bool:
        """Whether one of its encodings is common."""
        return not _COMMON.isdisjoint(self.encodings)


def compare(words: Sequence[bytes]) -> Sequence[Candidate]:
    """Return the readings of some words that are as good as the best one, the likeliest first.

    One reading = the words tell; several = they do not; none = no candidate makes sense of half
    of them.
    """
    readings = sorted(
        _readings(words), key=lambda reading: (reading.weight, reading.coverage), reverse=True
    )
    if readings[0].weight < 1:  # nothing but signs and single letters
        readings = [each for each in readings if each.is_common and each.sensible == len(words)]
        return readings if sum(each.weight for each in readings) else readings[:1]
    best, *others = readings
    if best.sensible * 2 <= len(words):
        return ()
    left = [best, *(other for other in others if not best.is_better_than(other))]
    return left if len(left) == 1 else _by_detector(words, left)


def _readings(words: Sequence[bytes]) -> Sequence[Candidate]:
    alike: dict[tuple[str, ...], list[str]] = {}
    for encoding in CANDIDATES:
        texts = tuple(word.decode(encoding, errors="replace") for word in words)
        alike.setdefault(texts, []).append(encoding)
    return [
        Candidate(
            encodings=tuple(names),
            texts=texts,
            judgements=tuple(_best_judgement(text, names) for text in texts),
        )
        for texts, names in alike.items()
    ]


def _best_judgement(text: str, encodings: Sequence[str]) -> Judgement:
    """Judge a text by the languages of all encodings that read the words alike."""
    found = [judge(text, CANDIDATES[name]) for name in encodings]
    return Judgement(
        weight=max(each.weight for each in found),
        languages=frozenset().union(*(each.languages for each in found)),
    )


def _by_detector(words: Sequence[bytes], left: Sequence[Candidate]) -> Sequence[Candidate]:
    """Let chardet's models of languages order readings; leave one if it is clearly the surest."""
    import chardet  # its models take a while, and most files are UTF-8

    found = chardet.detect_all(
        b" ".join(words),
        ignore_threshold=True,
        compat_names=False,
        include_encodings=[name for reading in left for name in reading.encodings],
    )
    sure = {each["encoding"]: each["confidence"] for each in found}
    scores = {
        reading: max(sure.get(_chardet_name(name), 0.0) for name in reading.encodings)
        for reading in left
    }
    first, *others = sorted(left, key=lambda reading: -scores[reading])
    return [
        first,
        *(other for other in others if not scores[first] >= _lead(first, other) * scores[other]),
    ]


def _lead(first: Candidate, other: Candidate) -> float:
    """Return how many times as sure chardet must be of one reading as of another."""
    differ = sum(text != another for text, another in zip(first.texts, other.texts, strict=True))
    expected = first.is_common and not other.is_common
    if differ < 2:  # its models are of sentences: of one word they say little
        return _SURER_OF_ONE if expected else math.inf
    return _SURER if expected else _CLEARLY_SURER


def _chardet_name(name: str) -> str:
    return name.replace("windows-", "cp").replace("iso-", "iso")
