"""Errors of DuckDB, translated once into ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from gradeline.base.errors import DiskFull, EngineError, GradelineError, ObjectMissing

#: What DuckDB says when the disk, the quota, or its own limit of spill space is used up.
_FULL = re.compile(
    r"No space left|File too large|quota exceeded|max_temp_directory_size|failed to offload",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"No files found that match the pattern \"(?P<pattern>[^\"]+)\""
    r"|(?:Cannot open file|Could not open file) \"(?P<file>[^\"]+)\": No such file"
    r"|ObjectMissing: .*? has no object (?P<key>.+?)\.(?:\s|$)"
)
_LONGEST = 300  # letters of DuckDB's own words: the rest is SQL and a stack


@contextmanager
def map_duckdb_errors(doing: str, spill: str) -> Iterator[None]:
    """Let nothing of DuckDB's out: what fails inside is raised as one of our errors.

    Args:
        doing: what was being computed, for people.
        spill: the folder it may spill to.

    Raises:
        ObjectMissing: a fact object is not there.
        DiskFull: the disk is full, or memory and spill space together do not suffice.
        EngineError: the engine cannot do it.
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
        return EngineError(
            f"The memory the engine may use is not enough for {doing}.",
            hint="Raise GRADELINE_ENGINE_MEMORY_MB, or compute fewer courses at once (--course).",
        )
    absent = _ABSENT.search(text)
    if absent:
        key = absent["pattern"] or absent["file"] or absent["key"]
        return ObjectMissing(
            f"{key} is in the load log but missing from storage.",
            hint="Rebuild it from the original data with `gradeline run --full`.",
        )
    said = text.strip().split("\n\n", 1)[0].replace("\n", " ")[:_LONGEST]
    return EngineError(f"The engine stopped while {doing}: {said}")
