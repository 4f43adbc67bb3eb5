"""Leaving people out: raw bytes rewritten so that no record of them names certain learners.

Other records keep their bytes. A source whose raw files need more than this to be understood
says so itself (`Forgetful`); one that cannot be rewritten at all gives null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from gradeline.records.slices import PlannedSlice

#: A plain number, or a short word, may stand in any field and mean anything; a longer id may not.
_UNMISTAKABLE_FROM = 6
_BEFORE, _AFTER = "(?:^|[^0-9A-Za-z_])", "(?:$|[^0-9A-Za-z_])"
_NOBODY = r"[^\s\S]"
_EMAILS, _WORDS = re.compile(r"[\w.%+-]+@[\w.-]+"), re.compile(r"\w+")

#: Told of each record that is left out: where it stood, and its bytes.
Take = Callable[[str, bytes], None]
#: Whether a text is an id or e-mail of somebody who is to be left out.
Known = Callable[[str], bool]
#: A text longer than this is looked into only where nobody could understand its record.
_TEXT_MAX = 512


@dataclass(frozen=True, kw_only=True)
class Who:
    """Learners by what one source calls them."""

    ids: frozenset[str]  #: the source's own ids
    emails: frozenset[str] = field(default_factory=frozenset)  #: in lower case

    def __bool__(self) -> bool:
        """Whether anybody is meant."""
        return bool(self.ids or self.emails)

    def is_id(self, value: object) -> bool:
        """Whether a value of a learner's field is one of them; `11391.0` is `11391`."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = str(value)
        return text in self.ids or text.lower() in self.emails

    @cached_property
    def anywhere(self) -> str:
        """A pattern of what means them wherever it stands: e-mails, and ids that are no number."""
        return _pattern({*self.emails, *filter(is_unmistakable, self.ids)})

    @cached_property
    def at_all(self) -> str:
        """A pattern of whatever may mean them, for bytes that nobody could understand."""
        return _pattern({*self.emails, *self.ids})

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(self.anywhere)

    @cached_property
    def _at_all(self) -> re.Pattern[bytes]:
        return re.compile(self.at_all.encode())

    def named_in(self, text: str) -> bool:
        """Whether a text names one of them beyond doubt."""
        return self._anywhere.search(text) is not None

    def touched_by(self, raw: bytes) -> bool:
        """Whether bytes that nobody could understand may name one of them."""
        return self._at_all.search(raw) is not None


def is_unmistakable(learner: str) -> bool:
    """Whether an id means its learner wherever it stands: it is long, and no number."""
    return len(learner) >= _UNMISTAKABLE_FROM and not re.fullmatch(r"[\d.,+-]+", learner)


def _pattern(words: set[str]) -> str:
    listed = "|".join(re.escape(word) for word in sorted(words))
    return f"(?i){_BEFORE}(?:{listed}){_AFTER}" if words else _NOBODY


@runtime_checkable
class Forgetful(Protocol):
    """A source that knows by itself how its raw files name learners."""

    def learners_in(
        self, planned: PlannedSlice, raws: Sequence[Path], known: Known
    ) -> frozenset[str]:
        """The texts in a slice's raw files that are known, of those that may name a learner."""
        ...

    def without(
        self, planned: PlannedSlice, raws: Sequence[Path], who: Who, spool: Path, take: Take
    ) -> Sequence[Path] | None:
        """The raw files without these learners, in their order: rewritten ones lie in `spool`.

        Null where they name one of them and cannot be rewritten.
        """
        ...


def words_of(text: str) -> Iterator[str]:
    """The words of a text, each of which may be an id or an e-mail."""
    if "@" in text:
        yield from (word.strip(".+-") for word in _EMAILS.findall(text))
    yield from _WORDS.findall(text)


@dataclass(frozen=True, kw_only=True)
class Records:
    """How the records of a kind of source name learners."""

    fields: frozenset[str]  #: `Kind.learner_fields`

    def name(self, raw: bytes, who: Who) -> bool:
        """Whether a JSON record names one of them."""
        try:
            record = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return who.touched_by(raw)
        return self.told(record, who)

    def told(self, record: Any, who: Who) -> bool:
        """Whether a record that was parsed names one of them."""
        return any(
            (key in self.fields and who.is_id(value))
            or (isinstance(value, str) and who.named_in(value))
            for key, value in _leaves(record)
        )

    def learners(self, raw: bytes) -> Iterator[str]:
        """Every text of a JSON record that may be a learner's id or e-mail."""
        try:
            record = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            yield from words_of(raw.decode("utf-8", "replace"))
            return
        yield from self.candidates(record)

    def candidates(self, record: Any) -> Iterator[str]:
        """Every text of a record that was parsed that may be a learner's id or e-mail."""
        for key, value in _leaves(record):
            if key in self.fields:
                whole = isinstance(value, float) and value.is_integer()
                yield str(int(value)) if whole else str(value)
            elif isinstance(value, str) and len(value) <= _TEXT_MAX:
                yield from filter(is_unmistakable, {value, *words_of(value)})


def _leaves(record: Any) -> Iterator[tuple[str, Any]]:
    """Every value of a document that holds no others, with the name it stands under."""
    waiting: list[tuple[str, Any]] = [("", record)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((str(key), each) for key, each in value.items())
            yield from (("", str(key)) for key in value)
        elif isinstance(value, list):
            waiting.extend((name, each) for each in value)
        elif value is not None:
            yield name, value
