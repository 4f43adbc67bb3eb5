"""The raw records of each course as three JSON files for people, made whole from the lake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gradeline.base.errors import WrongUse
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.sources.learnworlds.fetch import read_enrolments, read_lines
from gradeline.sources.learnworlds.streams import SOURCE, WHOLE_SCHOOL
from gradeline.sources.source import LoadedRaws, RawDocument

#: File → the stream whose records it holds.
_FILES: Mapping[str, str] = {
    "users.json": "users",
    "grades.json": "grades",
    "assessments.json": "responses",
}


class _User(msgspec.Struct):
    id: str


_USERS = msgspec.json.Decoder(_User)


def publish_raw(
    loaded: Sequence[PlannedSlice], loaded_raws: LoadedRaws, folder: Path
) -> Iterator[RawDocument]:
    """Write `users.json`, `grades.json` and `assessments.json` of each course the school lists.

    Each is a JSON array of the records as received, suspended people among the users. A file
    in `folder` is overwritten when the next one is asked for.
    """
    slices = {each.slice for each in loaded}
    records = _Records(loaded_raws, folder)
    for course_id in sorted({course for each in loaded for course in _listed_courses(each)}):
        for name, stream in _FILES.items():
            if Slice(source=SOURCE, stream=stream, window=course_id) in slices:
                path = folder / name
                _write_array(path, records.of_course(stream, course_id))
                yield RawDocument(course_id=course_id, name=name, path=path)


def _listed_courses(planned: PlannedSlice) -> Iterable[str]:
    """Return the courses that the school listed when the list's own slice was planned."""
    courses: Any = planned.detail.get("places", {}) if planned.slice.stream == "courses" else {}
    return (place["course_id"] for place in courses.values())


class _Records:
    """The raw records of courses."""

    def __init__(self, loaded_raws: LoadedRaws, folder: Path) -> None:
        self._loaded_raws = loaded_raws
        self._folder = folder
        self._suspended = self._files("suspended", WHOLE_SCHOOL)
        pairs = read_enrolments(self._suspended[1]) if len(self._suspended) == 2 else {}
        self._pairs = frozenset(pairs)

    def of_course(self, stream: str, course_id: str) -> Iterator[bytes]:
        """Yield the records of one stream of a course."""
        files = self._files(stream, course_id)
        yield from read_lines(files[0]) if files else ()
        if stream == "users":
            yield from self._suspended_in(course_id.partition("/")[2])

    def _suspended_in(self, course: str) -> Iterator[bytes]:
        for record in read_lines(self._suspended[0]) if self._suspended else ():
            if (_USERS.decode(record).id, course) in self._pairs:
                yield record

    def _files(self, stream: str, window: str) -> Sequence[Path]:
        slice_ = Slice(source=SOURCE, stream=stream, window=window)
        try:
            return self._loaded_raws(slice_, self._folder)
        except WrongUse:
            return ()  # a slice that no run has planned yet


def _write_array(path: Path, records: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.write(b"[")
        for number, record in enumerate(records):
            file.write((b",\n" if number else b"\n") + record)
        file.write(b"\n]\n")
