"""The database of a job that has only a bucket: fetched at the start, saved at the end."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from gradeline.base.errors import LeaseLost, WrongUse
from gradeline.flows.parts import Journal, NoJournal, stays
from gradeline.flows.upkeep.bucket_database import LEASE, POINTER, BucketDatabase, read_pointer
from gradeline.flows.upkeep.bucket_journal import BucketJournal
from gradeline.lake import Lake, hold_lease
from gradeline.settings import Settings
from gradeline.warehouse import Database, DatabaseContent
from gradeline.wiring.lake import wire_lake
from gradeline.wiring.server import open_server

_log = logging.getLogger(__name__)

#: In the home, beside `db/`: the database there is a copy of one that a bucket keeps.
COPY_MARK = "db-in-bucket.json"


@dataclass(frozen=True, kw_only=True)
class OpenDatabase:
    """A database, and what keeps it where nothing of it stays on this machine."""

    database: Database
    save: Callable[[], None] = stays  #: makes what it holds outlive this process
    journal: Journal = field(default_factory=NoJournal)  #: of messages that are sent


@contextmanager
def open_database(settings: Settings, say: Callable[[str], None]) -> Iterator[OpenDatabase]:
    """Open the database of a home that is open already, wherever it is kept.

    Raises:
        LeaseHeld: another process works with the database that the bucket keeps.
        LakeError, WarehouseError, DiskFull: it cannot be opened.
    """
    if settings.database_in_bucket():
        with open_in_bucket(settings, say) as opened:
            yield opened
        return
    with open_server(settings, say) as database:
        yield OpenDatabase(database=database)


@contextmanager
def open_in_bucket(settings: Settings, say: Callable[[str], None]) -> Iterator[OpenDatabase]:
    """Open the database that the bucket keeps, and save it there at the end if it has changed.

    After an error what is committed is saved, too, as it stays in a database of its own.

    Raises:
        WrongUse: the home has a database of its own beside the one in the bucket.
        LeaseHeld, LeaseLost: another process works with it, or took it over.
        LakeError, WarehouseError, DiskFull: it cannot be opened or saved.
    """
    lake, home = wire_lake(settings), settings.gradeline_home
    seen, _ = read_pointer(lake)
    with hold_lease(lake, LEASE, say, above=seen.fence if seen else 0) as lease:
        kept = BucketDatabase(lake, lease, home / "spool")
        content = _content(kept, lake, home, say)
        with open_server(settings, say, content) as database:
            if content is not None and content.dump is not None:
                content.dump.unlink()
            kept.opened(database)
            journal = BucketJournal(lake, kept)
            replayed = journal.replay(database)
            if replayed:
                _log.info("%d messages were sent since the database was saved", replayed)

            def save() -> None:
                if kept.save(database):
                    _mark_copy(home, lake)
                    journal.forget()

            try:
                yield OpenDatabase(database=database, save=save, journal=journal)
            except LeaseLost:
                raise
            except Exception:
                save()
                raise
            save()


def _content(
    kept: BucketDatabase, lake: Lake, home: Path, say: Callable[[str], None]
) -> DatabaseContent | None:
    """Return what the database here becomes; None = it stays, as the bucket keeps none yet."""
    has_own = (home / "db" / "data").exists() and not (home / COPY_MARK).exists()
    if has_own and kept.dump_key is None:
        say(f"The database of {home} is saved in {lake.url} from now on.")
        return None
    if has_own:
        raise WrongUse(
            f"{home / 'db'} has a database, and so has {lake.url} ({POINTER}).",
            hint="Move the folder away to use the one in the bucket, or set"
            " GRADELINE_DB_IN_BUCKET=false to use the one in the home.",
        )
    # Marked before anything is there, so that what a killed process left is known to be a copy.
    _mark_copy(home, lake)
    dump = kept.download()
    if dump is not None:
        say(f"Restoring the database from {lake.url} …")
    return DatabaseContent(dump=dump)


def _mark_copy(home: Path, lake: Lake) -> None:
    (home / COPY_MARK).write_text(json.dumps({"bucket": lake.url}) + "\n", encoding="utf-8")
