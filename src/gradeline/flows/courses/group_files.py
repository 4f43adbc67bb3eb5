"""Give the groups source its file from the lake, and the learners and courses there are."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.base.errors import InputBroken, LakeError
from gradeline.flows.parts import Parts
from gradeline.lake import Lake
from gradeline.sources.groups.known import Known, know
from gradeline.sources.groups.source import FILES, NAME
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger


class LakeGroupFiles:
    """The groups files in the home or the bucket."""

    def __init__(self, lake: Lake) -> None:
        self._lake = lake

    def names(self) -> Sequence[str]:
        """Return those of FILES that are there."""
        return [name for name in FILES if self._lake.exists(name)]

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
        return any(ledger.read_entries(connection, source=NAME))


def known_in_facts(parts: Parts) -> Known:
    """Return the learners and courses that facts name.

    Raises:
        LakeError, EngineError, WarehouseError: they cannot be read.
    """
    # Imports Ibis, which a run without such a file does without until it counts.
    from gradeline.flows.refresh.canonical import canonical_session
    from gradeline.warehouse import results

    with parts.database.connect() as connection:
        links = results.links(connection)
    with canonical_session(parts) as (session, tables):
        learners = session.run(tables["learners"].select("learner_id", "source", "email"))
        courses = session.run(tables["courses"].select("course_id", "title"))
    return know(
        *(zip(*table.to_pydict().values(), strict=True) for table in (learners, links)),
        [*zip(*courses.to_pydict().values(), strict=True)],
    )
