"""Fetch the records of each slice of LearnWorlds and write them as raw files.

The school gives its current state, in pages that shift while they are read. So a raw file is not
a page: it holds each record once, its bytes as received, one a line, in the order of their ids.
An unchanged state gives the same file, which the lake stores once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Lock

import msgspec

from gradeline.records.slices import PlannedSlice, Slice
from gradeline.sources.learnworlds.api import LearnWorldsApi, join_path
from gradeline.sources.learnworlds.errors import NotFound
from gradeline.sources.learnworlds.pages import decode
from gradeline.sources.learnworlds.records import CONTENTS, ENROLMENTS, Enrolment, graded_units
from gradeline.sources.source import LoadedRaws, RawFile

_log = logging.getLogger(__name__)

_LEADING, _SEPARATOR, _CLOSING = b"[\n", b",\n", b"\n]\n"


class _User(msgspec.Struct):
    id: str


class _ListedEnrolment(msgspec.Struct):
    course: _User
    created: msgspec.Raw = msgspec.Raw(b"null")
    expires: msgspec.Raw = msgspec.Raw(b"null")


_USERS = msgspec.json.Decoder(_User)
_LISTED_ENROLMENTS = msgspec.json.Decoder(_ListedEnrolment)


class Fetcher:
    """Fetches the slices of one plan; threads may share it.

    Args:
        api: the school.
        courses: the records of its list of courses, by id, as it came for the plan.
        loaded_raws: gives the raw files that a slice was loaded from.
    """

    def __init__(
        self,
        api: LearnWorldsApi,
        courses: Mapping[str, bytes],
        loaded_raws: LoadedRaws | None = None,
    ) -> None:
        self._api = api
        self._courses = courses
        self._loaded_raws = loaded_raws
        self._courses_of: dict[str, Mapping[str, Enrolment]] = {}
        self._asking: dict[str, Lock] = {}
        self._lock = Lock()

    def fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the slice's records, each once, whatever moved while they were read.

        Raises:
            SourceRefused: the school does not let us in; the setting is named.
            SourceUnavailable: no whole answer came.
            WrongAnswer: what came is nothing that the school documents.
        """
        found = _Files(planned.slice, spool)
        course = str(planned.detail.get("course", ""))
        match planned.slice.stream:
            case "courses":
                found.put_lines("records", (self._courses[key] for key in sorted(self._courses)))
            case "contents":
                found.put("contents", self._api.one(join_path("courses", course, "contents")))
            case "grades":
                self._list(found, join_path("courses", course, "grades"))
            case "users":
                self._users(found, course)
            case "suspended":
                self._suspended(found)
            case "responses":
                self._responses(found, course)
        return found.raws

    def _list(self, found: _Files, path: str) -> None:
        records = self._api.records(path)
        if records:
            found.put_lines("records", (records[key] for key in sorted(records)))

    def _users(self, found: _Files, course: str) -> None:
        """The course's own list, and the enrolments of those who are new in it."""
        records = self._api.records(join_path("courses", course, "users"))
        if not records:
            return
        known = self._known(found.slice, found.spool)
        for user_id in _ids(records.values()):
            if (user_id, course) not in known:
                of_user = self._enrolments(user_id)
                known[user_id, course] = of_user.get(course) or Enrolment(
                    user_id=user_id, course=course
                )
        found.put_lines("users", (records[key] for key in sorted(records)))
        found.put_lines("enrolments", (msgspec.json.encode(known[key]) for key in sorted(known)))

    def _suspended(self, found: _Files) -> None:
        """Suspended people are in no course's list: each new one is asked for their courses."""
        asked = {"status": "suspended", "include_suspended": "true"}
        records = self._api.records("users", asked)
        if not records:
            return
        known = self._known(found.slice, found.spool)
        asked_before = {user_id for user_id, _ in known}
        for user_id in _ids(records.values()):
            if user_id not in asked_before:
                of_user = self._enrolments(user_id)
                known[user_id, ""] = Enrolment(user_id=user_id, course="")
                known |= {(user_id, course): each for course, each in of_user.items()}
        found.put_lines("users", (records[key] for key in sorted(records)))
        found.put_lines("enrolments", (msgspec.json.encode(known[key]) for key in sorted(known)))

    def _responses(self, found: _Files, course: str) -> None:
        """The responses to each assessment; one that the school does not give out has none."""
        content = self._api.one(join_path("courses", course, "contents"))
        units = graded_units(decode(content, CONTENTS, "the contents of a course"))
        found.put_lines("responses", self._of_units(units))

    def _of_units(self, units: Sequence[str]) -> Iterator[bytes]:
        for unit in units:
            try:
                records = self._api.records(join_path("assessments", unit, "responses"))
            except NotFound:
                # Some schools have to be let in by the vendor: then the grades speak.
                _log.info("LearnWorlds gives no responses to assessment %s; grades count", unit)
                continue
            name = msgspec.json.encode(unit)
            for key in sorted(records):
                yield b'{"assessment":%s,"response":%s}' % (name, records[key])

    def enrolled_courses(self, user_id: str) -> Sequence[str]:
        """Return the courses that a person is in."""
        return sorted(self._enrolments(user_id))

    def _enrolments(self, user_id: str) -> Mapping[str, Enrolment]:
        """Return a person's enrolments by course; each person is requested once per plan."""
        with self._lock:
            mine = self._asking.setdefault(user_id, Lock())
        with mine:
            if user_id not in self._courses_of:
                self._courses_of[user_id] = self._asked_enrolments(user_id)
            return self._courses_of[user_id]

    def _asked_enrolments(self, user_id: str) -> Mapping[str, Enrolment]:
        path = join_path("users", user_id, "courses")
        asked = {"include_suspended": "true"}
        try:
            records = self._api.records(path, asked, sized=False)
        except NotFound:
            return {}  # gone since the list was read
        found: dict[str, Enrolment] = {}
        for record in records.values():
            parsed = decode(record, _LISTED_ENROLMENTS, "an enrolment")
            each = decode(
                b'{"user_id":%s,"course":%s,"created":%s,"expires":%s}'
                % (
                    msgspec.json.encode(user_id),
                    msgspec.json.encode(parsed.course.id),
                    bytes(parsed.created),
                    bytes(parsed.expires),
                ),
                ENROLMENTS,
                "an enrolment",
            )
            found[parsed.course.id] = _earliest(found.get(parsed.course.id), each)
        return found

    def _known(self, slice_: Slice, spool: Path) -> dict[tuple[str, str], Enrolment]:
        """Return the enrolments in the slice's loaded raw files."""
        raws = self._loaded_raws(slice_, spool) if self._loaded_raws is not None else ()
        return read_enrolments(raws[1]) if len(raws) == 2 else {}


