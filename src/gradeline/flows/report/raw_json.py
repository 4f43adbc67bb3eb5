"""Write the raw records of each course as files with plain names, for people to read."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gradeline.flows.collect.fetch import loaded_raws
from gradeline.flows.failures import Failure, Failures
from gradeline.flows.parts import Parts
from gradeline.flows.report.folders import folders_of
from gradeline.lake import Lake, digest_of
from gradeline.records.slices import State
from gradeline.sources import KINDS
from gradeline.sources.source import PublishRaw
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class RawJsonResult:
    """What writing raw records did."""

    written: tuple[str, ...] = ()  #: keys of the files that were written
    current: frozenset[str] = frozenset()  #: keys of all files that are up to date now
    failed: tuple[Failure, ...] = ()  #: files, or all of a source, that were not written


def write_raw_json(parts: Parts) -> RawJsonResult:
    """Write `raw/<category>/<course>/{users,grades,assessments}.json` where they changed.

    They are made from what is loaded of any source, also one that settings no longer name, and
    never read back. What goes wrong in one file ends that one alone.

    Raises:
        DiskFull, LakeUnavailable, WarehouseError: those already written stay.
    """
    failures = Failures()
    written: list[str] = []
    current: set[str] = set()
    with parts.database.connect(autocommit=True) as connection, claims.share_lake(connection):
        for source, kind in KINDS.items():
            if kind.publish_raw is not None:
                with failures.only("", source):
                    written += _write_source(source, kind.publish_raw, parts, failures, current)
    return RawJsonResult(written=tuple(written), current=frozenset(current), failed=failures.found)


def delete_others(lake: Lake, keep: Collection[str]) -> int:
    """Delete the raw records of every course but these files: of courses that are gone.

    Returns:
        How many.
    """
    names = ("users.json", "grades.json", "assessments.json")
    keys = [stored.key for stored in lake.list("raw/")]
    return lake.delete(key for key in keys if key.rpartition("/")[2] in names and key not in keep)


def _write_source(
    source: str, publish_raw: PublishRaw, parts: Parts, failures: Failures, current: set[str]
) -> Iterator[str]:
    """Write the files of a source, yield the key of each as it is written; add all to `current`."""
    ended = [State.LOADED, State.EMPTY]
    with parts.database.connect() as connection:
        entries = ledger.read_entries(connection, source=source, states=ended)
    # A sweep removes a folder of this name should this process be killed: it holds names.
    with tempfile.TemporaryDirectory(dir=parts.spool, prefix="fetch-") as folder:
        loaded = [entry.planned for entry in entries]
        folders: Mapping[str, str] = {}
        for document in publish_raw(loaded, loaded_raws(parts.database, parts.lake), Path(folder)):
            if document.course_id not in folders:
                folders = folders_of(parts.database, [document.course_id])
            key = f"raw/{folders[document.course_id]}/{document.name}"
            with failures.only(document.course_id, key):
                is_new = _put(parts.lake, key, document.path)
                current.add(key)
                if is_new:
                    yield key


def _put(lake: Lake, key: str, path: Path) -> bool:
    """Write a document unless the same is there; in a bucket, which is not read, always."""
    current = lake.local_path(key)
    if current is not None and current.exists() and digest_of(current) == digest_of(path):
        return False
    lake.replace(key, path)
    _log.info("wrote %s", key)
    return True
