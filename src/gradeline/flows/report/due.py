"""Find the documents that are missing or out of date.

A course's documents depend on its numbers (their key), on what of its data waits in quarantine or
could not be loaded, on what cursos.yml chooses, on the languages and on the code that draws them;
those of a group on the same, and on its name. Where none of these changed they are left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gradeline.base.errors import LakeError
from gradeline.base.version import __version__
from gradeline.flows.failures import FATAL
from gradeline.flows.parts import Parts
from gradeline.flows.report.folders import folders_of
from gradeline.flows.report.places import find_groups
from gradeline.lake import Lake
from gradeline.records.data_quality import FailedSlices, GuessedEncoding, WaitingRecords
from gradeline.reports import LAYOUT
from gradeline.warehouse import results
from gradeline.warehouse.results import documents
from gradeline.warehouse.results.documents import Place, WrittenDocuments
from gradeline.warehouse.slices.data_quality import SourceQuality


@dataclass(frozen=True, kw_only=True)
class DueDocuments:
    """What there is to write, and to delete."""

    keys: Mapping[Place, str]  #: course or group → the key that its documents will have
    folders: Mapping[str, str]  #: course id → its folder
    recorded: Mapping[Place, WrittenDocuments]  #: documents as written last
    gone: Mapping[Place, WrittenDocuments]  #: those of groups that get none any more
    left: int  #: courses whose documents are up to date
    waiting: Mapping[str, tuple[WaitingRecords, ...]]  #: course id → its records in quarantine
    failed: Mapping[str, tuple[FailedSlices, ...]]  #: course id → its slices not loaded
    guessed: Mapping[str, tuple[GuessedEncoding, ...]]  #: course id → its files of unsure letters


def find_due(course_ids: Sequence[str], parts: Parts, today: date, *, full: bool) -> DueDocuments:
    """Find the documents of these courses and their groups that are to be written.

    Args:
        course_ids: courses that have published numbers.
        parts: the wired Gradeline.
        today: the school day, which decides who looks after which group.
        full: all of them, up to date or not.
    """
    folders = folders_of(parts.database, course_ids)
    with parts.database.connect() as connection:
        numbers = results.course_keys(connection)
        recorded = documents.read_documents(connection)
        quality = SourceQuality(connection)
        every = parts.all_group_reports
        groups = find_groups(connection, course_ids, today, all_of_them=every)
    found = quality.waiting(course_ids), quality.failed(course_ids), quality.guessed(course_ids)
    looked_at, keys = set(course_ids), {}
    for place in [*((course_id, "") for course_id in course_ids), *groups]:
        course_id, _ = place
        data = repr([each.get(course_id, ()) for each in found])
        choice = parts.choices.key(course_id)
        name = [groups[place]] if place in groups else []
        key = _key(numbers[course_id], choice, data, *parts.languages, *name)
        old = recorded.get(place)
        same = old is not None and old.key == key
        if full or not same or not _are_there(parts.lake, old, folders[course_id]):
            keys[place] = key
    waiting, failed, guessed = found
    return DueDocuments(
        keys=keys,
        folders=folders,
        recorded=recorded,
        gone={
            place: written
            for place, written in recorded.items()
            if place[1] and place not in groups and place[0] in looked_at
        },
        left=sum((course_id, "") not in keys for course_id in course_ids),
        waiting=waiting,
        failed=failed,
        guessed=guessed,
    )


def _are_there(lake: Lake, written: WrittenDocuments | None, folder: str) -> bool:
    """Whether all documents exist in the folder; one that cannot be looked at does not."""
    paths = () if written is None else written.paths
    try:
        return all(f"/{folder}/" in path and lake.exists(path) for path in paths)
    except FATAL:
        raise
    except LakeError:
        return False


def _key(*parts: str) -> str:
    return hashlib.sha256(repr((__version__, LAYOUT, *parts)).encode()).hexdigest()
