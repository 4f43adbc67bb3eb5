"""Move user properties into their two tables, slice by slice, in PostgreSQL itself.

The rule is that by which sources load: a slice tells of each person as its latest row does, and of
each change within it. So the result depends neither on the order in which slices are moved, nor on
how often moving was interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from gradeline.records.streams import RowTable
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.rows.load import merge_staged
from gradeline.warehouse.rows.property_values import object_of
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.sql import query

_FILE = "transform"


@dataclass(frozen=True, kw_only=True)
class PropertyRules:
    """What field_mappings.yaml says of user properties."""

    permanent: Sequence[str]
    changeable: Sequence[str]
    #: where the id of a person stands, the first that is given counts: (holder, name); the holder
    #: is `user_properties`, `event_properties`, or None for a field of the event
    ehr_id: Sequence[tuple[str | None, str]]
    #: property → what is done to its value, in this order; see `records.property_transforms`
    transforms: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SliceTransform:
    """What moving the rows of one slice did."""

    migrated: int  #: rows moved
    permanent: int  #: rows of permanent_user_properties written
    changeable: int  #: rows of changeable_user_properties written


def name_people(connection: Connection, rules: PropertyRules) -> int:
    """Say who posted rows are about, where their properties or their events do; how many."""
    return _run(connection, "name_people", ehr_id=_first_id(rules.ehr_id)).rowcount


def waiting_slices(connection: Connection, source: str) -> list[int]:
    """Return the numbers of slices with rows to move; of `all` sources, or of one kind."""
    return [number for (number,) in _run(connection, "waiting", values={"source": source})]


def count_left(connection: Connection, source: str) -> int:
    """Return how many rows are left, since nobody says who they are about."""
    row = _run(connection, "left_rows", values={"source": source}).fetchone()
    return int(row[0]) if row else 0


def transform_slice(
    connection: Connection, number: int, rules: PropertyRules, tables: Sequence[RowTable]
) -> SliceTransform:
    """Move the rows of a slice, as the caller commits; those moved before are moved again.

    Args:
        connection: the caller owns its transaction.
        number: of the slice.
        rules: which properties go where.
        tables: `permanent_user_properties` and `changeable_user_properties`, in this order.
    """
    ledger.lock(connection, number)
    values = {"slice_id": number}
    permanent = object_of(rules.permanent, rules.transforms)
    _run(
        connection,
        "observe",
        values=values,
        permanent=permanent,
        changeable=object_of(rules.changeable, rules.transforms),
    )
    _run(connection, "analyze")
    _run(connection, "permanent", values=values)
    _run(connection, "changeable", values=values)
    _run(connection, "analyze_staged")
    _run(connection, "delete_outdated", values=values)
    written = [sum(merge_staged(connection, table)) for table in tables]
    migrated = _run(connection, "mark", values=values).rowcount
    _run(connection, "clean")
    return SliceTransform(migrated=migrated, permanent=written[0], changeable=written[1])


def _first_id(places: Sequence[tuple[str | None, str]]) -> sql.Composable:
    holders = {"user_properties": "u.user_properties", "event_properties": "p.event_properties"}
    texts: list[sql.Composable] = [
        sql.SQL("e.{}").format(sql.Identifier(name))
        if holder is None
        else sql.SQL("{} ->> {}").format(sql.SQL(holders[holder]), sql.Literal(name))
        for holder, name in places
    ]
    given = [sql.SQL("nullif(btrim(normalize({}, NFC)), '')").format(text) for text in texts]
    return sql.SQL("coalesce({})").format(sql.SQL(", ").join([*given, sql.SQL("NULL")]))


def _run(
    connection: Connection,
    name: str,
    values: Mapping[str, object] | None = None,
    **parts: sql.Composable,
) -> psycopg.Cursor[TupleRow]:
    return connection.execute(sql.SQL(query(_FILE, name)).format(**parts), values)
