"""Helpers of all sources' canonical tables: links between learners, and the tables' columns."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from gradeline.records.tables import CANONICAL, LEARNER_LINKS

#: A column of facts from several sources that says which one.
SOURCE_NAME = "source_name"
#: A column of facts where all of them, of whatever source, came in one slice and no key twice.
ONE_SLICE = "one_slice"
#: The stream under which `to_canonical` finds the links that people and sources made.
LINKS = LEARNER_LINKS.name
#: The stream under which `to_canonical` of product events finds the uuids that were posted.
POSTED = "posted"


@ibis.udf.scalar.builtin(name="sha256")  # type: ignore[untyped-decorator]
def sha256(text: str) -> str:  # type: ignore[empty-body]
    """The hex SHA-256 of a text: DuckDB has it, migration 0002 gives PostgreSQL the same."""


def linked(rows: ir.Table, links: ir.Table | None) -> ir.Table:
    """Replace each learner's id by the one that all sources share: the linked one, or a new one.

    Args:
        rows: with `source` and `learner_id`, the source's own id.
        links: source, external_id, learner_id; None = nobody is linked.
    """
    named = rows.source.concat(":", rows.learner_id)
    if links is None:
        return rows.mutate(learner_id=named)
    own = links.group_by(["source", "external_id"]).aggregate(linked=links.learner_id.max())
    own = own.rename(link_source="source", link_external="external_id")
    joined = rows.left_join(
        own, [rows.source == own.link_source, rows.learner_id == own.link_external]
    )
    known = ibis.coalesce(joined.linked, joined.source.concat(":", joined.learner_id))
    return joined.mutate(learner_id=known).drop("link_source", "link_external", "linked")


def not_posted(events: ir.Table, posted: ir.Table | None) -> ir.Table:
    """Return the events that nobody posted: one that was counts as it was posted.

    Args:
        events: with `uuid`.
        posted: with `uuid`, in lower case; None = nothing was posted.
    """
    return events if posted is None else events.anti_join(posted.select("uuid"), "uuid")


def fitted(rows: ir.Table, table: str) -> ir.Table:
    """Return the columns of a canonical table in its order and types; what `rows` lacks is null.

    Of a table with courses also `source_name`: a course's id may mean another one at each source.
    """
    schema = ibis.Schema.from_pyarrow(CANONICAL[table].schema)
    source = {SOURCE_NAME: rows[SOURCE_NAME]} if "course_id" in schema else {}
    return rows.select(
        **{
            name: (rows[name] if name in rows.columns else ibis.null()).cast(kind)
            for name, kind in schema.items()
        },
        **source,
    )
