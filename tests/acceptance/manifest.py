"""What a home holds, as digests: two equal manifests mean equal facts, results and documents.

Versions of readers, which name facts and fingerprints, may be others.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

#: Table or view, or rows of one → the columns that are compared; the others tell when a run was,
#: or which, or by which version of a reader.
COMPARED = {
    "slices": "source, stream, slices.window, state, received, stored, already_there,"
    " quarantined, checksum, raw_keys, courses",
    "quarantine where closed_at is null": "place, reason_code, raw, digest",
    "materialized_stats": "type, entity_id, group_id, course_id, level_id, topic_id, metrics",
    "leaderboards": "scope, scope_id, group_id, rankings, size",
    "progress_summary": "learner_id, course_id, to_jsonb(progress_summary) - 'build_id'",
    "course_figures": "course_id, figures",
    "kpi_history": "course_id, kpi, as_of, value, n, low, high",
    "daily_statistics": "day, attempts, successful, failed, runs, unique_users, success_rate",
    **dict.fromkeys(("courses", "learners", "groups", "memberships", "items", "plan"), "*"),
    "attempts": "*",
}
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
        "tables": {name: _table(connection, name) for name in COMPARED},
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
