"""A transaction that shows what one principal may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.connect.showing import show_only


@contextmanager
def open_as(database: Database, principal: Principal) -> Iterator[Connection]:
    """Open a transaction in which row security shows what `principal` may see, and no more.

    It is never held while an answer is sent: a slow reader would keep a connection busy.

    Raises:
        WarehouseUnavailable, WarehouseError: there is no connection to be had.
    """
    with database.connect(Role.APP) as connection:
        show_only(
            connection,
            role=principal.role.value,
            groups=json.dumps(sorted(principal.groups)),
            learner=principal.learner_id or "",
            warehouse=_warehouse(principal),
        )
        yield connection


def _warehouse(principal: Principal) -> str:
    if principal.may(Permission.WRITE_WAREHOUSE):
        return "write"
    return "read" if principal.may(Permission.READ_WAREHOUSE) else ""
