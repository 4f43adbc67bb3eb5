"""Say in a sentence how backups are."""

from __future__ import annotations

from datetime import datetime

from gradeline.flows.backups.watch import find_notice
from gradeline.flows.parts import Parts
from gradeline.warehouse import backups


def judge_backups(parts: Parts, now: datetime) -> tuple[str, bool]:
    """Return how backups are, and whether that is well.

    A school that has not made its first one yet, and is younger than a day, is well.
    """
    with parts.database.connect(autocommit=True) as connection:
        notice = find_notice(connection, parts.backups, now)
        newest = backups.newest(connection, good=True)
    if notice is not None:
        return str(notice[1]), False
    if newest is None:
        return "none was made yet; `gradeline backup` makes one", True
    at = f"{newest.started_at:%Y-%m-%d %H:%M} UTC"
    return f"the newest is of {at}, in {newest.place}{_beside(parts, newest.place)}", True


def _beside(parts: Parts, place: str) -> str:
    """Return a remark where backups are on the disk that they guard against."""
    here = place.startswith(f"file:{parts.spool.parent.absolute()}")
    return ", on the disk that it is to survive: BACKUP_URL names another place" if here else ""
