"""Expire exports and messages: files whose time is over go, and later what is known of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gradeline.flows.parts import Parts
from gradeline.lake.lake import StoredObject
from gradeline.lake.places import EXPORT_FILES
from gradeline.warehouse import Connection
from gradeline.warehouse.deliveries import messages
from gradeline.warehouse.exports import work

_log = logging.getLogger(__name__)

#: Files deleted in one go.
_AT_ONCE = 500
#: A file that no export names may be younger: its row is written after it.
_ORPHANED_AFTER = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class ExpiryResult:
    """What was deleted."""

    files: int = 0  #: whose time was over
    orphans: int = 0  #: files that killed workers left
    rows: int = 0  #: exports that ended long ago
    messages: int = 0  #: whose texts were forgotten


def expire_exports(parts: Parts, now: datetime) -> ExpiryResult:
    """Delete files whose time is over, those that killed workers left, and old rows.

    Raises:
        LakeError: a file cannot be deleted; it is tried again.
        WarehouseError: the database cannot be read or written.
    """
    with parts.database.connect(autocommit=True) as connection:
        files = _delete_files(parts, connection, now)
        rows = work.forget(connection, now - timedelta(days=parts.exports.row_days))
        orphans = _delete_orphans(parts, connection, now)
        texts = messages.forget(connection, now - timedelta(days=parts.exports.message_days))
    if files or rows or orphans or texts:
        counts = (files, orphans, rows, texts)
        _log.info("deleted: %d files, %d left over, %d rows of exports, %d messages", *counts)
    return ExpiryResult(files=files, orphans=orphans, rows=rows, messages=texts)


def _delete_files(parts: Parts, connection: Connection, now: datetime) -> int:
    count = 0
    while found := work.over(connection, now, _AT_ONCE):
        for export_id, key in found.items():
            parts.lake.delete([key])
            work.expire(connection, export_id)
        count += len(found)
    return count


def _delete_orphans(parts: Parts, connection: Connection, now: datetime) -> int:
    """Delete files that no export names; those of exports that are being made stay."""
    old = [one for one in parts.lake.list(EXPORT_FILES) if one.modified <= now - _ORPHANED_AFTER]
    by_export: dict[UUID, list[StoredObject]] = {}
    for one in old:
        by_export.setdefault(_export_of(one), []).append(one)
    kept = work.kept(connection, by_export.keys())
    orphans = [
        one.key
        for export_id, objects in by_export.items()
        for one in objects
        if export_id not in kept or kept[export_id] not in (None, one.key)
    ]
    return parts.lake.delete(orphans)


def _export_of(one: StoredObject) -> UUID:
    name = one.key.removeprefix(f"{EXPORT_FILES}/").partition("/")[0]
    try:
        return UUID(name)
    except ValueError:
        return UUID(int=0)  # no export has it
