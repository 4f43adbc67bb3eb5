"""Tell people once when figures are out of date."""

from __future__ import annotations

from datetime import datetime

from gradeline.flows.deliver.plan import plan_stale_notice
from gradeline.flows.parts import Parts
from gradeline.warehouse import operation


def warn_of_stale_figures(parts: Parts, now: datetime) -> int:
    """Store an alert where nobody confirmed for a day that figures are up to date.

    Returns:
        To how many people it goes; each is told once, until figures were up to date again.
    """
    with parts.database.connect(autocommit=True) as connection:
        since = operation.read_stale_since(connection, now)
        return 0 if since is None else plan_stale_notice(connection, parts.delivery, since)
