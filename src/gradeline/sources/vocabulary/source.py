"""The `vocabulary` source: what learners answer the vocabulary bot, by day of UTC.

The answers lie in tables of our own database, which the source is given a way to read. A day is
read again when anything in it changed: an answer, its word, or the level of that word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from gradeline.records.bot_answers import BOT_ANSWERS
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.source import Kind, Plan, PlanRequest, RawFile, Reading
from gradeline.sources.vocabulary.read import (
    ANSWER_FACTS,
    ANSWERS,
    LEARNER_FACTS,
    LEARNERS,
    VocabularyReader,
)
from gradeline.sources.windows import DAY

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = BOT_ANSWERS
#: Raised when reading changes, so that every day is read again.
VERSION = 1
_ANSWERS, _LEARNERS = "answers", "learners"
#: The window of the learners, who are read as they are now.
_ALL = "all"


class BotTables(Protocol):
    """The tables of the bot, as the source reads them."""

    def answer_days(self) -> Mapping[str, str]:
        """Return each day of UTC with answers, `2026-11-30`, and a digest of all it holds.

        Days that had answers before and have none now are among them, with an empty digest.

        Raises:
            SourceError: the tables are not there, or not whole.
        """

    def learners_digest(self) -> str:
        """Return a digest of all learners who answered; empty = there are none."""

    def read(self, stream: str, window: str) -> Iterator[str]:
        """Yield the records of a stream and window as JSON, each a line, in one order."""


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map facts to canonical tables, as `vocabulary.to_canonical` documents."""
    from gradeline.sources.vocabulary.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


#: What there is to know of this kind.
VOCABULARY = Kind(
    tables=MappingProxyType({_ANSWERS: ANSWERS, _LEARNERS: LEARNERS}),
    to_canonical=to_canonical,
    learner_fields=frozenset({"client_id"}),
)


@dataclass(frozen=True, kw_only=True)
class SchoolTerms:
    """How the school's days and courses are told."""

    timezone: str  #: SCHOOL_TIMEZONE
    title: Callable[[str], str]  #: the title of the course of a level, by the level's name


class VocabularySource:
    """The bot's answers. Slices are `vocabulary/answers/2026-11-30` and `vocabulary/learners/all`.

    All of them are planned, whatever span is asked for: to find what changed costs one query.
    """

    name = NAME
    lists_all = True
    parallel = 1
    reads_ahead = False

    def __init__(self, tables: BotTables, terms: SchoolTerms) -> None:
        self.streams: Mapping[str, Stream] = {
            _ANSWERS: Stream(
                name=_ANSWERS, schema=ANSWER_FACTS, tables=(ANSWERS,), version=VERSION
            ),
            _LEARNERS: Stream(
                name=_LEARNERS, schema=LEARNER_FACTS, tables=(LEARNERS,), version=VERSION
            ),
        }
        self._tables = tables
        self._reader = VocabularyReader(terms.timezone, terms.title)
        #: what facts depend on beside the bytes
        self._told = f"{NAME} {VERSION} {terms.timezone} {terms.title('')}"

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - see the class
        """Plan each day that has or had answers, and the learners.

        Raises:
            SourceError: the tables of the bot cannot be read.
        """
        days = self._tables.answer_days()
        slices = [self._planned(_ANSWERS, day, days[day]) for day in sorted(days)]
        if slices:
            slices.append(self._planned(_LEARNERS, _ALL, self._tables.learners_digest()))
        return Plan(slices=slices, fetch=self._fetch)

    def _planned(self, stream: str, window: str, digest: str) -> PlannedSlice:
        starts_at = None
        if stream == _ANSWERS:
            starts_at = datetime.fromisoformat(window).replace(tzinfo=UTC)
        return PlannedSlice(
            slice=Slice(source=self.name, stream=stream, window=window),
            fingerprint=hashlib.sha256(f"{self._told} {digest}".encode()).hexdigest(),
            starts_at=starts_at,
            ends_at=None if starts_at is None else starts_at + DAY,
            reader=self._told,
        )

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Write the records of the slice, one JSON a line; no file = there are none.

        Raises:
            SourceError: the tables of the bot cannot be read.
        """
        stream, window = planned.slice.stream, planned.slice.window
        path = spool / f"{stream}.ndjson"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in self._tables.read(stream, window))
        if not path.stat().st_size:
            return []
        return [RawFile(path=path, stream=stream, window=window, extension="ndjson")]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the rows of the records to `facts`; what is impossible is rejected."""
        (path,) = raws
        read = self._reader.answers if planned.slice.stream == _ANSWERS else self._reader.learners
        return read(planned, path, facts)

    def stop(self) -> None:
        """Do nothing: a query is soon over."""