class _Files:
    """The raw files of one slice."""

    def __init__(self, slice_: Slice, spool: Path) -> None:
        self.slice = slice_
        self.spool = spool
        self.raws: list[RawFile] = []

    def put(self, name: str, content: bytes) -> None:
        """Write a file of these bytes."""
        path = self.spool / f"{name}.json"
        path.write_bytes(content)
        self._add(path)

    def put_lines(self, name: str, records: Iterable[bytes]) -> None:
        """Write a JSON array with a record a line; no file where there are no records."""
        path = self.spool / f"{name}.json"
        lines = iter(records)
        first = next(lines, None)
        if first is None:
            return
        with path.open("wb") as file:
            file.write(_LEADING + first)
            for line in lines:
                file.write(_SEPARATOR + line)
            file.write(_CLOSING)
        self._add(path)

    def _add(self, path: Path) -> None:
        raw = RawFile(
            path=path, stream=self.slice.stream, window=self.slice.window, extension="json"
        )
        self.raws.append(raw)


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the records of a raw file, one by one."""
    with path.open("rb") as file:
        for line in file:
            record = line.rstrip(b"\n").removesuffix(b",")
            if record not in (b"[", b"]"):
                yield record


def read_enrolments(path: Path) -> dict[tuple[str, str], Enrolment]:
    """Return the enrolments of a raw file, by person and course."""
    found = (decode(line, ENROLMENTS, "an enrolment") for line in read_lines(path))
    return {(each.user_id, each.course): each for each in found}


def _ids(records: Iterable[bytes]) -> Iterator[str]:
    """Yield the ids of those records that have one."""
    for record in records:
        try:
            yield _USERS.decode(record).id
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # goes to quarantine when it is read


def _earliest(one: Enrolment | None, other: Enrolment) -> Enrolment:
    """Return the earlier of two enrolments in one course."""
    if one is None or one.created is None:
        return other
    return one if other.created is None or one.created <= other.created else other
