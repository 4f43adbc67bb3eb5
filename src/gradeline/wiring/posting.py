"""From settings to what loads rows that are posted over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gradeline.engine import DuckEngine
from gradeline.flows.post_rows import Post, PostParts, PostResult, post_rows
from gradeline.lake import Lake
from gradeline.settings import Settings
from gradeline.sources.posted.source import NAME, PostedSource
from gradeline.sources.source import Source
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger
from gradeline.wiring.arrow import set_up_arrow
from gradeline.wiring.lake import wire_lake


class PostLoader:
    """Loads rows that are posted; it acts as the loader, whom nothing else of the API is."""

    def __init__(self, parts: PostParts) -> None:
        self._parts = parts

    def __call__(
        self,
        table: str,
        body: Path,
        *,
        extension: str,
        digest: str,
        login: str,
        request_id: str,
    ) -> PostResult:
        """Load all rows of a body, or none; see `post_rows`."""
        post = Post(
            table=table,
            body=body,
            extension=extension,
            digest=digest,
            login=login,
            request_id=request_id,
        )
        return post_rows(self._parts, post)


def wire_posting(settings: Settings, database: Database) -> PostLoader:
    """Open what loads posts; the home is open already.

    Raises:
        LakeError: the store cannot be opened.
    """
    set_up_arrow()
    spool = settings.gradeline_home / "spool"
    engine = DuckEngine(memory_mb=settings.gradeline_engine_memory_mb, spill=spool)
    return PostLoader(post_parts(database, wire_lake(settings), engine, spool))


def post_parts(database: Database, lake: Lake, engine: DuckEngine, spool: Path) -> PostParts:
    """Return what posting works with."""
    return PostParts(
        database=database, lake=lake, engine=engine, spool=spool, source=PostedSource()
    )


def wire_posted(database: Database) -> Mapping[str, Source]:
    """What was posted, as a source by name; empty where nobody posted anything."""
    with database.connect() as connection:
        entries = ledger.read_entries(connection, source=NAME)
    return {NAME: PostedSource()} if entries else {}
