"""Who counts: excluded people, course periods, memberships and the enrolled (E)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import (
    ALWAYS,
    STILL,
    day_number,
    instant,
    microseconds,
    number,
    school_day_of,
)
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.terms import Terms
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.ids import normalize_email

#: Percent of a finished course at which its list of learners at risk is judged.
CHECKPOINTS = (25, 50, 75)
_FACT = ["learner_id", "course_id", "group_id", "at"]


def named(learners: ir.Table) -> ir.Table:
    """Return one row of each learner, whom several systems may know once they are linked.

    Args:
        learners: a row of each learner and source.

    Returns:
        learner_id: str. name, email: str; null where no system has one, and the greatest where
        systems differ.
    """
    return learners.group_by("learner_id").agg(name=_.name.max(), email=_.email.max())


def ignored(tables: Tables, terms: Terms) -> ir.Table:
    """Find the learners that IGNORED_USERS names, by id (ours or their source's) or email.

    Returns:
        learner_id: str, distinct.
    """
    names = sorted({normalize_email(user) for user in terms.ignored_users} - {""})
    if not names:
        return tables["learners"].select("learner_id").limit(0)
    known = tables["learners"].select("learner_id", "source", "email")
    seen = [
        known,
        _known(tables["attempts"], tables["attempts"].source),
        _known(tables["memberships"], ibis.null("string")),
        _known(tables["events"], ibis.null("string")),
    ]
    people = ibis.union(*seen, distinct=True)
    named = reduce(or_, (_is_named(people, name) for name in names))
    return people.filter(named).select("learner_id").distinct()


def _known(table: ir.Table, source: ir.Value) -> ir.Table:
    return table.select("learner_id", source=source, email=ibis.null("string")).distinct()


def _is_named(people: ir.Table, name: str) -> ir.BooleanValue:
    own = people.learner_id.lower()
    outer = (people.source + ":" + name).lower()
    return (
        (own == name)
        | (outer == own).fill_null(False)
        | (people.email.lower() == name).fill_null(False)
    )


def staff(tables: Tables, _terms: Terms) -> ir.Table:
    """Find people with role teacher or staff.

    Returns:
        learner_id, course_id: str; each person once more with course_id '' for "no course".
    """
    roles = tables["memberships"].filter(_.role != "learner").select("learner_id", "course_id")
    return roles.union(roles.mutate(course_id=ibis.literal("")), distinct=True)


def left_in(table: ir.Table, tables: Tables) -> ir.Table:
    """Remove the rows about ignored people and staff.

    Args:
        table: has learner_id and course_id (str).
        tables: the stages `ignored` and `staff`.
    """
    counted = table.anti_join(tables["ignored"], "learner_id")
    return counted.anti_join(
        tables["staff"],
        [
            counted.learner_id == tables["staff"].learner_id,
            counted.course_id.fill_null("") == tables["staff"].course_id,
        ],
    )


def bounds(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the first and last day of each course.

    Returns:
        course_id: str. starts, ends: int64 days, null where the course has none.
    """
    courses = tables["courses"]
    return courses.select(
        "course_id", starts=day_number(courses.starts_on), ends=day_number(courses.ends_on)
    )


def frame(tables: Tables, terms: Terms) -> ir.Table:
    """Return the period, today and the checkpoints of each course.

    Args:
        tables: `events` and `attempts`, and the stages `bounds`, `ignored` and `staff`.
        terms: as-of, time zone and thresholds.

    Returns:
        course_id: str. starts, ends: int64 days, as in `bounds`. today: int64, at most `ends`.
        since, until: int64, the period; without own dates it is taken from facts. at_25, at_50,
        at_75: int64, days of a finished course on which its list at risk is judged.
    """
    days = tables["bounds"]
    firsts = _first_days(days.filter(_.starts.isnull()), tables, terms)
    today = number(terms.today)
    days = days.left_join(firsts, "course_id").select(
        "course_id", "starts", "ends", "first", today=ibis.least(_.ends.fill_null(today), today)
    )
    finished = (_.ends < today) & _.starts.notnull()
    looked = {
        f"at_{share}": ibis.ifelse(finished, _.starts + (_.ends - _.starts) * share // 100, None)
        for share in CHECKPOINTS
    }
    return days.select(
        ["course_id", "starts", "ends", "today"],
        since=ibis.coalesce(_.starts, _["first"], _.today),
        until=ibis.coalesce(_.ends, _.today),
        **looked,
    )


def _first_days(undated: ir.Table, tables: Tables, terms: Terms) -> ir.Table:
    """The first school day of each course with an attempt or event of a learner who counts."""
    seen = facts_of(undated, ("events", "attempts"), tables, terms)
    firsts = seen.group_by("course_id").agg(first=_.us.min())
    return firsts.mutate(first=school_day_of(firsts["first"], terms))


def facts_of(courses: ir.Table, names: Sequence[str], tables: Tables, terms: Terms) -> ir.Table:
    """Return the facts up to as-of of learners who count, in some courses.

    Args:
        courses: has course_id (str).
        names: `events`, `attempts`, or both.
        tables: these, and the stages `ignored` and `staff`.
        terms: as-of.

    Returns:
        learner_id, course_id, group_id: str. us: int64.
    """
    # Joined before the union: where there are no such courses, the engine then reads nothing.
    chosen = courses.select("course_id")
    facts = [tables[name].select(*_FACT).inner_join(chosen, "course_id") for name in names]
    counted = left_in(ibis.union(*facts) if len(facts) > 1 else facts[0], tables)
    seen = counted.select("learner_id", "course_id", "group_id", us=microseconds(counted["at"]))
    return seen.filter(_.us <= instant(terms.as_of))


def unlisted(tables: Tables, _terms: Terms) -> ir.Table:
    """Find the courses in which no source knows a membership.

    That people put some learners of a course into groups does not say that there are no others.

    Returns:
        course_id: str.
    """
    known = tables["memberships"].filter(
        _.group_id.isnull() | ~_.group_id.startswith(f"{PEOPLES_GROUPS}:")
    )
    return tables["bounds"].select("course_id").anti_join(known, "course_id")


def sightings(tables: Tables, terms: Terms) -> ir.Table:
    """Infer memberships of courses without any: whoever was seen was enrolled meanwhile.

    Args:
        tables: `events` and `attempts`, and the stages `unlisted`, `ignored` and `staff`.
        terms: as-of and time zone.

    Returns:
        learner_id, course_id: str. group_id: str, null in one row of each learner and course; each
        group that facts name has a row of its own. first, last: int64, the days on which the
        learner was first and last seen there.
    """
    seen = facts_of(tables["unlisted"], ("events", "attempts"), tables, terms)
    by_group = seen.group_by("learner_id", "course_id", "group_id").agg(
        first=_.us.min(), last=_.us.max()
    )
    whole = by_group.group_by("learner_id", "course_id").agg(
        group_id=ibis.null("string"), first=_["first"].min(), last=_["last"].max()
    )
    ends = whole.union(by_group.filter(_.group_id.notnull()).select(*whole.columns))
    return ends.select(
        ["learner_id", "course_id", "group_id"],
        first=school_day_of(ends["first"], terms),
        last=school_day_of(ends["last"], terms),
    )


def members(tables: Tables, terms: Terms) -> ir.Table:
    """Return the memberships of learners who count that had begun by as-of, and inferred ones.

    Returns:
        learner_id, course_id, outcome: str. group_id: str, null where someone is in a course
        without a group. begins, leaves: int64 days, ALWAYS and STILL where unknown. shift: int64,
        days by which a rolling group's due dates move.
    """
    roles = tables["memberships"].filter(_.role == "learner")
    rolling = tables["groups"].select("group_id", "course_id", "rolling")
    rows = left_in(roles, tables).left_join(rolling, ["group_id", "course_id"])
    rows = rows.select(
        ["learner_id", "course_id", "group_id", "outcome"],
        rolling=_.rolling.fill_null(False),
        begins=day_number(_.starts_on),
        leaves=day_number(_.ends_on),
    ).filter(_.begins.isnull() | (_.begins <= number(terms.today)))
    rows = rows.filter(rows.leaves.isnull() | rows.begins.isnull() | (rows.begins <= rows.leaves))
    dated = rows.inner_join(tables["frame"], "course_id")
    shift = ibis.greatest(dated.begins - dated.starts, 0).fill_null(0)
    told = dated.select(
        ["learner_id", "course_id", "group_id", "outcome"],
        begins=dated.begins.fill_null(ALWAYS),
        leaves=ibis.coalesce(dated.leaves, dated.ends, STILL),
        shift=ibis.ifelse(dated.rolling, shift, 0),
    )
    inferred = tables["sightings"].select(
        ["learner_id", "course_id", "group_id"],
        outcome=ibis.null("string"),
        begins=_["first"],
        leaves=_["last"],
        shift=ibis.literal(0, told["shift"].type()),
    )
    return told.union(inferred)


def enrolled(tables: Tables, _terms: Terms) -> ir.Table:
    """Return E: the learners whose membership overlaps the period of the course, each once.

    Returns:
        learner_id, course_id: str. outcome: str, of the membership that covers today, else of the
        latest one that has an outcome. shift: int64, the days by which due dates move. begins:
        int64. now, then_25, then_50, then_75: bool, enrolled today and at each checkpoint.
    """
    frame_ = tables["frame"]
    joined = tables["members"].inner_join(frame_, "course_id")
    inside = joined.filter((joined.begins <= joined.until) & (joined.leaves >= joined.since))
    covers = {
        name: ((inside.begins <= inside[day]) & (inside.leaves >= inside[day])).fill_null(False)
        for name, day in _moments().items()
    }
    rows = inside.mutate(**covers)
    who = ["learner_id", "course_id"]
    latest = [ibis.desc("now"), ibis.desc("begins"), ibis.asc("group_id")]
    # Due dates follow the groups that somebody is in today, else the latest; of several the one
    # that moves them least, so that who joins a second group does not get later dates by it.
    since = ibis.ifelse(rows.now, 0, rows.begins)
    ruling = [ibis.desc(rows.group_id.notnull()), ibis.desc(rows.now), ibis.desc(since)]
    ranked = rows.mutate(
        place=ibis.row_number().over(ibis.window(group_by=who, order_by=latest)),
        rule=ibis.rank().over(ibis.window(group_by=who, order_by=ruling)),
    )
    return ranked.group_by(*who).agg(
        outcome=_.outcome.argmin(_.place, where=_.outcome.notnull()),
        shift=_["shift"].min(where=_.rule == 0),
        begins=ibis.greatest(_.begins.min(), _.since.min()),
        **{name: _[name].any() for name in covers},
    )


def _moments() -> dict[str, str]:
    """Map each column that says "enrolled then" to the column of `frame` with that day."""
    return {"now": "today", **{f"then_{share}": f"at_{share}" for share in CHECKPOINTS}}


def spans(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the weeks of the course that each membership covers.

    Returns:
        learner_id, course_id: str. first_week, last_week: int64, from 0. Several memberships of a
        learner stay several rows.
    """
    rows = tables["members"].inner_join(tables["frame"], "course_id")
    inside = rows.filter((rows.begins <= rows.until) & (rows.leaves >= rows.since))
    return inside.select(
        "learner_id",
        "course_id",
        first_week=(ibis.greatest(inside.begins, inside.since) - inside.since) // 7,
        last_week=(ibis.least(inside.leaves, inside.until) - inside.since) // 7,
    ).distinct()


STAGES = (
    Stage(name="ignored", meaning="A learner excluded by IGNORED_USERS.", expression=ignored),
    Stage(name="staff", meaning="A teacher or staff member of a course.", expression=staff),
    Stage(name="bounds", meaning="A course's first and last day.", expression=bounds),
    Stage(
        name="frame",
        meaning="A course with its period and today.",
        expression=frame,
        by_instant=True,
    ),
    Stage(
        name="unlisted",
        meaning="A course in which no source knows a membership.",
        expression=unlisted,
    ),
    # Computed with the first stages, so that its texts become numbers as those of all others.
    Stage(
        name="sightings",
        meaning="A learner seen in such a course.",
        expression=sightings,
        by_instant=True,
    ),
)
ENROLLED_STAGES = (
    Stage(name="members", meaning="A learner's membership of a group.", expression=members),
    Stage(name="enrolled", meaning="A learner enrolled in a course (E).", expression=enrolled),
    Stage(name="spans", meaning="Weeks of a course that a membership covers.", expression=spans),
)
