"""When learners were active: clicks shrink to weeks of a course in one pass, nothing keeps them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import DAY_US, instant, local, microseconds
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.roster import CHECKPOINTS
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]


def weeks(tables: Tables, terms: Terms) -> ir.Table:
    """Weeks of a course's period in which a member was active, from 0, each maybe in parts.

    `part` is how many checkpoints had passed: what came up to the first one is part 0. `last`
    is the last active school day of it, `newest` its youngest activity in UTC. Each place of a
    member says on its own, in `enrolled`, whether it holds in that week.
    """
    clicks = tables["events"].select(*_WHO, us=microseconds(tables["events"]["at"]))
    done = tables["tries"].filter(_.kind.isin(["answer", "run"])).select(*_WHO, "us")
    known = clicks.filter(_.us <= instant(terms.as_of))
    # Each shrinks on its own, before places are looked up: clicks are far more than their weeks.
    parts = (
        tables["spans"].inner_join(_by_week(rows, tables, terms), _WHO) for rows in (known, done)
    )
    rows = ibis.union(*parts)
    enrolled = (rows.week >= rows.first_week) & (rows.week <= rows.last_week)
    return rows.mutate(enrolled=enrolled).drop("first_week", "last_week")


def _by_week(rows: ir.Table, tables: Tables, terms: Terms) -> ir.Table:
    placed = rows.mutate(local=local(rows.us, terms)).inner_join(_bounds(tables), "course_id")
    # Differences, not comparisons: the engine would make those part of the join, which took
    # 3.6 s for OULAD's clicks where looking courses up and then filtering takes 0.3 s.
    into, ahead = placed.local - placed.since_us, placed.after_us - placed.local
    inside = placed.filter((into >= 0) & (ahead > 0))
    passed = [
        (inside.local >= inside[f"after_{share}"], number)
        for number, share in reversed([*enumerate(CHECKPOINTS, start=1)])
    ]
    return inside.group_by(
        *_WHO,
        week=(inside.local - inside.since_us) // (7 * DAY_US),
        part=ibis.cases(*passed, else_=0),
    ).agg(newest=inside.us.max(), last=inside.local.max() // DAY_US)


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
    rows = tables["weeks"].group_by(*_WHO)
    ends = {
        f"last_{share}": _["last"].max(where=_.part <= number)
        for number, share in enumerate(CHECKPOINTS)
    }
    dated = rows.agg(newest=_.newest.max(), last=_["last"].max(), **ends)
    return dated.semi_join(tables["enrolled"], _WHO)


STAGES = (
    Stage(
        name="weeks",
        meaning="A week a member was active in, or a part of it.",
        expression=weeks,
        by_instant=True,
    ),
)
MARK_STAGES = (
    Stage(name="marks", meaning="An enrolled learner's last active days.", expression=marks),
)
