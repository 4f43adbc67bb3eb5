"""People's raw files: what LearnWorlds told of each course, in three files with plain names."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from gradeline.base.errors import WrongUse
from gradeline.flows.collect.fetch import loaded_raws
from gradeline.flows.parts import Parts
from gradeline.lake import digest_of, document_key
from gradeline.records.slices import Slice, State
from gradeline.sources.learnworlds.fetch import enrolments, lines_of
from gradeline.sources.learnworlds.streams import SOURCE, WHOLE_SCHOOL
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry

_log = logging.getLogger(__name__)

#: File → the stream whose records it holds.
_FILES: Mapping[str, str] = {
    "users.json": "users",
    "grades.json": "grades",
    "assessments.json": "responses",
}


class _User(msgspec.Struct):
    id: str


def write_raw_json(parts: Parts) -> tuple[str, ...]:
    """Write `raw/<category>/<course>/{users,grades,assessments}.json` where they changed.

    Each is a JSON array of the records as received, suspended people among the users. They are
    made whole from the lake and never read back. Gives the keys that were written.

    Raises:
        LakeError, DiskFull: those already written stay.
    """
    with parts.database.connect() as connection:
        entries = ledger.read_entries(connection, source=SOURCE, states=[State.LOADED, State.EMPTY])
    loaded = {each.slice for each in entries}
    courses = sorted({course for each in entries for course in _listed(each)})
    written: list[str] = []
    with tempfile.TemporaryDirectory(dir=parts.spool) as folder:
        raws = _Raws(parts, Path(folder))
        for course_id in courses:
            for name, stream in _FILES.items():
                if Slice(source=SOURCE, stream=stream, window=course_id) not in loaded:
                    continue
                path = Path(folder) / name
                _write(path, raws.records(stream, course_id))
                key = document_key("raw", *course_id.split("/", 1), name)
                if _put(parts, key, path):
                    written.append(key)
    return tuple(written)


def _listed(entry: Entry) -> Iterable[str]:
    """The courses that the school lists now, by what the list's own slice was planned with."""
    told: Any = entry.detail.get("places", {}) if entry.slice.stream == "courses" else {}
    return (place["course_id"] for place in told.values())


class _Raws:
    """The raw records of courses."""

    def __init__(self, parts: Parts, folder: Path) -> None:
        self._earlier = loaded_raws(parts)
        self._folder = folder
        self._suspended = self._files("suspended", WHOLE_SCHOOL)
        pairs = enrolments(self._suspended[1]) if len(self._suspended) == 2 else {}
        self._pairs = frozenset(pairs)

    def records(self, stream: str, course_id: str) -> Iterator[bytes]:
        """The records of one stream of a course."""
        files = self._files(stream, course_id)
        yield from lines_of(files[0]) if files else ()
        if stream == "users":
            course = course_id.partition("/")[2]
            yield from self._suspended_in(course)

    def _suspended_in(self, course: str) -> Iterator[bytes]:
        for record in lines_of(self._suspended[0]) if self._suspended else ():
            if (msgspec.json.decode(record, type=_User).id, course) in self._pairs:
                yield record

    def _files(self, stream: str, window: str) -> Sequence[Path]:
        try:
            return self._earlier(Slice(source=SOURCE, stream=stream, window=window), self._folder)
        except WrongUse:
            return ()  # a slice that no run has planned yet


def _write(path: Path, records: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.write(b"[")
        for number, record in enumerate(records):
            file.write((b",\n" if number else b"\n") + record)
        file.write(b"\n]\n")


def _put(parts: Parts, key: str, path: Path) -> bool:
    """Write the file unless the same is there; where that cannot be seen at once, always."""
    there = parts.lake.local_path(key)
    if there is not None and there.exists() and digest_of(there) == digest_of(path):
        return False
    parts.lake.replace(key, path)
    _log.info("wrote %s", key)
    return True
