"""The `learnworlds` source: the courses of a school, who is in them and what they handed in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gradeline.base.clock import now
from gradeline.records.course_list import CourseList, plain
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.learnworlds.api import LearnWorldsApi
from gradeline.sources.learnworlds.changes import Touched, touched
from gradeline.sources.learnworlds.checkpoint import Look, Looks
from gradeline.sources.learnworlds.courses import ListedCourse, Place, listed, places
from gradeline.sources.learnworlds.fetch import Fetcher
from gradeline.sources.learnworlds.read import read_slice
from gradeline.sources.learnworlds.streams import (
    SOURCE,
    VERSION,
    WHOLE_SCHOOL,
    row_tables,
    streams,
)
from gradeline.sources.source import Asked, Kind, RawFile, Reading

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: What a course is asked for, in the order of loading.
_OF_COURSE = ("contents", "users", "grades", "responses")
#: Late work of a finished course is still looked for so many days after its last day.
_LATE_DAYS = 30


def meaning(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the facts; their column `source_name` says of which source."""
    from gradeline.sources.learnworlds import to_canonical  # brings Ibis

    return to_canonical.meaning(streams)


#: What all LearnWorlds schools share.
LEARNWORLDS = Kind(tables=row_tables(), meaning=meaning)


@dataclass(frozen=True, kw_only=True)
class School:
    """How this school is to be read."""

    book: CourseList = field(default_factory=CourseList)  #: what people wrote in cursos.yml
    timezone: str = "UTC"  #: SCHOOL_TIMEZONE


def open_learnworlds(api: LearnWorldsApi, school: School) -> LearnWorldsSource:
    """The source named `learnworlds`; asks for nothing yet."""
    return LearnWorldsSource(api, school)


class LearnWorldsSource:
    """One school. Slices are courses: `learnworlds/grades/Matematicas/nivel-1-m30m`.

    The school tells what is, not what was. So every run asks for every course again, but for one
    whose last day in cursos.yml is 30 days past and that was asked for since.
    """

    name = SOURCE
    lists_all = False
    parallel = 4
    reads_ahead = False

    def __init__(self, api: LearnWorldsApi, school: School) -> None:
        self.streams: Mapping[str, Stream] = streams()
        self._api = api
        self._school = school
        self._fetcher = Fetcher(api, None)
        self._listed: Mapping[str, bytes] = {}

    def slices(self, asked: Asked) -> Iterator[PlannedSlice]:
        """The list of courses, the suspended people, and four slices for each course.

        Asks the school for its list of courses. With `asked.courses` only these are planned
        beside the list.

        Raises:
            SourceRefused, SourceAway, WrongAnswer: the list did not come.
        """
        instant = asked.now or now()
        self._fetcher = Fetcher(self._api, asked.earlier)
        self._listed = self._fetcher.courses()
        found = places(listed(self._listed.values()), self._school.book)
        told = {course: place.told() for course, place in sorted(found.items())}
        content = [VERSION, told, sorted(map(_digest, self._listed.values()))]
        detail: dict[str, object] = {"places": told, "reader": _digest(repr([VERSION, told]))}
        yield PlannedSlice(
            slice=Slice(source=self.name, stream="courses", window=WHOLE_SCHOOL),
            fingerprint=_digest(json.dumps(content)),
            detail=detail,
        )
        zone = self._school.timezone
        yield PlannedSlice(
            slice=Slice(source=self.name, stream="suspended", window=WHOLE_SCHOOL),
            fingerprint=f"{VERSION} {instant.isoformat()}",
            detail={**detail, "reader": _digest(repr([VERSION, told, zone]))},
        )
        for course, place in sorted(found.items()):
            if asked.courses is None or plain(place.course_id) in set(map(plain, asked.courses)):
                yield from self._of_course(course, place, instant)

    def _of_course(self, course: str, place: Place, instant: datetime) -> Iterator[PlannedSlice]:
        reader = f"{VERSION} {self._school.timezone}"
        today = instant.astimezone(ZoneInfo(self._school.timezone)).date()
        asked_at = "finished" if _is_finished(place.ends_on, today) else instant.isoformat()
        for stream in _OF_COURSE:
            yield PlannedSlice(
                slice=Slice(source=self.name, stream=stream, window=place.course_id),
                fingerprint=f"{reader} {asked_at}",
                detail={
                    "course": course,
                    "course_id": place.course_id,
                    "category": place.category,
                    "reader": reader,
                },
            )

    def fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """The slice's records, each once, whatever moved while they were read.

        Raises:
            SourceRefused: the school does not let us in; the setting is named.
            SourceAway: no whole answer came.
            WrongAnswer: what came is nothing that the school documents.
        """
        if planned.slice.stream == "courses":
            return self._fetcher.kept(planned, self._listed or self._fetcher.courses(), spool)
        return self._fetcher.fetch(planned, str(planned.detail.get("course", "")), spool)

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each record; the good ones go to `facts`, in the order of their ids.

        Raises:
            WrongAnswer: a file as a whole cannot be read.
        """
        return read_slice(planned, raws, facts, ZoneInfo(self._school.timezone))

    def meaning(self, streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
        """What the streams' facts mean as canonical tables; runs nothing."""
        from gradeline.sources.canonical import of_source  # brings Ibis

        return meaning(of_source(streams, self.name))

    def looks(self, folder: Path) -> Looks:
        """What a folder of the home remembers of following this school."""
        return Looks(folder, self._api.address)

    def touched(self, look: Look) -> Touched:
        """The courses of those who did something since that look, by the school's log of events.

        Raises:
            SourceRefused, SourceAway, WrongAnswer: the log did not come.
        """
        fetcher = Fetcher(self._api, None)
        found = places(listed(fetcher.courses().values()), self._school.book)
        return touched(self._api, fetcher, found, look)

    def listed(self) -> Sequence[tuple[bytes, ListedCourse]]:
        """Every course of the school: its record as received, and what is read of it.

        Raises:
            SourceRefused, SourceAway, WrongAnswer: the list did not come.
        """
        records = self._api.records("courses", sized=False)
        return [(records[each.id], each) for each in listed(records.values())]

    def stop(self) -> None:
        """Questions under way end soon, with an error."""
        self._api.stop()


def _is_finished(ends_on: date | None, today: date) -> bool:
    return ends_on is not None and ends_on + timedelta(days=_LATE_DAYS) < today


def _digest(content: str | bytes) -> str:
    told = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(told).hexdigest()
