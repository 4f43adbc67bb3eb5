"""The `learnworlds` source: courses, people and submissions of a school."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gradeline.base.clock import now
from gradeline.records.course_list import CourseList, plain
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.checkpoint import Checkpoint, CheckpointFile
from gradeline.sources.learnworlds.api import LearnWorldsApi
from gradeline.sources.learnworlds.courses import (
    Place,
    category_of,
    name_of,
    parse_courses,
    place_courses,
)
from gradeline.sources.learnworlds.event_log import find_changes
from gradeline.sources.learnworlds.fetch import Fetcher
from gradeline.sources.learnworlds.publish_raw import publish_raw
from gradeline.sources.learnworlds.read import Reader, read_slice
from gradeline.sources.learnworlds.streams import SOURCE, VERSION, WHOLE_SCHOOL, row_tables, streams
from gradeline.sources.source import (
    CourseChanges,
    Kind,
    LoadedRaws,
    OfferedCourse,
    Plan,
    PlanRequest,
    Reading,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: The streams of a course, in the order of loading.
_OF_COURSE = ("contents", "users", "grades", "responses")
#: Days after its last day in which late work of a course is still fetched.
_LATE_DAYS = 30


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map facts to canonical tables, as `learnworlds.to_canonical` documents."""
    from gradeline.sources.learnworlds.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


#: What all LearnWorlds schools share.
LEARNWORLDS = Kind(tables=row_tables(), to_canonical=to_canonical, publish_raw=publish_raw)


@dataclass(frozen=True, kw_only=True)
class School:
    """What people chose for this school."""

    book: CourseList = field(default_factory=CourseList)  #: what people wrote in cursos.yml
    timezone: str = "UTC"  #: SCHOOL_TIMEZONE
    group_tags: tuple[str, ...] = ()  #: LEARNWORLDS_GROUP_TAGS: how tags that are groups begin

    @property
    def reader(self) -> str:
        """Return what reading depends on, in one text."""
        tags = f" {'; '.join(self.group_tags)}" if self.group_tags else ""
        return f"{VERSION} {self.timezone}{tags}"


def open_learnworlds(api: LearnWorldsApi, school: School) -> LearnWorldsSource:
    """Open the source named `learnworlds`; sends no request yet."""
    return LearnWorldsSource(api, school)


class LearnWorldsSource:
    """One school. Slices are courses: `learnworlds/grades/Matematicas/nivel-1-m30m`.

    The school gives its current state only. So every run fetches every course again, except one
    whose last day in cursos.yml is 30 days past and that was fetched since.
    """

    name = SOURCE
    lists_all = False
    parallel = 4
    reads_ahead = False

    def __init__(self, api: LearnWorldsApi, school: School) -> None:
        self.streams: Mapping[str, Stream] = streams()
        self._api = api
        self._school = school

    def plan(self, request: PlanRequest) -> Plan:
        """Plan as `plan_reusing` does, and request everything again."""
        return self.plan_reusing(request, lambda _slice, _folder: ())

    def plan_reusing(self, request: PlanRequest, loaded_raws: LoadedRaws) -> Plan:
        """Plan the list of courses, the suspended people, and four slices for each course.

        Asks the school for its list of courses. With `request.courses` only these are planned
        beside the list. Enrolments that `loaded_raws` hold already are not asked for again.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: the list did not come.
        """
        instant = request.now or now()
        records = self._api.records("courses", sized=False)
        placed = place_courses(parse_courses(records.values()), self._school.book)
        places = {course: place.to_json() for course, place in sorted(placed.items())}
        slices = list(self._of_school(places, records.values(), instant))
        for course, place in sorted(placed.items()):
            if _is_requested(place.course_id, request.courses):
                slices += self._of_course(course, place, instant)
        return Plan(slices=slices, fetch=Fetcher(self._api, records, loaded_raws).fetch)

    def _of_school(
        self, places: Mapping[str, object], records: Iterable[bytes], instant: datetime
    ) -> Iterator[PlannedSlice]:
        yield PlannedSlice(
            slice=Slice(source=self.name, stream="courses", window=WHOLE_SCHOOL),
            fingerprint=_digest(json.dumps([VERSION, places, sorted(map(_digest, records))])),
            detail={"places": places},
            reader=_digest(repr([VERSION, places])),
        )
        yield PlannedSlice(
            slice=Slice(source=self.name, stream="suspended", window=WHOLE_SCHOOL),
            fingerprint=f"{VERSION} {instant.isoformat()}",
            detail={"places": places},
            reader=_digest(repr([places, self._school.reader])),
        )

    def _of_course(self, course: str, place: Place, instant: datetime) -> Iterator[PlannedSlice]:
        reader = self._school.reader
        today = instant.astimezone(ZoneInfo(self._school.timezone)).date()
        asked_at = "finished" if _is_finished(place.ends_on, today) else instant.isoformat()
        for stream in _OF_COURSE:
            yield PlannedSlice(
                slice=Slice(source=self.name, stream=stream, window=place.course_id),
                fingerprint=f"{reader} {asked_at}",
                detail={"course": course, "course_id": place.course_id, "category": place.category},
                reader=reader,
            )

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the rows of valid records to `facts`, in the order of their ids.

        Raises:
            WrongAnswer: a file as a whole cannot be read.
        """
        school = self._school
        reader = Reader(timezone=ZoneInfo(school.timezone), group_tags=school.group_tags)
        return read_slice(planned, raws, facts, reader)

    def checkpoint_file(self, folder: Path) -> CheckpointFile:
        """Return the file in a folder of the home that says how far this school was followed."""
        return CheckpointFile(folder, "LearnWorlds", self._api.address)

    def find_changes(self, last: Checkpoint) -> CourseChanges:
        """Find the courses of those with an event since then, by the school's log of events.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: the log did not come.
        """
        records = self._api.records("courses", sized=False)
        placed = place_courses(parse_courses(records.values()), self._school.book)
        return find_changes(self._api, Fetcher(self._api, records), placed, last)

    def list_courses(self) -> Sequence[OfferedCourse]:
        """List every course of the school.

        Raises:
            SourceRefused, SourceUnavailable, WrongAnswer: the list did not come.
        """
        records = self._api.records("courses", sized=False)
        return [
            OfferedCourse(
                record=records[course.id],
                course=name_of(course.id),
                category=category_of(course),
                categories=course.categories or (),
                title=course.title or course.id,
            )
            for course in parse_courses(records.values())
        ]

    def stop(self) -> None:
        """End requests under way soon, with an error."""
        self._api.stop()


def _is_requested(course_id: str, courses: frozenset[str] | None) -> bool:
    return courses is None or plain(course_id) in set(map(plain, courses))


def _is_finished(ends_on: date | None, today: date) -> bool:
    return ends_on is not None and ends_on + timedelta(days=_LATE_DAYS) < today


def _digest(content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()
