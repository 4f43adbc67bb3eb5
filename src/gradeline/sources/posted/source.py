"""The `posted` source: rows that were posted to the tables of product events over HTTP.

Nobody plans its slices: a post is one, `posted/events_part/20261201T133000.123456Z-1a2b3c4d`. The
later of two posts has the greater name, and is believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from gradeline.base.errors import BadRequest, InputBroken, SourceError
from gradeline.records.product_tables import PRODUCT_TABLES, ProductTable
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import FactQuery, Stream
from gradeline.sources.posted.read import facts_schema, read_post
from gradeline.sources.posted.streams import EVENTS
from gradeline.sources.product_events.tables import row_table
from gradeline.sources.source import Kind, Plan, PlanRequest, PostContent, RawFile, Reading
from gradeline.sources.sql import query

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = "posted"
#: Raised when reading changes.
VERSION = 1
_FILE = "posted"
_WINDOW_DIGITS = 16


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map facts to canonical tables, as `posted.to_canonical` documents."""
    from gradeline.sources.posted.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


POSTED = Kind(tables=MappingProxyType({"events_part": EVENTS}), to_canonical=to_canonical)


class PostedSource:
    """What was posted; it is asked for nothing, and reads what is in the lake."""

    name = NAME
    lists_all = False
    parallel = 1
    reads_ahead = False

    def __init__(self) -> None:
        self.streams: Mapping[str, Stream] = {
            table.name: _stream(table) for table in PRODUCT_TABLES.values()
        }

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - part of the protocol
        """Plan nothing: a post is planned when it comes."""
        return Plan(slices=(), fetch=_fetch)

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Write the rows of a post to `facts` again.

        Raises:
            InputBroken: a row is wrong, as this version sees it.
        """
        (body,) = raws
        try:
            return self.read_post(planned, body, facts).reading
        except BadRequest as error:
            raise InputBroken(f"{planned.slice}: {error.what}", hint=error.hint) from None

    def read_post(
        self, planned: PlannedSlice, body: Path, facts: Path, keys: Path | None = None
    ) -> PostContent:
        """Write the rows of a post to `facts`, and their keys to `keys`; see `read_post`.

        Raises:
            BadRequest: a row is wrong; it says which.
        """
        table = PRODUCT_TABLES[planned.slice.stream]
        return read_post(planned, table, body, facts, keys)

    def plan_post(self, table: str, digest: str, posted_at: datetime) -> PlannedSlice:
        """Return the slice of a post; its fingerprint depends on the digest alone.

        Args:
            table: the table's name.
            digest: of the body, in hex.
            posted_at: when it came, UTC.
        """
        stamp = f"{posted_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}"
        window = f"{stamp}-{digest[:_WINDOW_DIGITS]}"
        return PlannedSlice(
            slice=Slice(source=NAME, stream=table, window=window),
            fingerprint=f"{NAME} {VERSION} {digest}",
            starts_at=posted_at,
            reader=f"{NAME} {VERSION}",
        )

    def stop(self) -> None:
        """Do nothing: there is nothing to wait for."""


def _fetch(planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:  # noqa: ARG001 - as above
    raise SourceError(
        f"What was posted as {planned.slice} is no longer in the lake.", hint="Post it again."
    )


#: Table → which of a post's facts are its rows; others are `by_uuid`.
_QUERIES = {
    "tmp_user_properties": "user_properties",
    "mobile_devices": "devices",
    "permanent_user_properties": "permanent",
    "changeable_user_properties": "changes",
}


def _stream(table: ProductTable) -> Stream:
    sql = query(_FILE, _QUERIES.get(table.name, "by_uuid"))
    rows = row_table(table.name, FactQuery(sql=sql, by_parts=True))
    return Stream(
        name=table.name,
        schema=facts_schema(table),
        tables=(replace(rows, replaces_slice=True),),
        version=VERSION,
    )
