"""When learners were active: clicks shrink to weeks of a course in one pass, nothing keeps them."""

from __future__ import annotations

import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import DAY_US, instant, local, microseconds
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.roster import CHECKPOINTS, left_in
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]


def weeks(tables: Tables, terms: Terms) -> ir.Table:
    """Weeks of a course's period in which somebody who counts was active, from 0.

    `last` and `last_<share>` are the youngest activity in it, all in all and up to the end of
    each checkpoint, in local microseconds; `newest` is the same instant as `last`, in UTC.
    """
    clicks = tables["events"].select(*_WHO, us=microseconds(tables["events"]["at"]))
    done = tables["tries"].filter(_.kind.isin(["answer", "run"])).select(*_WHO, "us")
    seen = clicks.filter(_.us <= instant(terms.as_of)).union(done)
    placed = seen.mutate(local=local(seen.us, terms)).inner_join(_bounds(tables), "course_id")
    # Differences, not comparisons: the engine would make those part of the join, which took
    # 3.6 s for OULAD's clicks where looking courses up and then filtering takes 0.3 s.
    into, ahead = placed.local - placed.since_us, placed.after_us - placed.local
    inside = placed.filter((into >= 0) & (ahead > 0))
    week = (inside.local - inside.since_us) // (7 * DAY_US)
    active = inside.group_by(*_WHO, week=week).agg(
        newest=inside.us.max(),
        last=inside.local.max(),
        **{
            f"last_{share}": inside.local.max(where=inside.local < inside[f"after_{share}"])
            for share in CHECKPOINTS
        },
    )
    return left_in(active, tables)


def _bounds(tables: Tables) -> ir.Table:
    """Courses with their period and checkpoints as local microseconds."""
    frame = tables["frame"]
    return frame.select(
        "course_id",
        since_us=frame.since * DAY_US,
        after_us=(frame.until + 1) * DAY_US,
        **{f"after_{share}": (frame[f"at_{share}"] + 1) * DAY_US for share in CHECKPOINTS},
    )


def marks(tables: Tables, _terms: Terms) -> ir.Table:
    """Enrolled learners with activity in the period: their last day, up to each checkpoint."""
    ends = ["last", *(f"last_{share}" for share in CHECKPOINTS)]
    rows = (
        tables["weeks"]
        .group_by(*_WHO)
        .agg(newest=_.newest.max(), **{name: _[name].max() // DAY_US for name in ends})
    )
    return rows.semi_join(tables["enrolled"], _WHO)


STAGES = (Stage(name="weeks", meaning="A week somebody was active in.", expression=weeks),)
MARK_STAGES = (
    Stage(name="marks", meaning="An enrolled learner's last active days.", expression=marks),
)
