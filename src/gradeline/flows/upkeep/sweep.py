"""Sweep: delete from the lake and the spool what nothing needs any more."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from gradeline.base.clock import now
from gradeline.flows.parts import Parts
from gradeline.lake import Lake, raw_key
from gradeline.lake.sweep import ObjectSweep, sweep
from gradeline.warehouse import Database, audit
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)

#: Folders that are made in the spool only while the lake is shared or locked.
_OURS = ("fetch-", "forget-")
#: Folders that a source keeps while its process lives, and makes again where they are gone.
_OF_SOURCES = ("gradeline-files-",)
_OLD_S = 86_400.0  #: seconds after which such a folder that nobody wrote to goes


@dataclass(frozen=True, kw_only=True)
class Retention:
    """For how many days what is not needed any more is kept."""

    raw_days: int | None = None  #: RAW_RETENTION_DAYS; None = raw bytes are kept for ever
    audit_days: int = 365  #: AUDIT_RETENTION_DAYS


@dataclass(frozen=True, kw_only=True)
class SweepResult:
    """What a sweep did."""

    objects: ObjectSweep  #: of objects that nothing names
    expired_raws: int  #: raw objects older than RAW_RETENTION_DAYS that were deleted
    folders: int  #: folders of dead processes that were removed
    audit_rows: int  #: rows of the audit older than AUDIT_RETENTION_DAYS that were deleted


def sweep_storage(parts: Parts, retention: Retention, say: Callable[[str], None]) -> SweepResult:
    """Delete what is past its retention, objects that nothing names, and left-over folders.

    Waits until no run collects and none reads old facts. An unnamed object goes at the second
    sweep that meets it, a day after the first.

    Args:
        parts: the wired Gradeline.
        retention: for how long what is not needed is kept.
        say: called with a message when there is something to wait for.
    """
    with parts.database.connect(autocommit=True) as connection, claims.lock_lake(connection, say):
        expired = 0
        if retention.raw_days is not None:
            expired = _expire_raws(parts, retention.raw_days)
        with parts.database.connect() as reading:
            named = ledger.named_keys(reading)
        objects = sweep(parts.lake, named, now())
        folders = sweep_spool(parts.spool)
    with parts.database.connect() as connection:
        oldest = now() - timedelta(days=retention.audit_days)
        audit_rows = audit.delete_before(connection, oldest)
    _log.info("swept %d objects and %d raw ones past their days", objects.deleted, expired)
    return SweepResult(
        objects=objects, expired_raws=expired, folders=folders, audit_rows=audit_rows
    )


def _expire_raws(parts: Parts, days: int) -> int:
    """Delete raw objects whose facts are this many days old; after a kill the sweep does it."""
    with parts.database.connect() as connection:
        keys = ledger.release_raws(connection, now() - timedelta(days=days))
    with parts.database.connect() as connection:
        free = keys - ledger.named_keys(connection)
    parts.save()  # no ledger may name what is deleted
    return parts.lake.delete(sorted(free))


def delete_unnamed(database: Database, lake: Lake, source: str) -> int:
    """Delete at once all objects of a source that the ledger does not name; return how many.

    The caller has locked the lake: an object about to be named would be lost.
    """
    with database.connect() as connection:
        named = ledger.named_keys(connection)
    raw = raw_key(source, "s", "w", "d", "e").split("/")
    places = ("/".join(raw[:3]), "/".join(["lake", "facts", raw[2]]))
    keys = [stored.key for place in places for stored in lake.list(f"{place}/")]
    return lake.delete(key for key in keys if key not in named)


def sweep_spool(spool: Path, *, older_than_s: float = _OLD_S) -> int:
    """Remove what dead processes have left in the spool; return how many folders.

    The caller has locked the lake, so nobody fetches or rewrites now. A folder of a source goes
    once nobody wrote to it for `older_than_s` seconds; a source that lives makes it again.
    """
    removed = 0
    for folder in sorted(spool.iterdir()):
        of_source = folder.name.startswith(_OF_SOURCES)
        old = of_source and time.time() - folder.stat().st_mtime >= older_than_s
        if folder.is_dir() and (folder.name.startswith(_OURS) or old):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
