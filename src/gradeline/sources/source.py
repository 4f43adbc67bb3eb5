"""What every source gives: a plan of slices, their bytes, and typed facts.

A source knows neither the lake nor the warehouse nor the ledger; flows carry data between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from gradeline.records.counts import NO_RECORDS, Counts, LineCounts
from gradeline.records.course_list import CourseList
from gradeline.records.slices import PlannedSlice, RejectedRecord, Slice
from gradeline.records.streams import RowTable, Stream, ToCanonical
from gradeline.sources.checkpoint import Checkpoint, CheckpointFile


@dataclass(frozen=True, kw_only=True)
class PlanRequest:
    """What a run wants a source to plan."""

    since: datetime | None = None  #: first instant to plan, UTC
    until: datetime | None = None  #: the instant after the last one to plan, UTC
    courses: frozenset[str] | None = None  #: only these courses; None = all
    now: datetime | None = None  #: the current instant, UTC; None = the clock's
    #: stream → the instant up to which its runs have settled everything, UTC
    watermarks: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def backfill(self) -> bool:
        """Whether a person asked for a span of their own, which moves no watermark."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, kw_only=True)
class RawFile:
    """Bytes as received, checked to the end, ready to be put into the lake."""

    path: Path  #: the file on this machine
    stream: str  #: the stream part of their raw key
    window: str  #: the window part of their raw key
    extension: str  #: e.g. `csv`, `parquet`, `json`


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The result of reading a slice, beside the fact file."""

    counts: Counts
    broken: Iterable[RejectedRecord]  #: the records that could not be understood, read once
    checksum: str  #: order-free digest of the facts' rows
    courses: frozenset[str] | None  #: the courses its facts touch; None = unknown: all
    earliest: datetime | None = None  #: oldest `at` among its facts, UTC
    latest: datetime | None = None  #: newest `at` among its facts, UTC
    #: lines of its own files that could not be parsed and that another slice counts
    broken_elsewhere: int = 0
    #: rejected records that wait for others to come; they say nothing against the file
    waiting: int = 0
    #: lines that gave no row, or several; the ledger keeps them with the notes
    lines: tuple[LineCounts, ...] = ()
    #: what people should know of how it was read; the ledger keeps it. Under `encodings`: name of
    #: a text file → `name` of its encoding and `by`: `found`, `set` or `guessed`
    notes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PostContent:
    """What reading rows that were posted gave."""

    reading: Reading
    rows: int  #: rows that were sent
    batches: int  #: pieces that they were read and copied in


#: What the systems we know call the id of a learner.
LEARNER_FIELDS = frozenset(
    {"learner_id", "user_id", "lti_user_id", "ehr_id", "profile_id", "external_id"}
)

#: The reading of a slice without bytes, which is empty.
NOTHING = Reading(counts=NO_RECORDS, broken=(), checksum=f"{0:016x}", courses=frozenset())


#: Fetches one slice: called with it and a folder for files that must be written.
Fetch = Callable[[PlannedSlice, Path], Sequence[RawFile]]
#: Gives the raw files a slice was loaded from: called with the slice and a folder; empty if none.
LoadedRaws = Callable[[Slice, Path], Sequence[Path]]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The slices of a source that should exist now, and how to fetch them.

    `fetch` gives the whole, checked bytes of a slice as files; no file = the slice is empty. It
    may be called from several threads, in any order, and for a slice of the source that is not
    in `slices`. It raises NotReady where the system will have the data later, and another
    SourceError where nothing usable came; then it leaves nothing behind but in its folder.
    """

    slices: Sequence[PlannedSlice]  #: in the order they are best loaded
    fetch: Fetch


