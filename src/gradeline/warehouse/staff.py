"""Staff as the warehouse keeps it: people, their roles, the groups they were given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from psycopg.rows import dict_row

from gradeline.records.staff import GroupName, NewStaffMember, StaffMember
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "staff"


def ls(connection: Connection) -> list[StaffMember]:
    """Return everybody, by login, e-mail or chat."""
    return list(_read(connection, "ls"))


def find(
    connection: Connection,
    *,
    login: str | None = None,
    email: str | None = None,
    chat: str | None = None,
) -> list[StaffMember]:
    """Return the people known by any of these; each alone names one person at most."""
    return list(_read(connection, "find", login=login, email=email, chat=chat))


def insert(connection: Connection, member: NewStaffMember) -> int:
    """Store a person and the groups given to them; return their number."""
    row = connection.execute(query(_FILE, "insert"), _values(member)).fetchone()
    assert row is not None  # noqa: S101 - an insert returns its row
    grant_groups(connection, int(row[0]), member.groups)
    return int(row[0])


def update(connection: Connection, staff_id: int, member: NewStaffMember) -> None:
    """Change a person: what is None stays, and groups are added to those they have."""
    connection.execute(query(_FILE, "update"), {**_values(member), "staff_id": staff_id})
    grant_groups(connection, staff_id, member.groups)


def remove(connection: Connection, staff_id: int) -> None:
    """Delete a person with all their rights."""
    connection.execute(query(_FILE, "rm"), {"staff_id": staff_id})


def grant_groups(connection: Connection, staff_id: int, groups: Collection[str]) -> None:
    """Give a person groups, by their ids."""
    values = {"staff_id": staff_id, "groups": list(groups)}
    connection.execute(query(_FILE, "grant_groups"), values)


def revoke_groups(connection: Connection, staff_id: int, groups: Collection[str]) -> int:
    """Take groups from a person; return how many they had been given."""
    values = {"staff_id": staff_id, "groups": list(groups)}
    return connection.execute(query(_FILE, "revoke_groups"), values).rowcount


def groups(connection: Connection) -> list[GroupName]:
    """Return all groups that sources know."""
    rows = connection.execute(query(_FILE, "groups")).fetchall()
    return [GroupName(group_id=row[0], name=row[1], courses=tuple(row[2])) for row in rows]


def taught(connection: Connection, email: str, today: date) -> tuple[str, ...]:
    """Return the groups whose teacher has that e-mail, on a school day."""
    values = {"email": email, "today": today}
    return tuple(row[0] for row in connection.execute(query(_FILE, "taught"), values))


def _values(member: NewStaffMember) -> dict[str, Any]:
    return {name: value for name, value in asdict(member).items() if name != "groups"}


def _read(connection: Connection, name: str, **values: object) -> Iterator[StaffMember]:
    cursor = connection.cursor(row_factory=dict_row)
    for row in cursor.execute(query(_FILE, name), values):
        known: dict[str, Any] = {**row, "groups": tuple(row["groups"])}
        yield StaffMember(**known)
