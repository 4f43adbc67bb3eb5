"""Map the facts of `files` sources to canonical tables, as Ibis expressions."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.records.tables import CANONICAL, LEARNERS
from gradeline.sources.canonical import LINKS, ONE_SLICE, SOURCE_NAME, linked, sha256
from gradeline.sources.tabular.streams import OWN_ID


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the facts of `files` sources.

    Args:
        streams: stream → facts with their source as column `source_name`; without facts a table
            is empty, as `events` is where a school gives no clicks. `learner_links` may also be
            the links that people made (source, external_id, learner_id), `event_days` the daily
            sums of the warehouse.
    """
    links = streams.get(LINKS)
    return {table: _canonical(table, facts, links) for table, facts in streams.items()}


def _canonical(table: str, facts: ir.Table, links: ir.Table | None) -> ir.Table:
    names = CANONICAL[table].schema.names
    source = [SOURCE_NAME] if "course_id" in names else []
    if table == LINKS:
        return _latest(facts, table).select(*names)
    # Reading lets no key into a slice twice; only a link can make two learners of a slice one.
    once = ONE_SLICE in facts.columns and links is None
    rows = facts.mutate(source=facts[SOURCE_NAME])
    if "learner_id" in names:
        rows = linked(rows, links)
    if "group_id" in names:
        rows = rows.mutate(group_id=rows.source.concat(":", rows.group_id))
    if table in OWN_ID:
        rows = rows.mutate(**{OWN_ID[table]: _row_id(rows, rows[OWN_ID[table]])})
    if table == "event_days":
        keys = [*CANONICAL[table].key, *source]
        sums = {name: rows[name].sum().cast("int64") for name in ("events", "count")}
        return rows.group_by(keys).aggregate(**sums).select(*names, *source)
    return (rows if table == "events" or once else _latest(rows, table)).select(*names, *source)


def _row_id(rows: ir.Table, own: ir.StringValue) -> ir.StringValue:
    """Return the source's own id of a row, else a hash of its place: equal rows stay apart."""
    place = rows[SLICE_COLUMN].concat(":", rows[POSITION_COLUMN].cast("string"))
    return own.isnull().ifelse(sha256(place), rows.source.concat(":", own))


def _latest(table: ir.Table, name: str) -> ir.Table:
    """One row for each key, that of the greatest (slice, position): what came in last counts.

    A course's id may mean another course at each source, so its key has the source in it. That of
    a learner has it too: a source that knows no names takes nobody's name away.
    """
    if SLICE_COLUMN not in table.columns:
        return table
    keys = [table[column] for column in CANONICAL[name].key]
    if "course_id" in CANONICAL[name].key or name == LEARNERS.name:
        keys.append(table[SOURCE_NAME])
    newest = [table[SLICE_COLUMN].desc(), table[POSITION_COLUMN].desc()]
    ranked = table.mutate(_place=ibis.row_number().over(group_by=keys, order_by=newest))
    return ranked.filter(ranked["_place"] == 0)
