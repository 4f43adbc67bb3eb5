"""Forgetting: hashes of who must never come in again, and what is left to do of a forgetting."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import sql

from gradeline.records.streams import RowTable
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "forgotten"
#: The source under which the id that all sources share is kept.
SHARED = ""
_KEY_BYTES = 32

What = Literal["objects", "documents"]


@dataclass(frozen=True, kw_only=True)
class ForgottenLearners:
    """The forgotten learners of one source; says who is one and tells nobody who they are."""

    source: str
    key: bytes
    digests: frozenset[bytes]

    def __bool__(self) -> bool:
        """Whether anybody of the source was forgotten."""
        return bool(self.digests)

    def includes(self, name: str) -> bool:
        """Whether an id or e-mail of this source is that of somebody who was forgotten."""
        return _digest(self.key, self.source, name) in self.digests


def forgotten_learners(connection: Connection, source: str) -> ForgottenLearners:
    """Who of a source was forgotten."""
    rows = connection.execute(query(_FILE, "digests"), {"source": source}).fetchall()
    found = frozenset(bytes(digest) for (digest,) in rows)
    return ForgottenLearners(source=source, key=_key(connection) or b"", digests=found)


def remember_forgotten(connection: Connection, names: Iterable[tuple[str, str]]) -> None:
    """Remember by their hashes that these (source, id or e-mail) never come in again."""
    connection.execute(query(_FILE, "make_key"), {"key": secrets.token_bytes(_KEY_BYTES)})
    key = _key(connection) or b""
    identifiers = sorted(set(names))
    values = {
        "sources": [source for source, _ in identifiers],
        "digests": [_digest(key, source, name) for source, name in identifiers],
    }
    connection.execute(query(_FILE, "remember"), values)


def sources(connection: Connection) -> Sequence[str]:
    """Every source that the ledger knows."""
    return [source for (source,) in connection.execute(query(_FILE, "sources"))]


def courses_of(connection: Connection, learners: Collection[str]) -> frozenset[str]:
    """Courses in which any of these learners has results."""
    rows = connection.execute(query(_FILE, "results_of"), {"learners": sorted(learners)})
    return frozenset(course_id for (course_id,) in rows)


def forget_results(connection: Connection, learners: Collection[str]) -> int:
    """Take these learners out of all results, in the caller's transaction; rows that changed."""
    names = ("forget_progress", "forget_stats", "forget_rankings")
    values = {"learners": sorted(learners)}
    return sum(connection.execute(query(_FILE, name), values).rowcount for name in names)


def forget_rows(
    connection: Connection,
    table: RowTable,
    source: str,
    ids: Collection[str],
    columns: Collection[str],
) -> int:
    """Delete a source's rows that have one of these ids in one of these columns; how many."""
    there = [name for name in table.schema.names if name in columns]
    if not there:
        return 0
    named = sql.SQL(" OR ").join(
        sql.SQL("row.{} = ANY(%(ids)s)").format(sql.Identifier(name)) for name in there
    )
    statement = sql.SQL(query(_FILE, "forget_rows")).format(
        table=sql.Identifier(table.name), named=named
    )
    return connection.execute(statement, {"source": source, "ids": sorted(ids)}).rowcount


def add_pending(connection: Connection, what: What, names: Iterable[str]) -> None:
    """Write down what is left to do once the caller's transaction is over."""
    connection.execute(query(_FILE, "add_pending"), {"what": what, "names": sorted(set(names))})


def pending(connection: Connection, what: What) -> Sequence[str]:
    """What is left to do: sources whose unnamed objects are deleted, courses to write again."""
    return [name for (name,) in connection.execute(query(_FILE, "pending"), {"what": what})]


def mark_done(connection: Connection, what: What, name: str) -> None:
    """It is done."""
    connection.execute(query(_FILE, "mark_done"), {"what": what, "name": name})


def results_about(
    connection: Connection, learners: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """All results about these learners: table → its rows, as documents."""
    named = {
        "progress_summary": "progress",
        "materialized_stats": "stats",
        "leaderboards": "rankings",
    }
    values = {"learners": sorted(learners)}
    return {
        table: [_document(row[0]) for row in connection.execute(query(_FILE, name), values)]
        for table, name in named.items()
    }


def _document(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def _key(connection: Connection) -> bytes | None:
    row = connection.execute(query(_FILE, "key")).fetchone()
    return None if row is None else bytes(row[0])


def _digest(key: bytes, source: str, name: str) -> bytes:
    kind, told = ("e-mail", name.lower()) if "@" in name else ("id", name)
    return hmac.digest(key, "\0".join((kind, source, told)).encode("utf-8", "replace"), "sha256")
