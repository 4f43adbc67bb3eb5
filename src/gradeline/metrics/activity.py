"""Activity: the weeks in which learners of a course were active; clicks are summed once."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import DAY_US, instant, local, microseconds
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.roster import CHECKPOINTS
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]
#: The week of all activity before the first day of the period.
BEFORE = -1


def weeks(tables: Tables, terms: Terms) -> ir.Table:
    """Find the weeks in which a member was active, up to the end of a course's period.

    Args:
        tables: `events`, and the stages `tries`, `frame` and `spans`.
        terms: as-of, time zone and thresholds.

    Returns:
        learner_id, course_id: str. week: int64, from 0; BEFORE for all days before the period.
        part: int8, how many checkpoints had passed, so a week may come in several parts. newest:
        int64, the latest activity. last: int64, the last active school day. enrolled: bool,
        whether the membership covers the week; each membership has a row of its own.
    """
    clicks = tables["events"].select(*_WHO, us=microseconds(tables["events"]["at"]))
    done = tables["tries"].filter(_.kind.isin(["answer", "run"])).select(*_WHO, "us")
    known = clicks.filter(_.us <= instant(terms.as_of))
    # Both are grouped before memberships are joined: there are far more clicks than weeks.
    parts = (
        tables["spans"].inner_join(_by_week(rows, tables, terms), _WHO) for rows in (known, done)
    )
    rows = ibis.union(*parts)
    enrolled = (rows.week >= rows.first_week) & (rows.week <= rows.last_week)
    return rows.mutate(enrolled=enrolled).drop("first_week", "last_week")


def _by_week(rows: ir.Table, tables: Tables, terms: Terms) -> ir.Table:
    """Group instants of learners by week and part, up to the end of the course's period."""
    placed = rows.mutate(local=local(rows.us, terms)).inner_join(_bounds(tables), "course_id")
    # Differences, not comparisons: the engine would make those part of the join, which took
    # 3.6 s for OULAD's clicks where looking courses up and then filtering takes 0.3 s.
    into, ahead = placed.local - placed.since_us, placed.after_us - placed.local
    inside = placed.mutate(into=into).filter(ahead > 0)
    passed = [
        (inside.local >= inside[f"after_{share}"], number)
        for number, share in reversed([*enumerate(CHECKPOINTS, start=1)])
    ]
    return inside.group_by(
        *_WHO,
        week=ibis.greatest(inside.into // (7 * DAY_US), BEFORE),
        part=ibis.cases(*passed, else_=0),
    ).agg(newest=inside.us.max(), last=inside.local.max() // DAY_US)


def _bounds(tables: Tables) -> ir.Table:
    """Courses with their period and checkpoints as microseconds of local time."""
    frame = tables["frame"]
    return frame.select(
        "course_id",
        since_us=frame.since * DAY_US,
        after_us=(frame.until + 1) * DAY_US,
        **{f"after_{share}": (frame[f"at_{share}"] + 1) * DAY_US for share in CHECKPOINTS},
    )


def marks(tables: Tables, _terms: Terms) -> ir.Table:
    """Find the last active days of enrolled learners, up to today and up to each checkpoint.

    Returns:
        One row per enrolled learner with activity. learner_id, course_id: str. newest: int64 and
        last: int64 school day, of activity in the period. seen, seen_25, seen_50, seen_75: int64
        school days, of any activity, that before the period included.
    """
    rows = tables["weeks"].group_by(*_WHO)
    ends = {
        f"seen_{share}": _["last"].max(where=_.part <= number)
        for number, share in enumerate(CHECKPOINTS)
    }
    dated = rows.agg(
        newest=_.newest.max(where=_.week > BEFORE),
        last=_["last"].max(where=_.week > BEFORE),
        seen=_["last"].max(),
        **ends,
    )
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
