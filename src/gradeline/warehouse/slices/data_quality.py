"""What the ledger and quarantine say of the data of each course."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from psycopg.rows import DictRow, dict_row

from gradeline.records.data_quality import FailedSlices, GuessedEncoding, WaitingRecords
from gradeline.records.tables import CANONICAL
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.sql import query

_FILE = "data_quality"
#: Source, stream, whether all is of the course, and whether it is on hold.
_Kind = tuple[str, str, bool, bool]
#: Streams that are about people or groups, not about courses.
_WITHOUT_COURSE = frozenset(
    name for name, table in CANONICAL.items() if "course_id" not in table.schema.names
)


@dataclass(kw_only=True)
class _Sum:
    """The records of some slices of one kind."""

    received: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


class SourceQuality:
    """What waits in quarantine, what failed and which encodings were guessed, as it is now."""

    def __init__(self, connection: Connection) -> None:
        self._links = read_course_links(connection)
        self._fed = {
            row["source"]: self._links.join_all(row["source"], row["courses"])
            for row in _rows(connection, "fed")
        }
        self._waiting = _rows(connection, "waiting")
        self._failed = _rows(connection, "failed")
        self._guessed = _rows(connection, "guessed")

    def waiting(self, course_ids: Collection[str]) -> Mapping[str, tuple[WaitingRecords, ...]]:
        """Return the records that wait, by the course whose figures may lack them."""
        sums: dict[str, dict[_Kind, _Sum]] = defaultdict(lambda: defaultdict(_Sum))
        for row in self._waiting:
            courses = self._courses(row, course_ids)
            for course_id in courses:
                kind = (row["source"], row["stream"], len(courses) == 1, row["held"])
                found = sums[course_id][kind]
                found.received += row["received"]
                found.reasons.update(row["reasons"])
        return {course_id: tuple(_records(kinds)) for course_id, kinds in sums.items()}

    def failed(self, course_ids: Collection[str]) -> Mapping[str, tuple[FailedSlices, ...]]:
        """Return the slices that could not be loaded, by the course whose figures may lack them."""
        windows: dict[str, dict[tuple[str, str, str], list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in self._failed:
            for course_id in self._courses(row, course_ids):
                kind = (row["source"], row["stream"], row["reason"])
                windows[course_id][kind].append(row["slice_window"])
        return {
            course_id: tuple(
                FailedSlices(source=source, stream=stream, windows=tuple(names), reason=reason)
                for (source, stream, reason), names in found.items()
            )
            for course_id, found in windows.items()
        }

    def guessed(self, course_ids: Collection[str]) -> Mapping[str, tuple[GuessedEncoding, ...]]:
        """Return the files whose encoding was guessed, by the course that they are about."""
        files: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
        for row in self._guessed:
            for course_id in self._courses(row, course_ids):
                files[course_id][row["source"], row["file"]] = row["encoding"]
        return {
            course_id: tuple(
                GuessedEncoding(source=source, file=file, encoding=encoding)
                for (source, file), encoding in sorted(found.items())
            )
            for course_id, found in files.items()
        }

    def _courses(self, row: DictRow, course_ids: Collection[str]) -> Collection[str]:
        """Return the courses that a slice may be of; where it cannot be told, all of its source.

        A source that feeds no course is of none, unless nothing is loaded of a stream that names
        courses: then it may be of any.
        """
        own = [row["course_id"]] if row["course_id"] else row["courses"]
        people = row["stream"] in _WITHOUT_COURSE
        unknown = () if people or row["is_known"] else course_ids
        joined = self._links.join_all(row["source"], own)
        return joined or self._fed.get(row["source"], unknown)


def _records(kinds: Mapping[_Kind, _Sum]) -> Iterable[WaitingRecords]:
    for (source, stream, of_course, held), found in sorted(kinds.items()):
        if found.reasons:
            yield WaitingRecords(
                source=source,
                stream=stream,
                records=found.reasons.total(),
                received=found.received,
                reasons=tuple(sorted(found.reasons.items(), key=lambda one: (-one[1], one[0]))),
                of_course=of_course,
                held=held,
            )


def _rows(connection: Connection, name: str) -> list[DictRow]:
    return connection.cursor(row_factory=dict_row).execute(query(_FILE, name)).fetchall()
