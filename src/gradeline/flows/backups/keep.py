"""Which backups are kept, by age, and deleting the others with what only they need."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from gradeline.base.errors import BackupError
from gradeline.flows.backups import store as stores
from gradeline.flows.backups.store import Backup
from gradeline.flows.parts import Backups
from gradeline.lake import Lake
from gradeline.records.backups import KeepRule
from gradeline.warehouse import Connection, backups

_log = logging.getLogger(__name__)

#: So long it is known what became of a backup.
_NOTES = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """What was deleted."""

    backups: tuple[str, ...] = ()
    objects: int = 0
    kept_for: tuple[str, ...] = ()  #: damaged backups, for whose sake no object was deleted


def kept(instants: Iterable[datetime], rule: KeepRule, zone: str, now: datetime) -> set[datetime]:
    """Return which of these instants of backups are kept.

    That is the newest of each of the last days, weeks and months on the school's calendar, and
    the newest of all.

    Args:
        instants: of the good backups.
        rule: how many days, weeks and months.
        zone: the school's.
        now: the instant from which age counts.
    """
    ordered = sorted(instants, reverse=True)
    local, today = ZoneInfo(zone), now.astimezone(ZoneInfo(zone)).date()
    this_week = today - timedelta(days=today.weekday())
    this_month = today.year * 12 + today.month
    ages: Sequence[tuple[int, Callable[[datetime], int]]] = (
        (rule.days, lambda at: (today - at.date()).days),
        (rule.weeks, lambda at: -(-(this_week - at.date()).days // 7)),
        (rule.months, lambda at: this_month - (at.year * 12 + at.month)),
    )
    chosen = set(ordered[:1])
    for most, age_of in ages:
        newest: dict[int, datetime] = {}
        for at in ordered:
            newest.setdefault(age_of(at.astimezone(local)), at)
        chosen.update(at for age, at in newest.items() if age < most)
    return chosen


def delete_old(connection: Connection, plan: Backups, store: Lake, now: datetime) -> Deletion:
    """Delete backups past their time, and objects that no backup names any more.

    The caller holds the right to back up, and the newest backup is good. A damaged backup is
    deleted by nobody but a person, and as long as one is there no object is: it may name it.
    """
    good, damaged = _read(store, plan)
    keep = kept([each.manifest.made_at for each in good], plan.keep, plan.timezone, now)
    old = [each for each in good if each.manifest.made_at not in keep]
    for each in old:
        delete_backup(store, each.backup_id)
    for backup_id in stores.list_unfinished(store):
        delete_backup(store, backup_id)
    backups.forget_old(connection, now - _NOTES)
    _delete_old_dumps(plan, now)
    stay = [each for each in good if each not in old]
    objects = 0 if damaged else _delete_unnamed(store, stay)
    if old:
        _log.info("deleted %d old backups and %d objects", len(old), objects)
    names = tuple(each.backup_id for each in old)
    return Deletion(backups=names, objects=objects, kept_for=tuple(damaged))


def remove_backup(plan: Backups, wanted: str) -> Deletion:
    """Delete one backup, as a person asks, and objects that no other names.

    The caller holds the right to back up.

    Raises:
        BackupError: there is none of that id, or it is the only good one.
    """
    store = plan.open_store()
    backup_id = stores.find_id(store, wanted)
    good, damaged = _read(store, plan)
    if [each.backup_id for each in good] == [backup_id]:
        raise BackupError(
            f"{backup_id} is the only good backup, and was not deleted.",
            hint="Make another one first: `gradeline backup`.",
        )
    delete_backup(store, backup_id)
    others = [each for each in damaged if each != backup_id]
    stay = [each for each in good if each.backup_id != backup_id]
    objects = 0 if others else _delete_unnamed(store, stay)
    return Deletion(backups=(backup_id,), objects=objects, kept_for=tuple(others))


def delete_backup(store: Lake, backup_id: str) -> None:
    """Delete what is a backup's own; the manifest first, so that half of one is none."""
    store.delete([stores.manifest_key(backup_id)])
    store.delete([item.key for item in store.list(f"{backup_id}/")])
    folder = store.local_path(backup_id)
    if folder is not None and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _read(store: Lake, plan: Backups) -> tuple[list[Backup], list[str]]:
    good: list[Backup] = []
    damaged: list[str] = []
    for each in stores.read_backups(store, plan.keys):
        if isinstance(each, Backup):
            good.append(each)
        else:
            damaged.append(each[0])
    return good, damaged


def _delete_unnamed(store: Lake, stay: Iterable[Backup]) -> int:
    named = {stores.object_key(file.sha256) for each in stay for file in each.manifest.files}
    return store.delete([item.key for item in store.list(stores.OBJECTS) if item.key not in named])


def _delete_old_dumps(plan: Backups, now: datetime) -> None:
    """Delete dumps that were made before migrations and are older than any backup is kept."""
    rule = plan.keep
    longest = timedelta(days=max(rule.days, rule.weeks * 7, rule.months * 31, 1))
    for path in (plan.home / "backup").glob("schema_*.dump"):
        if now.timestamp() - path.stat().st_mtime > longest.total_seconds():
            path.unlink(missing_ok=True)
