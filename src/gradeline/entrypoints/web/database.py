"""A transaction that shows what one principal may see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.access.principals import Principal
from gradeline.access.row_rights import row_rights
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
        rights = row_rights(principal, lambda: known_courses(connection))
        show_only(connection, **rights)
        yield connection
