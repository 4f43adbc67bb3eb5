"""What people say of groups comes before what systems say."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.records.groups import PEOPLES_GROUPS

_WHO = ["learner_id", "course_id"]


def prefer_peoples_groups(tables: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Return the canonical tables without the groups that systems name for whom people placed.

    Who is in people's file for a course stays in the course as systems know it, without a group of
    theirs; their attempts are in the groups that the file has for the day.
    """
    own = _.group_id.startswith(f"{PEOPLES_GROUPS}:").fill_null(False)
    placed = tables["memberships"].filter(own & (_.role == "learner")).select(*_WHO).distinct()
    return {
        **tables,
        "memberships": _without_groups(tables["memberships"], placed),
        "attempts": _without_groups(tables["attempts"], placed),
    }


def _without_groups(rows: ir.Table, placed: ir.Table) -> ir.Table:
    marked = rows.left_join(placed.mutate(placed=True), _WHO)
    of_system = marked.placed.notnull() & ~marked.group_id.startswith(f"{PEOPLES_GROUPS}:")
    group = ibis.ifelse(of_system.fill_null(False), None, marked.group_id)
    return marked.mutate(group_id=group).select(*rows.columns)
