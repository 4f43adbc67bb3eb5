"""What keeps records out of the figures of a course: ids of nobody, data that waits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ExampleId:
    """An id that no table names."""

    missing: str  #: the id as records give it
    similar: str | None = None  #: an id that a table names and that looks like it


@dataclass(frozen=True, kw_only=True)
class UnmatchedRows:
    """Rows that figures of a course leave out, for what they point at is not there.

    `reason` says what: `course` (no courses row names their course), `no_course` (they name none),
    `learner` (no row of learners or memberships names their learner), `enrolment` (their learner
    has no membership of the course), `unlisted` (their learner counts as enrolled, since the course
    has no memberships, but is in no row of learners), `item` (no items row of the course names
    their item), `no_item` (they name none) or `future` (their day is to come).
    """

    course_id: str  #: empty = they are of none
    table: str  #: `attempts`, `events` or `memberships`
    reason: str
    rows: int
    ids: int  #: different ids that are missing; learners where there is no id, days to come
    examples: tuple[ExampleId, ...]  #: some of them, those of most rows first


@dataclass(frozen=True, kw_only=True)
class WaitingRecords:
    """Records of one stream that are in quarantine, and so in no figure."""

    source: str
    stream: str
    records: int  #: how many wait
    received: int  #: all that came with them
    reasons: tuple[tuple[str, int], ...]  #: (code, records), most first
    of_course: bool  #: all are of this course; else they are of data that it is a part of
    held: bool = False  #: they keep whole slices on hold


@dataclass(frozen=True, kw_only=True)
class FailedSlices:
    """Slices of one stream whose newest content could not be loaded, for one reason."""

    source: str
    stream: str
    windows: tuple[str, ...]  #: the part of the stream that each is, e.g. a file
    reason: str = ""  #: in English, as a run prints it; empty in reports without names


@dataclass(frozen=True, kw_only=True)
class GuessedEncoding:
    """A text file whose encoding nothing told for sure."""

    source: str
    file: str  #: its name below the folder of its source
    encoding: str
