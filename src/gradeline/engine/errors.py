"""Map errors of DuckDB to ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from gradeline.base.errors import DiskFull, EngineError, GradelineError, ObjectMissing, OutOfMemory

#: DuckDB's messages when the disk, the quota, or its own limit of spill space is full.
_FULL = re.compile(
    r"No space left|File too large|quota exceeded|max_temp_directory_size|failed to offload",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"No files found that match the pattern \"(?P<pattern>[^\"]+)\""
    r"|(?:Cannot open file|Could not open file) \"(?P<file>[^\"]+)\": No such file"
    r"|ObjectMissing: .*? has no object (?P<key>.+?)\.(?:\s|$)"
)
_LONGEST = 300  # characters of DuckDB's message: the rest is SQL and a stack trace


@contextmanager
def map_duckdb_errors(doing: str, spill: str) -> Iterator[None]:
    """Raise every DuckDB error of the block as one of ours.

    Args:
        doing: what is computed, for messages, e.g. `computing a result`.
        spill: the folder that it may spill to.

    Raises:
        ObjectMissing: a fact object does not exist.
        DiskFull: the disk is full, or memory and spill space together do not suffice.
        OutOfMemory: the engine may not use as much memory as it needs.
        EngineError: DuckDB failed.
    """
    try:
        yield
    except GradelineError:
        raise
    except (duckdb.Error, OSError) as error:
        raise _of_duckdb(str(error), doing, spill) from error


def _of_duckdb(text: str, doing: str, spill: str) -> GradelineError:
    if _FULL.search(text):
        return DiskFull(
            f"There is no room left in {spill} while {doing}; nothing incomplete was left behind.",
            hint="Free some space or move GRADELINE_HOME; then run again.",
        )
    if text.startswith("Out of Memory"):
        return OutOfMemory(
            f"The memory the engine may use is not enough for {doing}.",
            hint="Raise GRADELINE_ENGINE_MEMORY_MB, or compute fewer courses at once (--course).",
        )
    missing = _MISSING.search(text)
    if missing:
        key = missing["pattern"] or missing["file"] or missing["key"]
        return ObjectMissing(
            f"{key} is in the load log but missing from storage.",
            hint="Rebuild it from the original data with `gradeline run --full`.",
        )
    message = text.strip().split("\n\n", 1)[0].replace("\n", " ")[:_LONGEST]
    return EngineError(f"The engine stopped while {doing}: {message}")
