"""Tell people once of a backup that failed, shrank or did not come."""

from __future__ import annotations

from datetime import datetime

from gradeline.flows.backups.watch import find_notice
from gradeline.flows.deliver.plan import plan_alert
from gradeline.flows.parts import Parts
from gradeline.records.messages import DocumentDue


def warn_of_backups(parts: Parts, now: datetime) -> int:
    """Store an alert where a backup has a problem or is missing; returns to how many it goes."""
    with parts.database.connect(autocommit=True) as connection:
        found = find_notice(connection, parts.backups, now)
        if found is None:
            return 0
        name, problem = found
        due = DocumentDue(document="backup", occasion=name)
        return plan_alert(connection, parts.delivery, due, problem)
