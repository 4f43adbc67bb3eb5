"""Write the documents of a course, and delete those that lie where it has none any more."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence

from gradeline.flows.failures import Failures
from gradeline.lake import Lake, course_folder
from gradeline.reports import Document
from gradeline.warehouse import Connection, results
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place, WrittenDocuments
from gradeline.warehouse.results.folders import read_folders

_log = logging.getLogger(__name__)

#: Folders with documents of a course that name learners, and how our files there begin.
_FOLDERS = ("reports", "processed", "metrics/kpi")
_FILES = ("course_report", "group_report", "users", "grades", "assessments", "kpi")


def write_documents(
    lake: Lake, course_id: str, made: Sequence[Document], failures: Failures
) -> list[str]:
    """Write documents and return the keys of those that were written.

    Raises:
        DiskFull, LakeUnavailable: those written already stay.
    """
    written = []
    for document in made:
        with failures.only(course_id, document.path):
            lake.replace(document.path, document.content)
            _log.info("wrote %s (%d bytes)", document.path, len(document.content))
            written.append(document.path)
    return written


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


def delete_gone(lake: Lake, connection: Connection, gone: Mapping[Place, WrittenDocuments]) -> None:
    """Delete documents of groups that get none any more, and what is recorded of them."""
    recorded = documents.read_documents(connection)
    kept = {path for place, each in recorded.items() if place not in gone for path in each.paths}
    for place, written in gone.items():
        lake.delete(path for path in written.paths if path not in kept)
        documents.remove_documents(connection, place)


def delete_joined(lake: Lake, connection: Connection) -> None:
    """Delete the documents of courses that count for another one now, and are none themselves.

    Raises:
        DiskFull, LakeUnavailable, WarehouseError: a rerun goes on.
    """
    joined = {link.external_id for link in read_course_links(connection).links}
    published = frozenset(results.course_ids(connection))
    for place in sorted(documents.read_documents(connection)):
        course_id, group_id = place
        if course_id in joined - published:
            if not group_id:
                delete_old_documents(lake, connection, course_id, keep=())
                _log.info("deleted the documents of %s, part of another course now", course_id)
            documents.remove_documents(connection, place)


def delete_old_documents(
    lake: Lake, connection: Connection, course_id: str, *, keep: Collection[str] | None = None
) -> None:
    """Delete documents beside a course's new ones: in other languages, of a course that is gone.

    Args:
        lake: where they lie.
        connection: knows where they lie.
        course_id: the course.
        keep: keys of documents that stay; None = those that are recorded.
    """
    if keep is None:
        recorded = documents.read_documents(connection)
        current = (each for (course, _), each in recorded.items() if course == course_id)
        keep = {path for each in current for path in each.paths}
    folder = read_folders(connection).get(course_id, course_folder(course_id))
    for place in _FOLDERS:
        keys = (stored.key for stored in lake.list(f"{place}/{folder}/"))
        lake.delete(
            key
            for key in keys
            if key not in keep and key.rpartition("/")[2].partition(".")[0] in _FILES
        )
