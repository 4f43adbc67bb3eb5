"""Links: who is who across sources, as people say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query

_FILE = "links"


@dataclass(frozen=True, kw_only=True, order=True)
class Link:
    """One person as one source knows them."""

    learner_id: str  #: the id that all sources share
    source: str
    external_id: str  #: the source's own id


def lock(connection: Connection) -> None:
    """Let others who write links wait until the caller's transaction ends."""
    connection.execute(query(_FILE, "lock"))


def ls(
    connection: Connection, *, source: str | None = None, learner_id: str | None = None
) -> list[Link]:
    """All links, or those of a source or a learner, in the order of learners."""
    rows = connection.execute(query(_FILE, "ls"), {"source": source, "learner_id": learner_id})
    return [Link(source=s, external_id=e, learner_id=learner) for s, e, learner in rows]


def put(connection: Connection, links: Iterable[Link]) -> int:
    """Make these links hold, whatever the same ids meant before; how many that changed."""
    wanted = sorted({(each.source, each.external_id): each for each in links}.values())
    values = {
        "sources": [each.source for each in wanted],
        "external_ids": [each.external_id for each in wanted],
        "learner_ids": [each.learner_id for each in wanted],
    }
    return connection.execute(query(_FILE, "add"), values).rowcount


def remove(connection: Connection, learners: Collection[str]) -> int:
    """Take away all links of these learners; how many there were."""
    return connection.execute(query(_FILE, "remove"), {"learners": sorted(learners)}).rowcount
