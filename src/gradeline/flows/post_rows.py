"""Post rows: a body that was sent over HTTP becomes a slice, whole or not at all.

It goes the way of every slice: raw bytes to the lake, facts to the lake, then rows, ledger and
audit in one transaction. The same body is the same slice, so a client that heard no answer sends
it again.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

import msgspec

from gradeline.base.clock import now
from gradeline.base.errors import BadRequest, InputBroken
from gradeline.engine import Engine
from gradeline.flows.collect.exclude_forgotten import exclude_forgotten
from gradeline.flows.collect.fetch import to_disk_error
from gradeline.flows.collect.load import SliceFacts, load_slice
from gradeline.lake import Lake, digest_of, fact_key, raw_key
from gradeline.records.product_tables import PRODUCT_TABLES
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.source import PostContent, RawFile, Source
from gradeline.warehouse import Connection, Database, audit
from gradeline.warehouse.audit import AuditNote
from gradeline.warehouse.product_tables import history_ids
from gradeline.warehouse.slices import claims, ledger
from gradeline.warehouse.slices.entry import Entry, slice_id

#: Posts that are loaded at once; others wait. Each may need 100 MB.
_AT_ONCE = threading.BoundedSemaphore(2)
#: Seconds between looks whether an equal post has come to its end.
_LOOK_AGAIN_S = 0.1
#: A folder of this name in the spool is removed by a sweep where its process was killed.
_PREFIX = "fetch-"


class TakesPosts(Source, Protocol):
    """The source of what is posted."""

    def plan_post(self, table: str, digest: str, posted_at: datetime) -> PlannedSlice:
        """Return the slice of a post; its fingerprint depends on the digest alone."""

    def read_post(
        self, planned: PlannedSlice, body: Path, facts: Path, keys: Path | None = None
    ) -> PostContent:
        """Write the rows of a post to `facts`, and the keys of all rows to `keys`.

        Raises:
            BadRequest: a row is wrong; it says which.
        """


@dataclass(frozen=True, kw_only=True)
class PostParts:
    """What posting works with."""

    database: Database
    lake: Lake
    engine: Engine
    spool: Path  #: a folder on the disk of the home
    source: TakesPosts


@dataclass(frozen=True, kw_only=True)
class Post:
    """Rows that somebody sent."""

    table: str  #: its name
    body: Path  #: as it was sent; it is moved away
    extension: str  #: `json` or `ndjson`
    digest: str  #: SHA-256 of the body, in hex
    login: str  #: who sent it
    request_id: str


@dataclass(frozen=True, kw_only=True)
class PostResult:
    """What became of a post."""

    count: int  #: rows sent
    batches: int  #: pieces that they were copied in
    #: an open file: the id of each row as JSON, commas between; the caller closes it
    ids: IO[bytes]


def post_rows(parts: PostParts, post: Post) -> PostResult:
    """Load what was posted; where it was loaded before, only the ids are given again.

    Raises:
        BadRequest: a row is wrong, or the body as a whole; nothing was stored.
        LakeError, WarehouseError, DiskFull: nothing was stored.
    """
    with (
        _AT_ONCE,
        tempfile.TemporaryDirectory(dir=parts.spool, prefix=_PREFIX) as folder,
        parts.database.connect(autocommit=True) as claiming,
        claims.share_lake(claiming),
        _claimed(claiming, post.table, post.digest),
    ):
        planned = parts.source.plan_post(post.table, post.digest, now())
        known = ledger.find_settled(claiming, planned)
        planned = planned if known is None else known.planned
        try:
            load = _PostLoad(parts, post, planned, Path(folder))
            return load.run(is_loaded=known is not None)
        except OSError as error:
            raise to_disk_error(planned.slice, parts.spool, error) from error


@contextmanager
def _claimed(claiming: Connection, table: str, digest: str) -> Iterator[None]:
    """Wait until no other process loads the same body."""
    number = slice_id(Slice(source="posting", stream=table, window=digest))
    while not claims.claim(claiming, number):
        time.sleep(_LOOK_AGAIN_S)
    try:
        yield
    finally:
        claims.release(claiming, number)


class _PostLoad:
    """One post on its way."""

    def __init__(self, parts: PostParts, post: Post, planned: PlannedSlice, folder: Path) -> None:
        self._parts, self._post, self._planned = parts, post, planned
        self._keys = folder / "keys.ndjson"
        self._facts = folder / "facts.parquet"
        self._folder = folder
        self._body = post.body.rename(folder / f"body.{post.extension}")

    @property
    def _stream(self) -> Stream:
        return self._parts.source.streams[self._post.table]

    def run(self, *, is_loaded: bool) -> PostResult:
        self._keys.touch()
        read = self._parts.source.read_post(self._planned, self._body, self._facts, self._keys)
        if is_loaded or not read.rows:
            with self._parts.database.connect() as connection:
                self._note(connection, read)
                return self._result(connection, read)
        raw, forgotten = self._raw()
        if forgotten:
            self._facts.unlink(missing_ok=True)
            kept = self._parts.source.read_post(self._planned, raw.path, self._facts)
        else:
            kept = read
        return self._store(raw, forgotten, kept, read)

    def _raw(self) -> tuple[RawFile, int]:
        """Return the body without forgotten learners, and how many records that leaves out."""
        slice_ = self._planned.slice
        sent = RawFile(
            path=self._body,
            stream=slice_.stream,
            window=slice_.window,
            extension=self._post.extension,
        )
        (raw,), forgotten = exclude_forgotten(
            self._planned, [sent], self._parts.source, self._parts.database, self._folder
        )
        return raw, forgotten

    def _store(
        self, raw: RawFile, forgotten: int, kept: PostContent, read: PostContent
    ) -> PostResult:
        """Put the objects into the lake, then rows, ledger and audit into the database."""
        slice_, lake = self._planned.slice, self._parts.lake
        digest = digest_of(raw.path) if forgotten else self._post.digest
        raw_object = raw_key(slice_.source, slice_.stream, slice_.window, digest, raw.extension)
        lake.put_new(raw_object, raw.path)
        key = None
        if kept.rows:
            version = f"{self._stream.version} {self._planned.reader}"
            key = fact_key(slice_, [raw_object], version, self._stream.schema)
            lake.put_new(key, self._facts)
        facts = SliceFacts(reading=kept.reading, path=self._facts, key=key)
        with self._parts.database.connect() as connection:
            entry = self._land(connection, raw_object, forgotten)
            try:
                load_slice(connection, self._parts.engine, entry, self._stream, facts)
            except InputBroken as error:
                raise BadRequest(error.what, hint="Nothing was stored.", where=("body",)) from None
            self._note(connection, read)
            return self._result(connection, read)

    def _land(self, connection: Connection, raw_object: str, forgotten: int) -> Entry:
        (entry,) = ledger.plan(connection, [self._planned])
        ledger.mark_landed(
            connection,
            entry.slice_id,
            [raw_object],
            fingerprint=self._planned.fingerprint,
            forgotten=forgotten,
        )
        return ledger.read_entry(connection, self._planned.slice)

    def _note(self, connection: Connection, read: PostContent) -> None:
        slices: Mapping[str, str] = {"slice": str(self._planned.slice)} if read.rows else {}
        note = AuditNote(
            login=self._post.login,
            action="post",
            subject=self._post.table,
            rows=read.rows,
            request_id=self._post.request_id,
            detail=slices,
        )
        audit.note(connection, note)

    def _result(self, connection: Connection, read: PostContent) -> PostResult:
        """Write the id of each row: what names it, or of history the change that is in force."""
        of_history = PRODUCT_TABLES[self._post.table].own_id is not None
        ids = tempfile.TemporaryFile(dir=self._parts.spool)  # noqa: SIM115 - the caller closes it
        with self._keys.open("rb") as keys:
            for number, line in enumerate(keys):
                found = line.strip()
                if of_history:
                    pairs = msgspec.json.decode(line, type=list[tuple[str, datetime]])
                    found = msgspec.json.encode(history_ids(connection, pairs))
                ids.write((b"," if number else b"") + found[1:-1])
        ids.seek(0)
        return PostResult(count=read.rows, batches=read.batches, ids=ids)
