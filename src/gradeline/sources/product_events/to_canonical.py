"""What events of a product mean as canonical tables, whichever source they came from."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def events_of(rows: ir.Table) -> ir.Table:
    """Return events with the columns of the canonical table, among others.

    Args:
        rows: `source`, `uuid`, `event_type`, `session_id` (-1 = of no session), and columns that
            are called as in the canonical table.
    """
    session = (rows.session_id == -1).ifelse(ibis.null("string"), rows.session_id.cast("string"))
    return rows.mutate(
        event_id=_own_id(rows),
        type=rows.event_type,
        session_id=session,
        count=ibis.literal(1, "int64"),
    )


def attempts_of(rows: ir.Table) -> ir.Table:
    """Return the events that are answers, as attempts; one without a score is scored by `correct`.

    Args:
        rows: `source`, `uuid`, `item_id`, `correct`, `score`, and columns that are called as in
            the canonical table.
    """
    answers = rows.filter(rows.item_id.notnull())
    whole = answers.correct.ifelse(ibis.literal(1), ibis.literal(0)).cast("decimal(9, 6)")
    return answers.mutate(
        attempt_id=_own_id(answers),
        kind=ibis.literal("answer"),
        score=ibis.coalesce(answers.score, answers.correct.isnull().ifelse(ibis.null(), whole)),
    )


def _own_id(rows: ir.Table) -> ir.StringValue:
    named: ir.StringValue = rows.source.concat(":", rows.uuid)
    return named
