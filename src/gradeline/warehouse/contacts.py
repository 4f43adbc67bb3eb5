"""The log of what curators did about learners; row security decides what whoever asks sees."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from psycopg.rows import dict_row

from gradeline.base.errors import NotFound
from gradeline.records.contacts import Contact, ContactKind, NewContact
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "contacts"
#: So many of the last entries are read.
_MOST = 200


def note(connection: Connection, contact: NewContact) -> int:
    """Note what whoever asks did; returns the number of the entry.

    Raises:
        NotFound: the learner is in no such group, or whoever asks does not look after it.
    """
    wanted = json.dumps(asdict(contact), default=str)
    row = connection.execute(query(_FILE, "note"), {"wanted": wanted}).fetchone()
    if row is None or row[0] is None:
        raise NotFound
    return int(row[0])


def undo(connection: Connection, contact_id: int) -> None:
    """Take back an entry.

    Raises:
        NotFound: there is none, or whoever asks does not look after its group.
    """
    row = connection.execute(query(_FILE, "undo"), {"contact_id": contact_id}).fetchone()
    if row != (True,):
        raise NotFound


def of_group(connection: Connection, group_id: str, course_id: str) -> tuple[Contact, ...]:
    """Read the last entries about learners of a group of a course, the newest first."""
    return _contacts(connection, "of_group", {"group_id": group_id, "course_id": course_id})


def of_learner(connection: Connection, learner_id: str) -> tuple[Contact, ...]:
    """Read the last entries about a learner, the newest first."""
    return _contacts(connection, "of_learner", {"learner_id": learner_id})


def quiet_learners(
    connection: Connection, group_id: str, course_id: str, today: date
) -> frozenset[str]:
    """Read who of a group of a course may need nobody yet: written to, or put off."""
    values = {"group_id": group_id, "course_id": course_id, "today": today}
    rows = connection.execute(query(_FILE, "quiet"), values)
    return frozenset(learner_id for (learner_id,) in rows)


def _contacts(
    connection: Connection, name: str, values: Mapping[str, object]
) -> tuple[Contact, ...]:
    cursor = connection.cursor(row_factory=dict_row)
    rows = cursor.execute(query(_FILE, name), {**values, "most": _MOST})
    return tuple(
        Contact(**{**row, "kind": ContactKind(row["kind"]), "reasons": tuple(row["reasons"])})
        for row in rows
    )
