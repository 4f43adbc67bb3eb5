"""Write the raw records of each course as files with plain names, for people to read."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from gradeline.flows.collect.fetch import loaded_raws
from gradeline.flows.parts import Parts
from gradeline.lake import Lake, digest_of, document_key
from gradeline.records.slices import State
from gradeline.sources import KINDS
from gradeline.sources.source import PublishRaw
from gradeline.warehouse.slices import claims, ledger

_log = logging.getLogger(__name__)


def write_raw_json(parts: Parts) -> tuple[str, ...]:
    """Write `raw/<category>/<course>/{users,grades,assessments}.json` where they changed.

    They are made from what is loaded of any source, also one that settings no longer name, and
    never read back.

    Returns:
        The keys that were written.

    Raises:
        LakeError, DiskFull: those already written stay.
    """
    with parts.database.connect(autocommit=True) as connection, claims.share_lake(connection):
        return tuple(
            key
            for source, kind in KINDS.items()
            if kind.publish_raw is not None
            for key in _write_source(source, kind.publish_raw, parts)
        )


def _write_source(source: str, publish_raw: PublishRaw, parts: Parts) -> list[str]:
    ended = [State.LOADED, State.EMPTY]
    with parts.database.connect() as connection:
        entries = ledger.read_entries(connection, source=source, states=ended)
    written: list[str] = []
    # A sweep removes a folder of this name should this process be killed: it holds names.
    with tempfile.TemporaryDirectory(dir=parts.spool, prefix="fetch-") as folder:
        loaded = [entry.planned for entry in entries]
        for document in publish_raw(loaded, loaded_raws(parts.database, parts.lake), Path(folder)):
            key = document_key("raw", *document.course_id.split("/", 1), document.name)
            if _put(parts.lake, key, document.path):
                written.append(key)
    return written


def _put(lake: Lake, key: str, path: Path) -> bool:
    """Write a document unless the same is there; in a bucket, which is not read, always."""
    current = lake.local_path(key)
    if current is not None and current.exists() and digest_of(current) == digest_of(path):
        return False
    lake.replace(key, path)
    _log.info("wrote %s", key)
    return True
