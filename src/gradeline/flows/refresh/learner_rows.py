"""Figures with a row for each learner: computed in the engine, and read from it in batches."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.engine import Session
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES
from gradeline.metrics.family import built, built_once
from gradeline.metrics.roster import named

_WHO = ["learner_id", "course_id"]
_GROUP = ["group_id", "course_id"]


def start_learner_rows(
    session: Session, tables: Mapping[str, ir.Table], terms: Terms
) -> Mapping[str, ir.Table]:
    """Start to compute the families of many rows, as tables of the session.

    Args:
        session: where they are computed and stay.
        tables: what `prepare` returned.
        terms: what the figures depend on beside these.

    Returns:
        `accuracy`, as the family; `progress`, as the family with the columns of `add_people`.
    """
    accuracy, progress, groups = (
        built(FAMILIES[name], tables, terms) for name in ("accuracy", "progress", "learner_groups")
    )
    # In one table each: the engine may move it to disk, which it cannot do with Arrow's.
    return {
        "accuracy": session.start_materializing("figures_accuracy", accuracy, first=True),
        "progress": session.start_materializing(
            "figures_progress",
            built_once(add_people, {**tables, "progress": progress, "learner_groups": groups}),
            first=True,
        ),
    }


def add_people(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Add who the learners are, and in which groups of the course.

    Args:
        tables: the canonical `learners` and `groups`; the families `progress` and
            `learner_groups`.

    Returns:
        The columns of `progress`; name, email: str. group_ids, group_names: array of str, the
        groups of today first; a group without a name has its id.
    """
    progress, learner_groups = tables["progress"], tables["learner_groups"]
    titles = tables["groups"].group_by(*_GROUP).agg(title=_.name.max())
    rows = learner_groups.left_join(titles, _GROUP)
    rows = rows.mutate(title=ibis.coalesce(rows.title, rows.group_id))
    order = [ibis.desc("now"), ibis.desc("begins"), "group_id"]
    lists = rows.group_by(*_WHO).agg(
        group_ids=rows.group_id.collect(order_by=order),
        group_names=rows.title.collect(order_by=order),
    )
    placed = progress.left_join(lists, _WHO).left_join(named(tables["learners"]), "learner_id")
    none = ibis.literal([], "array<string>")
    return placed.select(
        *progress.columns,
        *("name", "email"),
        group_ids=placed.group_ids.fill_null(none),
        group_names=placed.group_names.fill_null(none),
    )
