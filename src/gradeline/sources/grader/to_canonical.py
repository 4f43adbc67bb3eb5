"""Map the grader's attempts to canonical tables."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from gradeline.sources.canonical import LINKS, SOURCE_NAME, fitted, linked, sha256
from gradeline.sources.grader.course_key import BEFORE, QUOTED, TODAY


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp"), "timestamp('UTC')"))
def _timezone(zone, wall):  # type: ignore[no-untyped-def]
    """The instant of a wall time in a zone; DuckDB and PostgreSQL both have it under this name."""


@ibis.udf.scalar.builtin(name="epoch_us", signature=(("timestamp('UTC')",), "int64"))
def _epoch_us(at):  # type: ignore[no-untyped-def]
    """Microseconds since 1970: DuckDB has it, migration 0010 gives PostgreSQL the same."""


def canonical_tables(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Canonical tables from the facts of graders; their column `source_name` says of which."""
    rows = _attempts(streams["attempts"], streams.get(LINKS))
    courses = rows.filter(rows.course_id.notnull())
    courses = courses.select(SOURCE_NAME, "course_id", "category", "course").distinct()
    items = rows.filter(rows.course_id.notnull() & rows.item_id.notnull())
    items = items.select(SOURCE_NAME, "course_id", "item_id").distinct()
    return {
        "attempts": fitted(rows, "attempts"),
        "courses": fitted(courses, "courses"),
        "items": fitted(items.mutate(kind=ibis.literal("task"), active=True), "items"),
        "learners": fitted(rows.select("learner_id", "source").distinct(), "learners"),
    }


def _attempts(facts: ir.Table, links: ir.Table | None) -> ir.Table:
    text = facts.lis_result_sourcedid
    for quoted, sign in QUOTED:
        text = text.replace(quoted, sign)
    rows = facts.mutate(
        source=facts[SOURCE_NAME],
        learner_id=facts.user_id,
        at=_timezone("UTC", facts.created_at),
        sourcedid=text,
    )
    today, before = rows.sourcedid.re_search(TODAY), rows.sourcedid.re_search(BEFORE)
    rows = rows.mutate(
        category=_either(
            today, rows.sourcedid.re_extract(TODAY, 1), before, rows.sourcedid.re_extract(BEFORE, 1)
        ),
        course=_either(
            today,
            rows.sourcedid.re_extract(TODAY, 2),
            before,
            rows.sourcedid.re_extract(BEFORE, 2).concat("+", rows.sourcedid.re_extract(BEFORE, 3)),
        ),
        item_id=_either(
            today, rows.sourcedid.re_extract(TODAY, 4), before, rows.sourcedid.re_extract(BEFORE, 4)
        ),
    )
    answer = rows.attempt_type == "submit"
    rows = rows.mutate(
        attempt_id=_own_id(rows),
        course_id=rows.category.concat("/", rows.course),
        kind=answer.ifelse("answer", "run"),
        correct=rows.is_correct,
        # A task is solved or not: all of its points, or none.
        score=ibis.cases((rows.is_correct, 1), (~rows.is_correct, 0), else_=ibis.null("int64")),
    )
    return linked(rows, links)


def _either(
    today: ir.BooleanValue, one: ir.StringValue, before: ir.BooleanValue, other: ir.StringValue
) -> ir.StringValue:
    found: ir.StringValue = ibis.cases((today, one), (before, other), else_=ibis.null("string"))
    return found


def _own_id(rows: ir.Table) -> ir.StringValue:
    """Return an attempt by all that tells it from others, so that its id never changes."""
    place = rows.user_id.concat(
        " ",
        _epoch_us(rows["at"]).cast("string"),
        " ",
        rows.attempt_type,
        " ",
        rows.lis_result_sourcedid.fill_null(""),
    )
    return rows.source.concat(":", sha256(place))
