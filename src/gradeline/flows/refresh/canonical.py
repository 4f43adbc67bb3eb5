"""Canonical: the facts that the ledger lists, opened on an engine as the tables of our field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from gradeline.engine import Session
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.union import order_plans_last, replace_plans, union_tables
from gradeline.lake import Lake
from gradeline.records.streams import SLICE_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.sources import KINDS
from gradeline.sources.canonical import ONE_SLICE, SOURCE_NAME
from gradeline.warehouse import results
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import FactObject

#: Meanings that are remembered: one for each kind of source, and what other flows ask for.
_MEANT = 32

Locations = Mapping[str, Mapping[str, Sequence[str]]]  #: stream → source → where its facts lie


def open_canonical_tables(
    session: Session, facts: Iterable[FactObject], lake: Lake, links: pa.Table
) -> Mapping[str, ir.Table]:
    """Every canonical table as the union of what all kinds of sources mean by it; runs nothing.

    The facts of a source that settings no longer name still count: what is loaded is loaded.

    Args:
        session: where the tables are opened.
        facts: the ledger's snapshot.
        lake: where the facts lie.
        links: the rows of learner_links that people made.
    """
    by_kind: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for each in facts:
        prefix = each.slice.source.partition(":")[0]
        by_kind[prefix][each.slice.stream][each.slice.source].append(lake.location(each.key))
    found: dict[str, list[ir.Table]] = defaultdict(list)
    for name, kind in order_plans_last(KINDS):
        if name not in by_kind:
            # A kind without facts would cost every query a branch that gives nothing.
            continue
        streams: Mapping[str, ir.Table] = {
            stream: _opened(session, table, by_kind[name][stream])
            for stream, table in kind.tables.items()
        }
        if kind.keys_once:
            streams = _with_one_slice(streams, by_kind[name])
        linked = _with_links(streams, by_kind[name], session, links)
        for table, meant in _meant(name, frozenset(_nodes(linked))).items():
            if kind.replaces_plans:
                found[table] = replace_plans(found[table], meant)
            else:
                found[table].append(meant)
    return {
        name: union_tables(found[name]) if found[name] else _nothing(session, name)
        for name in CANONICAL
    }


@contextmanager
def canonical_session(parts: Parts) -> Iterator[tuple[Session, Mapping[str, ir.Table]]]:
    """Open a session with the canonical tables of all facts and links that there are now.

    Raises:
        LakeError, EngineError, WarehouseError: they cannot be read.
    """
    with parts.database.connect() as connection:
        facts, links = ledger.snapshot(connection), results.links(connection)
    with parts.engine.session(parts.lake.filesystem()) as session:
        yield session, open_canonical_tables(session, facts, parts.lake, links)


def _nodes(streams: Mapping[str, ir.Table]) -> Iterable[tuple[str, ops.Node]]:
    return ((stream, facts.op()) for stream, facts in streams.items())


@lru_cache(maxsize=_MEANT)
def _meant(kind: str, streams: frozenset[tuple[str, ops.Node]]) -> Mapping[str, ir.Table]:
    """What a kind of source means by its streams; made once in a process for equal ones."""
    return KINDS[kind].to_canonical({stream: node.to_expr() for stream, node in streams})


def _nothing(session: Session, name: str) -> ir.Table:
    """A canonical table that no source says anything for."""
    return session.memory_table(f"no_{name}", CANONICAL[name].schema.empty_table())


def _opened(session: Session, table: RowTable, places: Mapping[str, Sequence[str]]) -> ir.Table:
    """The facts of one stream of all sources of a kind, with `source_name` beside them."""
    schema = pa.schema(
        [
            pa.field(SLICE_COLUMN, pa.string()) if field.name == SLICE_ID_COLUMN else field
            for field in table.schema
        ]
    )
    parts = [
        session.facts(sorted(locations), schema).mutate(**{SOURCE_NAME: ibis.literal(source)})
        for source, locations in sorted((places or {"": ()}).items())
    ]
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _with_one_slice(
    streams: Mapping[str, ir.Table], places: Mapping[str, Mapping[str, Sequence[str]]]
) -> Mapping[str, ir.Table]:
    """The streams, those marked whose facts all lie in one object: they are of one slice."""
    objects = {name: sum(map(len, places[name].values())) for name in streams}
    return {
        name: facts.mutate(**{ONE_SLICE: True}) if objects[name] == 1 else facts
        for name, facts in streams.items()
    }


def _with_links(
    streams: Mapping[str, ir.Table],
    places: Mapping[str, Mapping[str, Sequence[str]]],
    session: Session,
    links: pa.Table,
) -> Mapping[str, ir.Table]:
    """The streams with people's links among those of sources; with none at all, without any.

    Without links learners need not be looked up, which would be done for every click.
    """
    own = LEARNER_LINKS.name
    names = LEARNER_LINKS.schema.names
    made = [session.memory_table("links_made", links).select(*names)] if links.num_rows else []
    if own in streams and places.get(own):
        made.append(streams[own].select(*names))
    rest = {name: table for name, table in streams.items() if name != own}
    return {**rest, own: ibis.union(*made) if len(made) > 1 else made[0]} if made else rest
