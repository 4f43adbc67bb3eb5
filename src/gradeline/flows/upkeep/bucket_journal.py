"""A journal of tries to send, in the bucket that keeps the database between runs.

It says what became of each try since the dump that counts: a process that died after sending and
before saving is not sent for again. Each dump has a journal of its own, so that a new dump begins
with an empty one. The name of a try is the same for everyone who starts from the same dump, and is
created only once: of two processes that both think the database is theirs, one sends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec

from gradeline.base.clock import now
from gradeline.base.errors import LakeError, ObjectExists
from gradeline.flows.upkeep.bucket_database import FOLDER, BucketDatabase
from gradeline.lake import Lake
from gradeline.lake.lease import lease_lost
from gradeline.records.messages import MessageState, StoredMessage
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import messages
from gradeline.warehouse.deliveries.messages import TryEnd

JOURNAL = f"{FOLDER}/journal"


class TryRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the journal says of one try."""

    message_id: int
    tries: int  #: begun so far, this one included
    holder: str  #: of the lease
    begun_at: datetime
    steps: Mapping[str, str] = msgspec.field(default_factory=dict)  #: done → the service's id
    state: MessageState | None = None  #: how it ended; None = it is under way, or its process died
    error: str | None = None
    next_try_at: datetime | None = None
    provider_id: str | None = None
    url: str | None = None


_RECORD = msgspec.json.Decoder(TryRecord)


class BucketJournal:
    """Keeps the tries since the dump that counts."""

    def __init__(self, lake: Lake, kept: BucketDatabase) -> None:
        self._lake, self._kept = lake, kept
        self._records: dict[int, TryRecord] = {}  # message → its last try since the dump

    def replay(self, database: Database) -> int:
        """Bring a ledger that was restored up to what was sent since; how many messages.

        Raises:
            LakeError: an object of the journal is not what Gradeline writes.
        """
        for item in self._lake.list(f"{self._folder()}/"):
            record = self._read(item.key)
            last = self._records.get(record.message_id)
            if last is None or last.tries < record.tries:
                self._records[record.message_id] = record
        with database.connect() as connection:
            for record in self._records.values():
                messages.resume_try(connection, record.message_id, record.tries, record.steps)
                end = _end_of(record)
                if end is not None:
                    messages.end_try(connection, record.message_id, end)
        return len(self._records)

    def forget(self) -> None:
        """Begin the journal of a new dump, which holds all that the one before says."""
        self._records.clear()
        current = f"{self._folder()}/"
        keys = [item.key for item in self._lake.list(f"{JOURNAL}/")]
        self._lake.delete(key for key in keys if not key.startswith(current))

    def begin(self, message: StoredMessage) -> None:
        """Note that a try begins; returns once that is stored.

        Raises:
            LeaseLost: another process has begun this try, or has the lease.
        """
        self._kept.lease.check()
        record = TryRecord(
            message_id=message.message_id,
            tries=message.tries + 1,
            holder=self._kept.lease.holder,
            begun_at=now(),
        )
        try:
            self._lake.put_new(self._key(record), msgspec.json.encode(record))
        except ObjectExists:
            raise lease_lost(self._lake) from None
        self._kept.lease.check()  # it may have taken so long that somebody else has replayed
        self._records[message.message_id] = record

    def step(self, message_id: int, step: str, provider_id: str) -> None:
        """Note a step that the service took; one that is only looked up has no record."""
        record = self._records.get(message_id)
        if record is not None:
            steps = {**record.steps, step: provider_id}
            self._write(msgspec.structs.replace(record, steps=steps))

    def end(self, message_id: int, end: TryEnd) -> None:
        """Note how a try ended; a message that was not tried since the dump has no record."""
        record = self._records.get(message_id)
        if record is None:
            return
        self._write(
            msgspec.structs.replace(
                record,
                state=end.state,
                error=end.error,
                next_try_at=end.next_try_at,
                provider_id=end.provider_id,
                url=end.url,
            )
        )

    def _write(self, record: TryRecord) -> None:
        self._lake.replace(self._key(record), msgspec.json.encode(record))
        self._records[record.message_id] = record

    def _folder(self) -> str:
        dump = self._kept.dump_key
        return f"{JOURNAL}/{dump.rpartition('/')[2].removesuffix('.dump') if dump else 'first'}"

    def _key(self, record: TryRecord) -> str:
        return f"{self._folder()}/{record.message_id:012d}-{record.tries:06d}.json"

    def _read(self, key: str) -> TryRecord:
        try:
            return _RECORD.decode(self._lake.get(key))
        except msgspec.MsgspecError as error:
            raise LakeError(
                f"{key} in {self._lake.url} is not what Gradeline writes.",
                hint="Put back an earlier version of it; without it, a message may go twice.",
            ) from error


def _end_of(record: TryRecord) -> TryEnd | None:
    if record.state is None:
        return None
    return TryEnd(
        state=record.state,
        error=record.error,
        next_try_at=record.next_try_at,
        provider_id=record.provider_id,
        url=record.url,
    )
