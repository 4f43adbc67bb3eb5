"""Write the documents of a course, and delete those that lie where it has none any more."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from gradeline.flows.failures import Failures
from gradeline.flows.report.spool import spool_file
from gradeline.lake import Lake, course_folder
from gradeline.reports import GROUP_REPORTS, REPORTS, Document
from gradeline.warehouse import Connection
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place, WrittenDocuments
from gradeline.warehouse.results.folders import read_folders

_log = logging.getLogger(__name__)

#: Where documents of courses and groups are, and how their names begin.
_PATHS = [each.path for each in (*REPORTS.values(), *GROUP_REPORTS.values())]
_PLACES = sorted({path.partition("/{")[0] for path in _PATHS})
_NAMES = frozenset(path.rpartition("/")[2].partition("{")[0].partition(".")[0] for path in _PATHS)


def write_documents(
    lake: Lake, course_id: str, made: Sequence[Document], failures: Failures, spool: Path
) -> list[str]:
    """Write documents and return the keys of those that were written.

    Args:
        lake: where to.
        course_id: the course that they are of.
        made: its documents.
        failures: takes those that cannot be written; the others are.
        spool: a folder for those that come in pieces.

    Raises:
        DiskFull, LakeUnavailable: those written already stay.
    """
    written = []
    for document in made:
        with failures.only(course_id, document.path):
            if isinstance(document.content, bytes):
                lake.replace(document.path, document.content)
            else:
                with spool_file(spool, document.content) as path:
                    lake.replace(document.path, path)
            _log.info("wrote %s", document.path)
            written.append(document.path)
    return written


def delete_gone(lake: Lake, connection: Connection, course_ids: Collection[str]) -> list[str]:
    """Delete the documents of courses that have no results any more; return those courses.

    A course that was renamed or removed would otherwise keep its people in documents that no run
    writes again.

    Args:
        lake: where documents are.
        connection: in autocommit.
        course_ids: all courses that have results.
    """
    recorded = documents.read_documents(connection)
    kept = set(course_ids)
    places = [place for place in recorded if place[0] not in kept]
    gone = sorted({course_id for course_id, _ in places})
    if gone:
        keep = _paths(recorded, recorded.keys() - places)
        folders = read_folders(connection)
        for course_id in gone:
            folder = folders.get(course_id, course_folder(course_id))
            lake.delete(set(_documents_in(lake, f"{folder}/", keep)))
        lake.delete(_paths(recorded, places) - keep)
        documents.remove_records(connection, places)
        _log.info("deleted the documents of %d courses that have no results", len(gone))
    return gone


def delete_groups(
    lake: Lake, connection: Connection, gone: Mapping[Place, WrittenDocuments]
) -> None:
    """Delete documents of groups that get none any more, and what is recorded of them."""
    recorded = documents.read_documents(connection)
    keep = _paths(recorded, recorded.keys() - gone.keys())
    lake.delete(_paths(gone, gone) - keep)
    documents.remove_records(connection, list(gone))


def _paths(written: Mapping[Place, WrittenDocuments], places: Collection[Place]) -> set[str]:
    return {path for place in places for path in written[place].paths}


def delete_others(lake: Lake, keep: Collection[str]) -> int:
    """Delete every document of a course but these: in other languages, of courses long gone.

    Returns:
        How many.
    """
    return lake.delete(list(_documents_in(lake, "", keep)))


def _documents_in(lake: Lake, folder: str, keep: Collection[str]) -> Iterator[str]:
    """Yield the keys of documents in a folder of courses, without those to keep.

    Files of other names are people's own.
    """
    for place in _PLACES:
        for stored in lake.list(f"{place}/{folder}"):
            name = stored.key.rpartition("/")[2].partition(".")[0]
            if name in _NAMES and stored.key not in keep:
                yield stored.key


def delete_moved(lake: Lake, connection: Connection, before: WrittenDocuments | None) -> None:
    """Delete what a course or group had recorded before and none has recorded now.

    Otherwise documents of a course that has another folder now would stay, with its people in
    them, where nobody looks for them.
    """
    if before is None:
        return
    recorded = documents.read_documents(connection).values()
    current = {path for course in recorded for path in course.paths}
    lake.delete(path for path in before.paths if path not in current)
