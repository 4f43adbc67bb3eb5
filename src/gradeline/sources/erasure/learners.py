"""Find learners in raw records, by the fields of a source and by texts that mean them anywhere.

A source whose raw files need more than this to be understood implements `ErasesLearners`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import msgspec

from gradeline.records.ids import normalize_email, normalize_id
from gradeline.records.slices import PlannedSlice

#: Shortest id, in characters, that means its learner in any field; a shorter one may be any word.
_UNMISTAKABLE_FROM = 6
_WORD_START, _WORD_END = "(?:^|[^0-9A-Za-z_])", "(?:$|[^0-9A-Za-z_])"
_NO_MATCH = r"[^\s\S]"
_NAME, _DOMAIN, _WORDS = re.compile(r"[\w.%+-]+"), re.compile(r"[\w.-]+"), re.compile(r"\w+")

#: Called for each record that is erased: its place and its bytes.
OnErased = Callable[[str, bytes], None]
#: Says whether a text is an id or e-mail of a learner to erase.
IsForgotten = Callable[[str], bool]
#: A longer text is searched for candidates only in a record that cannot be parsed; in characters.
_TEXT_MAX = 512


@dataclass(frozen=True, kw_only=True)
class LearnerIds:
    """Learners by their ids and e-mails in one source."""

    ids: frozenset[str]  #: the source's own ids, in their one spelling (`records.ids`)
    emails: frozenset[str] = field(default_factory=frozenset)  #: so too, in lower case

    def __bool__(self) -> bool:
        """Whether there is at least one."""
        return bool(self.ids or self.emails)

    def includes(self, value: object) -> bool:
        """Whether a value of a learner's field is one of them; ` 11391.0` is `11391`."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = str(value)
        return normalize_id(text) in self.ids or normalize_email(text) in self.emails

    @cached_property
    def anywhere(self) -> str:
        """Return a regex of what means them in any field: e-mails, and ids that are not numbers."""
        return _pattern({*self.emails, *filter(is_unmistakable, self.ids)})

    @cached_property
    def at_all(self) -> str:
        """Return a regex of all that may mean them, for bytes that cannot be parsed."""
        return _pattern({*self.emails, *self.ids})

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(self.anywhere)

    @cached_property
    def _at_all(self) -> re.Pattern[bytes]:
        return re.compile(self.at_all.encode())

    def is_named_in(self, text: str) -> bool:
        """Whether a text names one of them beyond doubt."""
        return self._anywhere.search(text) is not None

    def may_be_in(self, raw: bytes) -> bool:
        """Whether bytes that cannot be parsed may name one of them."""
        return self._at_all.search(raw) is not None


def is_unmistakable(learner: str) -> bool:
    """Whether an id means its learner in any field: it is long and not a number."""
    return len(learner) >= _UNMISTAKABLE_FROM and not re.fullmatch(r"[\d.,+-]+", learner)


def _pattern(words: set[str]) -> str:
    """Return a regex of whole words, each with its accents composed and as signs of their own."""
    spellings = {unicodedata.normalize(form, word) for word in words for form in ("NFC", "NFD")}
    listed = "|".join(re.escape(word) for word in sorted(spellings))
    return f"(?i){_WORD_START}(?:{listed}){_WORD_END}" if words else _NO_MATCH


@runtime_checkable
class ErasesLearners(Protocol):
    """A source that finds and erases learners in its raw files by itself."""

    def find_learners(
        self, planned: PlannedSlice, raws: Sequence[Path], is_forgotten: IsForgotten
    ) -> frozenset[str]:
        """Return the ids and e-mails in a slice's raw files for which `is_forgotten` is true."""
        ...

    def erase_learners(
        self,
        planned: PlannedSlice,
        raws: Sequence[Path],
        learners: LearnerIds,
        spool: Path,
        on_erased: OnErased,
    ) -> Sequence[Path] | None:
        """Erase learners from the raw files of a slice.

        Args:
            planned: the slice.
            raws: its raw files.
            learners: whom to erase.
            spool: the folder for files that are rewritten.
            on_erased: called for each record that is erased.

        Returns:
            The files without them, in their order; None where that is impossible.
        """
        ...


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, each of which may be an id or an e-mail."""
    text = unicodedata.normalize("NFC", text)  # a separate accent would end a word
    yield from _emails(text)
    yield from _WORDS.findall(text)


def _emails(text: str) -> Iterator[str]:
    """Yield what stands around each @: in time that grows with the text, not with its square."""
    for before, after in pairwise(text.split("@")):
        name, domain = _NAME.match(before[::-1]), _DOMAIN.match(after)
        if name and domain:
            yield f"{name[0][::-1]}@{domain[0]}".strip(".+-")


@dataclass(frozen=True, kw_only=True)
class RecordMatcher:
    """Finds learners in the records of one kind of source."""

    fields: frozenset[str]  #: `Kind.learner_fields`

    def matches(self, raw: bytes, record: Any, learners: LearnerIds) -> bool:
        """Whether a record names one of them; `record` is None if it could not be parsed."""
        if record is None:
            return learners.may_be_in(raw)
        return any(
            (key in self.fields and learners.includes(value))
            or (isinstance(value, str) and learners.is_named_in(value))
            for key, value in _leaves(record)
        )

    def candidates(self, raw: bytes, record: Any) -> Iterator[str]:
        """Yield every text of a record that may be a learner's id or e-mail."""
        if record is None:
            yield from words_of(raw.decode("utf-8", "replace"))
            return
        for key, value in _leaves(record):
            if key in self.fields:
                whole = isinstance(value, float) and value.is_integer()
                yield str(int(value)) if whole else str(value)
            elif isinstance(value, str) and len(value) <= _TEXT_MAX:
                yield from filter(is_unmistakable, {value, *words_of(value)})


def decode_json(raw: bytes) -> Any:
    """Return a JSON record; None if it cannot be parsed."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _leaves(record: Any) -> Iterator[tuple[str, Any]]:
    """Yield every scalar of a document with the name of its field."""
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
