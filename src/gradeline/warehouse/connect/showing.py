"""What row security shows to an entry point's session: the part of one principal."""

from __future__ import annotations

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


def see_one_moment(connection: Connection) -> None:
    """Let everything that a transaction reads be of one moment; its first statement."""
    connection.execute(query("session", "one_moment"))


def known_courses(connection: Connection) -> list[str]:
    """Return the ids of all courses, whoever asks: a scope names some of them."""
    rows = connection.execute(query("session", "known_courses"))
    return [course_id for (course_id,) in rows]


def show_only(connection: Connection, **rights: str) -> None:
    """Let row security show what one principal may see, until the transaction ends.

    Args:
        connection: in a transaction, as the role of entry points.
        rights: what `access.row_rights` returns: `role`, as `access.permissions` names it;
            `groups`, ids of the principal's own groups, a JSON list; `learner`, the own id as a
            learner, empty = is none; `courses`, ids of the only courses to show, a JSON list,
            empty = all; `login`, who it is, empty = nobody by name; `warehouse`, what the
            principal may do to the tables of product events, `read` or `write`, empty = nothing.
    """
    connection.execute(query("session", "show_only"), rights)
