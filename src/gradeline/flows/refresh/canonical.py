"""Open the facts that the ledger lists on an engine, as canonical tables."""

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
from gradeline.flows.refresh.peoples_groups import prefer_peoples_groups
from gradeline.flows.refresh.union import join_courses, order_plans_last, replace_plans, unite
from gradeline.lake import Lake
from gradeline.records.course_links import NO_COURSE_LINKS, CourseLinks
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.streams import SLICE_COLUMN, SLICE_ID_COLUMN, RowTable
from gradeline.records.tables import CANONICAL, LEARNER_LINKS
from gradeline.sources import KINDS
from gradeline.sources.canonical import ONE_SLICE, POSTED, SOURCE_NAME
from gradeline.warehouse import results
from gradeline.warehouse.course_links import read_course_links
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import FactObject

#: Mappings that are cached: one for each kind of source, and those of other sets of streams.
_MAPPINGS = 32
#: The stream of the kind `posted` that has events.
_POSTED_EVENTS = "events_part"

Locations = Mapping[str, Mapping[str, Sequence[str]]]  #: stream → source → where its facts lie


def open_canonical_tables(
    session: Session,
    facts: Iterable[FactObject],
    lake: Lake,
    links: pa.Table,
    courses: CourseLinks = NO_COURSE_LINKS,
) -> Mapping[str, ir.Table]:
    """Return every canonical table as the union over all kinds of sources.

    Builds expressions, runs none. The facts of a source that settings no longer name still count.

    Args:
        session: where the tables are opened.
        facts: the ledger's snapshot.
        lake: where the facts lie.
        links: source, external_id, learner_id (text): the links that people made.
        courses: which courses of sources are one.

    Returns:
        Canonical name → table, with the columns of `records.tables.CANONICAL`.
    """
    by_kind: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for fact in facts:
        prefix = fact.slice.source.partition(":")[0]
        by_kind[prefix][fact.slice.stream][fact.slice.source].append(lake.location(fact.key))
    parts: dict[str, list[ir.Table]] = defaultdict(list)
    for name, kind in order_plans_last(KINDS):
        if name not in by_kind:
            # A kind without facts would cost every query a branch that gives nothing.
            continue
        streams: Mapping[str, ir.Table] = {
            stream: _open_stream(session, table, by_kind[name][stream])
            for stream, table in kind.tables.items()
        }
        if kind.keys_once:
            streams = _mark_single_slices(streams, by_kind[name])
        linked = _add_links(streams, by_kind[name], session, links)
        if kind.posted_too and POSTED in by_kind:
            linked = {**linked, **_open_posted(session, by_kind[POSTED])}
        nodes = frozenset((stream, table.op()) for stream, table in linked.items())
        joined = _open_course_links(session, name, courses)
        for table, mapped in _to_canonical(name, nodes).items():
            rows = join_courses(mapped, joined)
            if kind.replaces_plans:
                parts[table] = replace_plans(parts[table], rows)
            else:
                parts[table].append(rows)
    sources = {
        source for streams in by_kind.values() for found in streams.values() for source in found
    }
    several = len(sources) > 1 or bool(courses.links)
    tables = {
        name: _unite(name, tuple(part.op() for part in parts[name]), several)
        if parts[name]
        else _empty_table(session, name)
        for name in CANONICAL
    }
    return prefer_peoples_groups(tables) if PEOPLES_GROUPS in by_kind else tables


@contextmanager
def canonical_session(
    parts: Parts, *, without: str | None = None
) -> Iterator[tuple[Session, Mapping[str, ir.Table]]]:
    """Open a session with the canonical tables of all facts and links that there are now.

    Args:
        parts: the wired Gradeline.
        without: a source whose facts are left out.

    Raises:
        LakeError, EngineError, WarehouseError: they cannot be read.
    """
    with parts.database.connect() as connection:
        facts, links = ledger.snapshot(connection), results.links(connection)
        courses = read_course_links(connection)
    facts = [fact for fact in facts if fact.slice.source != without]
    with parts.engine.session(parts.lake.filesystem()) as session:
        yield session, open_canonical_tables(session, facts, parts.lake, links, courses)


@lru_cache(maxsize=_MAPPINGS)
def _to_canonical(kind: str, streams: frozenset[tuple[str, ops.Node]]) -> Mapping[str, ir.Table]:
    """Map a kind's streams to canonical tables; equal streams are mapped once in a process."""
    return KINDS[kind].to_canonical({stream: node.to_expr() for stream, node in streams})


@lru_cache(maxsize=_MAPPINGS)
def _unite(name: str, parts: tuple[ops.Node, ...], several: bool) -> ir.Table:
    """Unite the rows of a canonical table; equal ones are united once in a process."""
    return unite(name, [part.to_expr() for part in parts], several=several)


def _empty_table(session: Session, name: str) -> ir.Table:
    return session.memory_table(f"no_{name}", CANONICAL[name].schema.empty_table())


def _open_course_links(session: Session, kind: str, courses: CourseLinks) -> ir.Table | None:
    """Open the links of courses of a kind of sources; None = there are none."""
    found = courses.of_kind(kind)
    if not found:
        return None
    columns = {
        "source": [link.source for link in found],
        "external_id": [link.external_id for link in found],
        "joined_id": [link.course_id for link in found],
    }
    rows = pa.table({name: pa.array(ids, pa.string()) for name, ids in columns.items()})
    return session.memory_table(f"course_links_{kind}", rows)


def _open_stream(
    session: Session, table: RowTable, places: Mapping[str, Sequence[str]]
) -> ir.Table:
    """Open the facts of one stream of all sources of a kind, and add the column `source_name`."""
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


def _open_posted(session: Session, places: Locations) -> Mapping[str, ir.Table]:
    """Open the events that were posted, under the name that kinds of product events look for."""
    if not places.get(_POSTED_EVENTS):
        return {}
    table = KINDS[POSTED].tables[_POSTED_EVENTS]
    return {POSTED: _open_stream(session, table, places[_POSTED_EVENTS])}


def _mark_single_slices(
    streams: Mapping[str, ir.Table], places: Locations
) -> Mapping[str, ir.Table]:
    """Return the streams, marked where all facts lie in one object and so are of one slice."""
    objects = {name: sum(map(len, places[name].values())) for name in streams}
    return {
        name: facts.mutate(**{ONE_SLICE: True}) if objects[name] == 1 else facts
        for name, facts in streams.items()
    }


def _add_links(
    streams: Mapping[str, ir.Table], places: Locations, session: Session, links: pa.Table
) -> Mapping[str, ir.Table]:
    """Return the streams with people's links added to those that the sources report.

    Without any links the stream is left out, so that learners are not looked up for every event.
    """
    own = LEARNER_LINKS.name
    names = LEARNER_LINKS.schema.names
    made = [session.memory_table("links_made", links).select(*names)] if links.num_rows else []
    if own in streams and places.get(own):
        made.append(streams[own].select(*names))
    rest = {name: table for name, table in streams.items() if name != own}
    return {**rest, own: ibis.union(*made) if len(made) > 1 else made[0]} if made else rest
