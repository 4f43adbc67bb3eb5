"""Turn the figures of groups into the rows of their result tables."""

from __future__ import annotations

import msgspec
import pyarrow as pa

from gradeline.flows.refresh.rows import Row, build_measure, name_groups, to_instant
from gradeline.records.group_figures import GroupFigures
from gradeline.records.measures import COURSE_KPIS


def pack_group_figures(figures: pa.Table, groups: pa.Table) -> pa.Table:
    """Pack rows of group_figures.

    Args:
        figures: the family `group_figures`.
        groups: group_id, course_id, name (text).

    Returns:
        group_id, course_id, name, figures (a JSON document), as text.
    """
    named = name_groups(figures, groups)
    documents = [msgspec.json.encode(_figures(row)).decode() for row in named.to_pylist()]
    shown = named.select(["group_id", "course_id", "name"])
    return shown.append_column("figures", pa.array(documents, pa.string()))


def _figures(row: Row) -> GroupFigures:
    active, submitted = to_instant(row["active_newest"]), to_instant(row["handed_newest"])
    kpis = {
        name: build_measure(row, name, active if name == "attendance_rate" else submitted)
        for name in COURSE_KPIS
    }
    return GroupFigures(
        group_ids=(row["group_id"],),
        course_id=row["course_id"],
        name=row["name"],
        enrolled=row["enrolled"],
        items=row["items"],
        submissions=row["submissions"],
        kpis=kpis,
    )
