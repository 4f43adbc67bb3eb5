"""Read the bot's records: one row of facts for each answer, and for each learner in a group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import pyarrow as pa

from gradeline.records.bot_answers import BOT_ANSWERS
from gradeline.records.ids import normalize_id
from gradeline.records.responses import cut_response
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.sources.reading.fact_writer import DuplicateKey, Row, SliceWriter
from gradeline.sources.source import Reading

#: A longer time is none in which somebody answered; in milliseconds, 30 days.
_LONGEST_MS = 30 * 86_400_000

_POSITION = pa.field(POSITION_COLUMN, pa.int64(), nullable=False)
_ANSWER_COLUMNS = (
    pa.field("client_id", pa.string(), nullable=False),
    pa.field("activity_id", pa.int64(), nullable=False),
    pa.field("number", pa.int32(), nullable=False),
    pa.field("course", pa.string(), nullable=False),
    pa.field("course_title", pa.string(), nullable=False),
    pa.field("level", pa.string(), nullable=False),
    pa.field("weight", pa.int32(), nullable=False),
    pa.field("word_id", pa.string(), nullable=False),
    pa.field("word_title", pa.string(), nullable=False),
    pa.field("category", pa.string()),
    pa.field("answered_at", pa.timestamp("us", tz="UTC"), nullable=False),
    pa.field("answered_on", pa.date32(), nullable=False),
    pa.field("correct", pa.bool_(), nullable=False),
    pa.field("hints", pa.int32(), nullable=False),
    pa.field("duration_s", pa.decimal128(12, 3)),
    pa.field("response", pa.string()),
)
_LEARNER_COLUMNS = (
    pa.field("client_id", pa.string(), nullable=False),
    pa.field("name", pa.string()),
    pa.field("group_id", pa.string()),
    pa.field("group_name", pa.string()),
    pa.field("joined_on", pa.date32()),
)


def _facts(columns: tuple[pa.Field, ...]) -> pa.Schema:
    return pa.schema([pa.field(SLICE_COLUMN, pa.string(), nullable=False), _POSITION, *columns])


def _rows(name: str, columns: tuple[pa.Field, ...]) -> RowTable:
    slice_id = pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False)
    return RowTable(
        name=name,
        schema=pa.schema([slice_id, _POSITION, *columns]),
        key=(SLICE_ID_COLUMN, POSITION_COLUMN),
    )


ANSWER_FACTS, LEARNER_FACTS = _facts(_ANSWER_COLUMNS), _facts(_LEARNER_COLUMNS)
ANSWERS = _rows("vocabulary_answers", _ANSWER_COLUMNS)
LEARNERS = _rows("vocabulary_learners", _LEARNER_COLUMNS)


class _Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as its raw record has it."""

    client_id: int
    activity_id: int
    number: int
    word_id: int
    word: str
    translation: str
    level: str
    weight: int | None  #: None = no level of study is called so
    category: str | None
    asked_at: datetime | None  #: of UTC, without a zone
    answered_at: datetime
    answer: str
    correct: bool
    hints: int
    duration_ms: int | None


class _Learner(msgspec.Struct, frozen=True, kw_only=True):
    """A learner, in one of their groups if any, as the raw record has it."""

    client_id: int
    name: str | None
    group_id: str | None
    group_name: str | None  #: None = no code of the group is left
    joined_at: datetime | None  #: of UTC, without a zone


_Record = TypeVar("_Record", _Answer, _Learner)


class VocabularyReader:
    """Reads raw records of the bot."""

    def __init__(self, timezone: str, title: Callable[[str], str]) -> None:
        self._zone = ZoneInfo(timezone)
        self._title = title

    def answers(self, planned: PlannedSlice, path: Path, facts: Path) -> Reading:
        """Write the answers of a day."""
        with SliceWriter(facts, planned.slice, ANSWER_FACTS) as writer:
            for place, raw, one in _records(path, _Answer, writer):
                try:
                    row = self._answer(one)
                    writer.add(
                        row,
                        key=(one.activity_id, one.number),
                        content=raw,
                        course=f"{BOT_ANSWERS}/{row['course']}",
                        at=row["answered_at"],
                    )
                except DuplicateKey:
                    writer.reject(place, "duplicate_key: the question has another answer", raw)
                except ValueError as error:
                    writer.reject(place, str(error), raw)
            return writer.finish()

    def learners(self, planned: PlannedSlice, path: Path, facts: Path) -> Reading:
        """Write the learners, a row for each group of theirs."""
        with SliceWriter(facts, planned.slice, LEARNER_FACTS) as writer:
            for place, raw, one in _records(path, _Learner, writer):
                joined = one.joined_at
                row = {
                    "client_id": str(one.client_id),
                    "name": one.name,
                    "group_id": one.group_id,
                    "group_name": one.group_name or one.group_id,
                    "joined_on": joined
                    and joined.replace(tzinfo=UTC).astimezone(self._zone).date(),
                }
                try:
                    writer.add(row, key=(one.client_id, one.group_id or ""), content=raw)
                except DuplicateKey:
                    writer.reject(place, "duplicate_key: they are in the group already", raw)
            return writer.finish()

    def _answer(self, one: _Answer) -> Row:
        """Return the row of an answer.

        Raises:
            ValueError: it is impossible; the message begins with a code.
        """
        level = normalize_id(one.level)
        if one.weight is None or not level:
            raise ValueError(f"unknown_level: no level of study is called {one.level[:40]!r}")
        if one.asked_at is not None and one.asked_at > one.answered_at:
            raise ValueError(f"contradiction: it was asked at {one.asked_at}, after its answer")
        if one.duration_ms is not None and not 0 <= one.duration_ms <= _LONGEST_MS:
            raise ValueError(f"out_of_range: duration_ms is {one.duration_ms}")
        at = one.answered_at.replace(tzinfo=UTC)
        return {
            "client_id": str(one.client_id),
            "activity_id": one.activity_id,
            "number": one.number,
            "course": course_of(level),
            "course_title": self._title(level),
            "level": level,
            "weight": one.weight,
            "word_id": str(one.word_id),
            "word_title": f"{one.word} – {one.translation}",
            "category": normalize_id(one.category or "") or None,
            "answered_at": at,
            "answered_on": at.astimezone(self._zone).date(),
            "correct": one.correct,
            "hints": one.hints,
            "duration_s": None if one.duration_ms is None else Decimal(one.duration_ms) / 1000,
            "response": cut_response(one.answer),
        }


def course_of(level: str) -> str:
    """Return the course of a level within the category: `a1`; it is the name of a folder."""
    return level.lower().replace("/", "-")


def _records(
    path: Path, kind: type[_Record], writer: SliceWriter
) -> Iterator[tuple[str, bytes, _Record]]:
    """Yield the records of a file, each with its place and bytes; others are rejected.

    A line of a learner who was erased is empty, and so keeps the numbers of the others.
    """
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            raw, place = line.strip(), f"{path.name}, line {number}"
            if not raw:
                continue
            try:
                yield place, raw, decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                writer.reject(place, f"bad_value: {error}", raw)
