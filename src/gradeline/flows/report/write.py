"""Write the documents of a course, and delete those that lie where it has none any more."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from gradeline.flows.failures import Failures
from gradeline.lake import Lake
from gradeline.reports import Document
from gradeline.warehouse import Connection
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place, WrittenDocuments

_log = logging.getLogger(__name__)


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
