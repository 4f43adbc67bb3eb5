"""A transaction that shows what one principal may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.access.principals import Principal, Scope
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.connect.showing import known_courses, see_one_moment, show_only


@contextmanager
def open_as(
    database: Database, principal: Principal, *, one_moment: bool = False
) -> Iterator[Connection]:
    """Open a transaction in which row security shows what `principal` may see, and no more.

    It is never held while an answer is sent: a slow reader would keep a connection busy.

    Args:
        database: with a pool of the entry points' role.
        principal: who asks.
        one_moment: whether all that is read is of one moment, so that of one build.

    Raises:
        WarehouseUnavailable, WarehouseError: there is no connection to be had.
    """
    with database.connect(Role.APP) as connection:
        if one_moment:
            see_one_moment(connection)
        show_only(
            connection,
            role=principal.role.value,
            groups=json.dumps(sorted(principal.groups)),
            learner=principal.learner_id or "",
            courses=_courses(connection, principal.scope),
        )
        yield connection


def _courses(connection: Connection, scope: Scope) -> str:
    """Return the courses of a scope as row security takes them; empty = all."""
    if scope.is_everything:
        return ""
    return json.dumps(sorted(scope.of(known_courses(connection))))
