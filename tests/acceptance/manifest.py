"""What a home holds, as digests: two equal manifests mean equal facts, results and documents.

Versions of readers, which name facts and fingerprints, may be others.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def _own(column: str) -> str:
    """SQL of a group's id without the name of its source."""
    return f"regexp_replace({column}, '^files:[^:]+:', '')"


#: Table or view, or rows of one → the columns that are compared; the others tell when a run was,
#: or which, or by which version of a reader, as the checksum of facts with a new column does.
COMPARED = {
    "slices": "source, stream, slices.window, state, received, stored, already_there,"
    " quarantined, raw_keys, courses",
    "quarantine where closed_at is null": "place, reason_code, raw, digest",
    # Ids of groups have got the name of their source since, and figures new columns and types.
    "materialized_stats where type <> 'group_course'": "type, case when group_id is null then"
    f" entity_id else {_own('entity_id')} end as entity_id, {_own('group_id')} as group_id,"
    " course_id, level_id, topic_id, metrics",
    "leaderboards": f"scope, case scope when 'group' then {_own('scope_id')} else scope_id end"
    f" as scope_id, {_own('group_id')} as group_id, rankings, size",
    "progress_summary": "learner_id, course_id, to_jsonb(progress_summary)"
    " - '{build_id,group_ids,group_names,grade_sum,grade_squares}'::text[] || jsonb_build_object("
    f"'group_id', {_own('group_ids[1]')}, 'group_name', group_names[1])",
    "course_figures": "course_id, regexp_replace(figures::text, '\"files:[a-z]+:', '\"', 'g')",
    "kpi_history": "course_id, kpi, as_of, value, n, low, high",
    "daily_statistics": "day, attempts, successful, failed, runs, unique_users, success_rate",
    **dict.fromkeys(("courses", "learners", "items", "plan"), "*"),
    "groups": f"{_own('group_id')} as group_id, course_id, name, rolling",
    "memberships": f"learner_id, {_own('group_id')} as group_id, course_id, role, starts_on,"
    " ends_on, outcome",
    "attempts": f"attempt_id, learner_id, course_id, {_own('group_id')} as group_id, item_id,"
    " topic_id, level_id, kind, correct, score, hints, duration_s, at, source",
}
#: Columns that facts have got since.
ADDED = ("response",)
#: Documents whose bytes are compared; words of the others may be corrected.
DOCUMENTS = ("processed/**/*.csv", "metrics/**/*.json")


def manifest(connection: Any, home: Path) -> dict[str, dict[str, str]]:
    """Digest the facts, tables and documents of a home.

    Args:
        connection: of psycopg, to the home's database; it may read every row.
        home: the GRADELINE_HOME.

    Returns:
        `facts` by slice, `tables` by name (count of rows and digest), `documents` by path.
    """
    loaded = "select concat_ws('/', source, stream, slices.window), fact_key from slices order by 1"
    facts = connection.execute(loaded).fetchall()
    documents = sorted(path for form in DOCUMENTS for path in home.glob(form))
    return {
        "facts": {name: _digest(_arrow_bytes(home / key)) for name, key in facts},
        "tables": {name.partition(" where type")[0]: _table(connection, name) for name in COMPARED},
        "documents": {_name(path, home): _digest(path.read_bytes()) for path in documents},
    }


def _name(path: Path, home: Path) -> str:
    return path.relative_to(home).as_posix()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _arrow_bytes(path: Path) -> bytes:
    """Names, types and rows, whatever version of Parquet's writer the file is from.

    A column without nulls is one whether or not the writer noted that it can have none.
    """
    table = pq.read_table(path, partitioning=None)
    table = table.drop_columns([name for name in ADDED if name in table.column_names])
    schema = pa.schema([field.with_nullable(True).remove_metadata() for field in table.schema])
    table = pa.Table.from_arrays(table.columns, schema=schema)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return bytes(sink.getvalue())


def _table(connection: Any, name: str) -> str:
    rows = connection.execute(
        f"select r::text from (select {COMPARED[name]} from {name}) as r".encode()
    ).fetchall()
    text = "\n".join(sorted(row for (row,) in rows))
    return f"{len(rows)} {_digest(text.encode())}"
