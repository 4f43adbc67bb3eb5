"""What the ledger and quarantine say of the data of each course."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from psycopg.rows import DictRow, dict_row

from gradeline.records.data_quality import GuessedEncoding, WaitingRecords
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "data_quality"
#: Source, stream, whether all is of the course, and whether it is on hold.
_Kind = tuple[str, str, bool, bool]


@dataclass(kw_only=True)
class _Sum:
    """The records of some slices of one kind."""

    received: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


class SourceQuality:
    """What waits in quarantine and which encodings were guessed, as it is now."""

    def __init__(self, connection: Connection) -> None:
        self._fed = {row["source"]: row["courses"] for row in _rows(connection, "fed")}
        self._waiting = _rows(connection, "waiting")
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
        """Return the courses that a slice may be of; where it cannot be told, all of its source."""
        own = [row["course_id"]] if row["course_id"] else row["courses"]
        return own or self._fed.get(row["source"], course_ids)


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
