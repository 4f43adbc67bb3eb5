"""Sweep: what nothing needs any more leaves lake and spool."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gradeline.base.clock import now
from gradeline.flows.parts import Parts
from gradeline.lake import raw_key
from gradeline.lake.sweep import ObjectSweep, sweep
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)

#: Folders that only those who have or share the lake make in the spool.
_OURS = ("fetch-", "forget-")
#: Folders that a source keeps for as long as its process lives, and makes again where they went.
_KEPT = ("gradeline-files-",)
_OLD_S = 86_400.0  #: such a folder that nobody wrote to for a day


@dataclass(frozen=True, kw_only=True)
class SweepResult:
    """What a sweep did."""

    objects: ObjectSweep  #: of objects that nothing names
    let_go: int  #: raw objects older than RAW_RETENTION_DAYS that were deleted
    folders: int  #: folders of dead processes that were removed


def sweep_storage(
    parts: Parts, keep_raw_days: int | None, say: Callable[[str], None]
) -> SweepResult:
    """Delete raw bytes that are kept long enough, objects that nothing names, left-over folders.

    Waits until no run collects and none reads old facts. An unnamed object goes at the second
    sweep that meets it, a day after the first.

    Args:
        parts: the wired Gradeline.
        keep_raw_days: RAW_RETENTION_DAYS; null = raw bytes are kept for ever.
        say: told when there is something to wait for.
    """
    with (
        parts.database.connect(autocommit=True) as held,
        claims.lock_lake(held, say),
    ):
        let_go = 0 if keep_raw_days is None else _let_raws_go(parts, keep_raw_days)
        with parts.database.connect() as connection:
            named = ledger.named_keys(connection)
        swept = sweep(parts.lake, named, now())
        folders = sweep_spool(parts.spool)
    _log.info("swept %d objects and %d raw ones past their days", swept.deleted, let_go)
    return SweepResult(objects=swept, let_go=let_go, folders=folders)


def _let_raws_go(parts: Parts, days: int) -> int:
    """Raw objects whose facts are safe for so long; killed in between, the sweep deletes them."""
    before: datetime = now() - timedelta(days=days)
    with parts.database.connect() as connection:
        keys = ledger.release_raws(connection, before)
    with parts.database.connect() as connection:
        free = keys - ledger.named_keys(connection)
    return parts.lake.delete(sorted(free))


def delete_unnamed(parts: Parts, source: str) -> int:
    """Delete at once all objects of a source that the ledger does not name; how many.

    The caller has the lake alone: an object about to be named would be lost.
    """
    with parts.database.connect() as connection:
        named = ledger.named_keys(connection)
    raw = raw_key(source, "s", "w", "d", "e").split("/")
    places = ("/".join(raw[:3]), "/".join(["lake", "facts", raw[2]]))
    found = [each.key for place in places for each in parts.lake.list(f"{place}/")]
    return parts.lake.delete(key for key in found if key not in named)


def sweep_spool(spool: Path, *, older_than_s: float = _OLD_S) -> int:
    """Remove what processes that are dead have left in the spool; how many folders.

    The caller has the lake alone, so nobody fetches or rewrites now; a folder that a source keeps
    goes once nobody wrote to it for so long, and is made again where its source still lives.
    """
    removed = 0
    for folder in sorted(spool.iterdir()):
        kept = folder.name.startswith(_KEPT)
        old = kept and time.time() - folder.stat().st_mtime >= older_than_s
        if folder.is_dir() and (folder.name.startswith(_OURS) or old):
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed
