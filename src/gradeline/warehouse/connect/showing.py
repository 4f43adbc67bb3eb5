"""What row security shows to an entry point's session: the part of one principal."""

from __future__ import annotations

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


def show_only(
    connection: Connection, *, role: str, groups: str, learner: str, warehouse: str
) -> None:
    """Let row security show what one principal may see, until the transaction ends.

    Args:
        connection: in a transaction, as the role of entry points.
        role: of the principal, as `access.permissions` names it.
        groups: ids of the principal's own groups, a JSON list.
        learner: the principal's own id as a learner; empty = is none.
        warehouse: what the principal may do to the tables of product events: `read` or `write`;
            empty = nothing.
    """
    values = {"role": role, "groups": groups, "learner": learner, "warehouse": warehouse}
    connection.execute(query("session", "show_only"), values)
