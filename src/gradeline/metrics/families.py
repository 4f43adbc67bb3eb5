"""Every family of numbers, and the intermediates that they share."""

from __future__ import annotations

from collections.abc import Mapping

from gradeline.metrics import (
    accuracy,
    activity,
    at_risk,
    attendance,
    course_kpis,
    daily,
    grades,
    groups,
    items,
    items_standing,
    knowledge,
    leaderboards,
    learner_progress,
    plan,
    progress,
    roster,
    tries,
)
from gradeline.metrics.family import Family, Stage

#: Every family by name, in the order that reference pages show them.
FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        *course_kpis.FAMILIES,
        *attendance.FAMILIES,
        *grades.FAMILIES,
        *groups.FAMILIES,
        *items_standing.FAMILIES,
        *items.FAMILIES,
        *plan.FAMILIES,
        *accuracy.FAMILIES,
        *leaderboards.FAMILIES,
        *at_risk.FAMILIES,
        *progress.FAMILIES,
        *daily.FAMILIES,
        *knowledge.FAMILIES,
    )
}

#: Intermediates in the order in which they are computed: each reads only earlier ones.
STAGES: tuple[Stage, ...] = (
    *roster.STAGES,
    *tries.STAGES,
    *knowledge.STAGES,
    *tries.PAIR_STAGES,
    *accuracy.STAGES,
    *roster.ENROLLED_STAGES,
    *activity.STAGES,
    *leaderboards.STAGES,
    *activity.MARK_STAGES,
    *learner_progress.STAGES,
    *groups.STAGES,
    *at_risk.STAGES,
)
