"""Erasure of learners: hashes of those who must never come in again, and steps still to do."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from psycopg import sql

from gradeline.records.ids import normalize_email, normalize_id
from gradeline.records.streams import RowTable
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "forgotten"
#: The source under which the id that all sources share is kept.
SHARED = ""
_KEY_BYTES = 32

#: Kinds of follow-up steps: `objects` (a source whose unnamed objects are deleted at once) and
#: `documents` (a course whose documents are written again).
FollowUp = Literal["objects", "documents"]


@dataclass(frozen=True, kw_only=True)
class ForgottenLearners:
    """The forgotten learners of one source, as hashes: an id can be checked, none can be read."""

    source: str
    key: bytes  #: of the hashes; the same for all sources of a database
    digests: frozenset[bytes]  #: HMAC-SHA256 of each id and e-mail

    def __bool__(self) -> bool:
        """Whether anybody of the source was forgotten."""
        return bool(self.digests)

    def includes(self, name: str) -> bool:
        """Whether an id or e-mail of this source, in any spelling, means somebody forgotten."""
        # Earlier versions remembered names as they were written.
        written = _digest(self.key, self.source, name.lower() if "@" in name else name)
        normal = _digest(self.key, self.source, _normal(name))
        return normal in self.digests or written in self.digests


def forgotten_learners(connection: Connection, source: str) -> ForgottenLearners:
    """Read who of a source was forgotten."""
    rows = connection.execute(query(_FILE, "digests"), {"source": source}).fetchall()
    digests = frozenset(bytes(digest) for (digest,) in rows)
    return ForgottenLearners(source=source, key=_key(connection) or b"", digests=digests)


def count_digests(connection: Connection) -> int:
    """Return how many hashes of forgotten learners are stored: it grows with each erasure."""
    row = connection.execute(query(_FILE, "count")).fetchone()
    return int(row[0]) if row else 0


def ensure_key(connection: Connection) -> bytes:
    """Return the key of the hashes, which is made where there is none."""
    connection.execute(query(_FILE, "make_key"), {"key": secrets.token_bytes(_KEY_BYTES)})
    return _key(connection) or b""


def read_digests(connection: Connection) -> list[tuple[str, bytes]]:
    """Read the hashes of all forgotten learners: source, hash."""
    return [(source, bytes(each)) for source, each in connection.execute(query(_FILE, "all"))]


def add_digests(connection: Connection, digests: Iterable[tuple[str, bytes]]) -> int:
    """Store hashes that were made with the key of this database; how many are new."""
    pairs = sorted(set(digests))
    values = {"sources": [source for source, _ in pairs], "digests": [each for _, each in pairs]}
    return connection.execute(query(_FILE, "remember"), values).rowcount


def remember_forgotten(connection: Connection, names: Iterable[tuple[str, str]]) -> None:
    """Store the hashes of these (source, id or e-mail), so that they never come in again."""
    key = ensure_key(connection)
    distinct = sorted(set(names))
    values = {
        "sources": [source for source, _ in distinct],
        "digests": [_digest(key, source, _normal(name)) for source, name in distinct],
    }
    connection.execute(query(_FILE, "remember"), values)


def sources(connection: Connection) -> Sequence[str]:
    """Read the names of all sources that the ledger knows."""
    return [source for (source,) in connection.execute(query(_FILE, "sources"))]


def courses_of(connection: Connection, learners: Collection[str]) -> frozenset[str]:
    """Read the ids of the courses in which any of these learners has results."""
    rows = connection.execute(query(_FILE, "results_of"), {"learners": sorted(learners)})
    return frozenset(course_id for (course_id,) in rows)


def forget_results(connection: Connection, learners: Collection[str]) -> int:
    """Remove these learners from all results, in the caller's transaction; rows changed.

    Graded attempts are copies of rows that are counted where they come from; what curators noted
    goes as well, and is no result.
    """
    names = ("forget_progress", "forget_stats", "forget_rankings")
    values = {"learners": sorted(learners)}
    for name in ("forget_attempts", "forget_contacts"):
        connection.execute(query(_FILE, name), values)
    return sum(connection.execute(query(_FILE, name), values).rowcount for name in names)


def forget_rows(
    connection: Connection,
    table: RowTable,
    source: str,
    ids: Collection[str],
    columns: Collection[str],
) -> int:
    """Delete a source's rows that have one of these ids in one of these columns; how many."""
    present = [name for name in table.schema.names if name in columns]
    is_table = connection.execute(query(_FILE, "is_table"), {"name": table.name}).fetchone()
    if not present or is_table != (True,):
        return 0  # the tables behind a view are among those of their source
    condition = sql.SQL(" OR ").join(
        sql.SQL("row.{} = ANY(%(ids)s)").format(sql.Identifier(name)) for name in present
    )
    statement = sql.SQL(query(_FILE, "forget_rows")).format(
        table=sql.Identifier(table.name), condition=condition
    )
    return connection.execute(statement, {"source": source, "ids": sorted(ids)}).rowcount


def add_pending(connection: Connection, what: FollowUp, names: Iterable[str]) -> None:
    """Store the follow-up steps of an erasure, to be done after the caller's transaction."""
    connection.execute(query(_FILE, "add_pending"), {"what": what, "names": sorted(set(names))})


def pending(connection: Connection, what: FollowUp) -> Sequence[str]:
    """Read the follow-up steps of erasures not done yet: names of sources or ids of courses."""
    return [name for (name,) in connection.execute(query(_FILE, "pending"), {"what": what})]


def mark_done(connection: Connection, what: FollowUp, name: str) -> None:
    """Remove one finished follow-up step of an erasure."""
    connection.execute(query(_FILE, "mark_done"), {"what": what, "name": name})


def results_about(
    connection: Connection, learners: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """Read results and notes about these learners: table → its rows, as JSON objects."""
    queries = {
        "progress_summary": "progress",
        "materialized_stats": "stats",
        "leaderboards": "rankings",
        "contacts": "contacts",
    }
    values = {"learners": sorted(learners)}
    return {
        table: [_document(row[0]) for row in connection.execute(query(_FILE, name), values)]
        for table, name in queries.items()
    }


def _document(value: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return document


def _key(connection: Connection) -> bytes | None:
    row = connection.execute(query(_FILE, "key")).fetchone()
    return None if row is None else bytes(row[0])


def _digest(key: bytes, source: str, name: str) -> bytes:
    kind = "e-mail" if "@" in name else "id"
    return hmac.digest(key, "\0".join((kind, source, name)).encode("utf-8", "replace"), "sha256")


def _normal(name: str) -> str:
    return normalize_email(name) if "@" in name else normalize_id(name)
