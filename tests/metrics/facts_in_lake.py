"""Facts put into a lake and a ledger by hand, as if slices had been collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from gradeline.engine import DuckEngine
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.parts import Parts
from gradeline.lake import FactWriter, fact_key, open_lake
from gradeline.records.counts import Counts
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.sources import KINDS
from gradeline.warehouse import Database, Role
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import SettledVersion, slice_id

from .school import DEFAULTS

Rows = list[dict[str, Any]]
#: What two equal sets of results may differ in.
PASSING = frozenset({"build_id", "computed_at", "expires_at"})
RESULTS = (
    "materialized_stats",
    "leaderboards",
    "progress_summary",
    "course_figures",
    "group_figures",
    "group_history",
    "item_figures",
    "form_figures",
    "graded_attempts",
    "graded_attempts_since",
    "reader_course_figures",
    "reader_leaderboards",
    "course_keys",
)
WHOLE = ("courses", "groups", "items", "plan", "learners", "memberships")


def parts_in(folder: Path, database: Database) -> Parts:
    """A Gradeline whose lake and spool are in a folder."""
    return Parts(
        database=database,
        lake=open_lake(f"file:{folder}"),
        engine=DuckEngine(spill=folder, threads=2),
        sources={},
        choices=Choices(),
        spool=folder,
        hold_percent=Decimal(5),
        languages=("en",),
    )


def slices_of(school: Mapping[str, Rows]) -> dict[tuple[str, str], Rows]:
    """The rows of a school as slices: attempts and events one per course, the others whole."""
    found: dict[tuple[str, str], Rows] = {(name, "all"): school[name] for name in WHOLE}
    by_course: dict[tuple[str, str], Rows] = defaultdict(list)
    for name in ("attempts", "events"):
        for row in school[name]:
            by_course[name, str(row["course_id"])].append(row)
    return {**found, **by_course}


def settle(parts: Parts, slices: Mapping[tuple[str, str], Rows], source: str = "files:s") -> None:
    """Make these the facts of their slices."""
    with parts.database.connect() as connection:
        for (stream, window), rows in slices.items():
            which = Slice(source=source, stream=stream, window=window)
            print_ = str(hash(str(rows)))
            ledger.plan(connection, [PlannedSlice(slice=which, fingerprint=print_)])
            ledger.settle(connection, slice_id(which), _settled(parts, which, rows, print_))


def _settled(parts: Parts, which: Slice, rows: Rows, fingerprint: str) -> SettledVersion:
    instants = [row["at"] for row in rows if "at" in row]
    courses = {row["course_id"] for row in rows if "course_id" in row} - {None}
    return SettledVersion(
        fingerprint=fingerprint,
        counts=Counts(received=len(rows), stored=len(rows)),
        checksum=fingerprint,
        fact_key=_put(parts, which, rows, fingerprint) if rows else None,
        courses=None if which.stream == "learners" else frozenset(courses),
        earliest=min(instants, default=None),
        latest=max(instants, default=None),
    )


def _put(parts: Parts, which: Slice, rows: Rows, fingerprint: str) -> str:
    columns = KINDS["files"].tables[which.stream].schema
    schema = pa.schema([pa.field("slice", pa.string()), *list(columns)[1:]])
    usual = DEFAULTS.get(which.stream, {})
    filled = [
        {**usual, **_names(which, row), "slice": str(which), "position": place, **row}
        for place, row in enumerate(rows)
    ]
    path = parts.spool / "facts.parquet"
    with FactWriter(path, schema) as writer:
        writer.write(pa.RecordBatch.from_pylist(filled, schema=schema))
    key = fact_key(which, [fingerprint], 1, schema)
    parts.lake.put_new(key, path)
    return key


def _names(which: Slice, row: Mapping[str, Any]) -> dict[str, str]:
    """The category and the name that a row of courses has."""
    if which.stream != "courses":
        return {}
    category, _, course = row["course_id"].partition("/")
    return {"category": category, "course": course}


def results_of(database: Database) -> dict[str, list[str]]:
    """The rows of every table of results, without what may pass."""
    found = {}
    with database.connect(Role.BACKUP) as connection:
        for table in RESULTS:
            cursor = connection.execute(f"SELECT * FROM {table}")
            names = [column.name for column in cursor.description or ()]
            kept = [dict(zip(names, row, strict=True)) for row in cursor]
            found[table] = sorted(
                str({name: row[name] for name in names if name not in PASSING}) for row in kept
            )
    return found


def forget_results(database: Database) -> None:
    """Take all results away."""
    with database.connect(Role.OWNER) as connection:
        connection.execute(f"TRUNCATE {', '.join(RESULTS)}, kpi_history, builds CASCADE")
