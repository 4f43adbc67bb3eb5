"""Give the groups source its file from the lake, and the learners and courses there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from gradeline.base.errors import InputBroken, LakeError
from gradeline.base.plurals import count
from gradeline.flows.parts import Parts
from gradeline.lake import Lake
from gradeline.records.directory import Directory, know
from gradeline.records.groups import GROUP_FILES, PEOPLES_GROUPS
from gradeline.warehouse import Database, results
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.slices import ledger


class LakeGroupFiles:
    """The groups files in the home or the bucket."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def names(self) -> Sequence[str]:
        """Return those of GROUP_FILES that are there."""
        return [name for name in GROUP_FILES if self._lake.exists(name)]

    def read(self, name: str) -> bytes | None:
        """Return the bytes of one file; None where it is gone.

        Raises:
            InputBroken: it cannot be read.
        """
        try:
            return self._lake.get(name) if self._lake.exists(name) else None
        except (OSError, LakeError) as error:
            raise InputBroken(
                f"{name} cannot be read: {error}", hint="Fix this and run again."
            ) from error


def has_groups(lake: Lake, database: Database) -> bool:
    """Return whether people have a groups file, or had one whose lines still count."""
    if LakeGroupFiles(lake).names():
        return True
    with database.connect() as connection:
        return any(ledger.read_entries(connection, source=PEOPLES_GROUPS))


def known_in_facts(parts: Parts) -> Directory:
    """Return the learners and courses that facts name.

    Raises:
        LakeError, EngineError, WarehouseError: they cannot be read.
    """
    # A run without such a file does without Ibis until it counts.
    from gradeline.flows.refresh.canonical import canonical_session  # imports Ibis

    with parts.database.connect() as connection:
        links, joined = results.links(connection), read_course_links(connection)
    with canonical_session(parts, without=PEOPLES_GROUPS) as (session, tables):
        learners = session.run(tables["learners"].select("learner_id", "source", "email"))
        courses = session.run(tables["courses"].select("course_id", "title"))
        members = tables["memberships"].filter(tables["memberships"].group_id.notnull())
        placed = session.run(members.select("learner_id", "course_id").distinct())
    # A course goes by the ids that it has in other systems, too.
    names = [*_rows(courses), *((link.course_id, link.external_id) for link in joined.links)]
    return know(_rows(learners), _rows(links), names, _rows(placed))


def _rows(table: pa.Table) -> list[tuple[Any, ...]]:
    return list(zip(*table.to_pydict().values(), strict=True))


def describe_groups(database: Database) -> str | None:
    """Return a sentence on what people's groups file said when it was read; None = no file."""
    with database.connect() as connection:
        entries = ledger.read_entries(connection, source=PEOPLES_GROUPS)
    said: Any = next((entry.notes["groups"] for entry in entries if "groups" in entry.notes), None)
    if said is None:
        return None
    sentences = [
        f"{said['file']} puts {count(said['learners'], 'learner')} into"
        f" {count(said['groups'], 'group')} of {count(said['courses'], 'course')}"
        f" and names {count(said['teachers'], 'teacher')}."
    ]
    if said["replaced"]:
        sentences.append(
            f"For {said['replaced']} of them in a course it counts instead of the groups that"
            " systems name."
        )
    if said["unknown"]:
        sentences.append(
            f"{count(said['unknown'], 'line')} in quarantine until a system knows the learner."
        )
    return " ".join(sentences)