class Source(Protocol):
    """A system we read. Its methods may be repeated: they change nothing there."""

    name: str  #: e.g. `files:oulad`
    lists_all: bool  #: whether a plan names all there is, so that what it leaves out is gone
    parallel: int  #: slices that may be fetched at once, each in a thread
    reads_ahead: bool  #: whether the thread that fetched a slice reads it; else one at a time

    @property
    def streams(self) -> Mapping[str, Stream]:
        """The streams by name, each with its schema and the tables its rows go to."""

    def plan(self, request: PlanRequest) -> Plan:
        """Plan the slices that should exist now.

        Plans are independent of each other: making one changes nothing for those made before.

        Raises:
            SourceError: the source as a whole cannot be read.
        """

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the slice's typed rows to `facts` (Parquet, zstd, the stream's schema).

        Raises:
            SourceError: the bytes as a whole cannot be read; `facts` is not left behind.
        """

    def stop(self) -> None:
        """End fetches in other threads soon, with an error: the run cannot go on."""


@runtime_checkable
class ReusesLoadedRaws(Protocol):
    """A source that asks its system only for what it has not loaded before."""

    def plan_reusing(self, request: PlanRequest, loaded_raws: LoadedRaws) -> Plan:
        """Plan as `Source.plan` does; fetching takes from `loaded_raws` what it knows already."""


@dataclass(frozen=True, kw_only=True)
class OfferedCourse:
    """A course as its system lists it."""

    record: bytes  #: as received, JSON
    course: str  #: its name there, as one part of a course id
    category: str  #: its first category there, as one part of a course id
    categories: Sequence[str]  #: all its categories there, as spelled there
    title: str

    def category_in(self, book: CourseList) -> str:
        """Return the category of its entry in cursos.yml, else its own as spelled there."""
        entry = book.find_entry(self.course, self.categories)
        return book.spell_category(self.category) if entry is None else entry.category


@runtime_checkable
class ListsCourses(Protocol):
    """A source whose system has a list of courses."""

    def list_courses(self) -> Sequence[OfferedCourse]:
        """List every course there is.

        Raises:
            SourceError: the list did not come.
        """


@dataclass(frozen=True, kw_only=True)
class CourseChanges:
    """What changed at a source since a checkpoint."""

    courses: frozenset[str] | None  #: ids of courses to collect; None = all
    checkpoint: Checkpoint  #: how far the changes are known now


@runtime_checkable
class FollowsChanges(Protocol):
    """A source whose system tells what changed."""

    name: str  #: of the source

    def checkpoint_file(self, folder: Path) -> CheckpointFile:
        """Return the file in a folder of the home that holds the checkpoint of this system."""

    def find_changes(self, last: Checkpoint) -> CourseChanges:
        """Find the courses that changed since the checkpoint.

        Raises:
            SourceError: the system did not answer.
        """


@dataclass(frozen=True, kw_only=True)
class CourseFiles:
    """Files that people wrote and the courses that they belong to."""

    files: Mapping[str, str]  #: course id → its file, `Matematicas/lecciones.csv`
    unmatched: tuple[str, ...]  #: files that fit no course
    without_file: tuple[str, ...]  #: courses without a file


@runtime_checkable
class ReplacesPlans(Protocol):
    """A source of plans that people wrote, which replace those of other sources."""

    def match_courses(self) -> CourseFiles:
        """Find out which file belongs to which course, and what is left over."""


@dataclass(frozen=True, kw_only=True)
class RawDocument:
    """A file of a course's raw records, for people."""

    course_id: str
    name: str  #: e.g. `users.json`
    path: Path  #: the file; it may change when the next document is asked for


#: Writes raw records as documents: called with the loaded slices of a source, what gives their
#: raw files, and a folder.
PublishRaw = Callable[[Sequence[PlannedSlice], LoadedRaws, Path], Iterator[RawDocument]]


@dataclass(frozen=True, kw_only=True)
class RawSlice:
    """A slice and its raw files on this machine."""

    planned: PlannedSlice
    raws: Sequence[Path]  #: as they were fetched; none = it is empty


@runtime_checkable
class GivesRecords(Protocol):
    """A source whose raw records people take out as one file."""

    def join_records(self, slices: Iterable[RawSlice]) -> Iterator[bytes]:
        """Yield the bytes of one file with the records of some slices, each as it was received.

        Slices are taken one after another, so the next one may still be on its way while the
        records of the last one are read. An empty piece stands between slices: after it comes
        what has to be waited for.

        Raises:
            WrongAnswer: a raw file is not what the system documents.
            UnsafeArchive: a raw file is an archive that could do harm.
        """


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What all sources of one kind share: their tables and their mapping to canonical tables."""

    tables: Mapping[str, RowTable]  #: stream → the warehouse table of its rows
    #: maps facts of any of them, with their source as column `source_name`, to canonical tables
    to_canonical: ToCanonical
    #: fields of raw records, and columns of facts and rows, that hold a learner's own id
    learner_fields: frozenset[str] = LEARNER_FIELDS
    #: no key is twice in a slice, so `to_canonical` need not look for duplicates in a single one
    keys_once: bool = False
    posted_too: bool = False  #: an event of it may be posted as well, and then counts as posted
    replaces_plans: bool = False  #: its plans stand alone for the courses that have one
    #: which fields of raw records hold learners is known only by a source's own mapping
    learners_by_mapping: bool = False
    publish_raw: PublishRaw | None = None  #: makes documents of its raw records
