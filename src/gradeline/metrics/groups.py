"""Groups of a course: who is in them, their figures, and how these were week by week."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.attendance import weeks_begun
from gradeline.metrics.course_kpis import SUMS, headline
from gradeline.metrics.days import as_date
from gradeline.metrics.family import Family, Stage, Tables
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]
_GROUP = ["group_id", "course_id"]
_WEEK = [*_GROUP, "week"]


def group_spans(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the weeks of the course that each membership of a group covers.

    Args:
        tables: the stages `members` and `frame`.

    Returns:
        learner_id, course_id, group_id: str. first_week, last_week: int64, from 0. begins: int64
        day. now: bool, whether it covers today.
    """
    rows = tables["members"].filter(_.group_id.notnull()).inner_join(tables["frame"], "course_id")
    inside = rows.filter((rows.begins <= rows.until) & (rows.leaves >= rows.since))
    return inside.select(
        [*_WHO, "group_id", "begins"],
        first_week=(ibis.greatest(inside.begins, inside.since) - inside.since) // 7,
        last_week=(ibis.least(inside.leaves, inside.until) - inside.since) // 7,
        now=(inside.begins <= inside.today) & (inside.leaves >= inside.today),
    )


def group_members(tables: Tables, _terms: Terms) -> ir.Table:
    """Return E of each group: the learners whose membership of it overlaps the course's period.

    Args:
        tables: the stage `group_spans`.

    Returns:
        learner_id, course_id, group_id: str. first_week: int64. begins: int64 day. now: bool.
    """
    return (
        tables["group_spans"]
        .group_by(*_WHO, "group_id")
        .agg(first_week=_.first_week.min(), begins=_.begins.max(), now=_.now.any())
    )


def learner_groups(tables: Tables, _terms: Terms) -> ir.Table:
    """List the groups of each learner in a course; of who is not enrolled, those answered in.

    Args:
        tables: the stages `group_members`, `enrolled`, `frame` and `places`.

    Returns:
        learner_id, course_id, group_id: str. now: bool. begins: int64 day.
    """
    answered = tables["places"].filter(_.group_id.notnull()).select(*_WHO, "group_id")
    others = answered.anti_join(tables["enrolled"], _WHO).semi_join(tables["frame"], "course_id")
    others = others.distinct()
    members = tables["group_members"].select(*_WHO, "group_id", "now", "begins")
    return members.union(others.mutate(now=ibis.literal(False), begins=ibis.literal(0, "int64")))


def group_figures(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute the five headline figures of each group of a course.

    Args:
        tables: `items`, and the stages `group_members`, `gradebooks` and `learner_progress`.

    Returns:
        group_id: str, and the columns of `course_kpis`.
    """
    members = tables["group_members"].select(*_WHO, "group_id")
    people = members.inner_join(tables["learner_progress"], _WHO)
    return headline(people.group_by(*_GROUP).agg(**SUMS), tables, *_GROUP)


def group_history(tables: Tables, _terms: Terms) -> ir.Table:
    """Sum up how each group of a course stood at the end of each week, by what is known today.

    Args:
        tables: `items`, and the stages `frame`, `gradebooks`, `group_spans`, `group_members`,
            `weeks` and `weekly_results`.

    Returns:
        group_id, course_id: str. week: int64, from 0. starts_on: date. enrolled, attended: int64
        learners in that week, null where only grades are known. learners, active, pairs,
        submitted, completed: int64, and grade_sum, grade_squares: decimal(38, 0), in millionths of
        a score, from the first week to this one.
    """
    frame = tables["frame"]
    begun = weeks_begun(frame)
    first = tables["group_members"].group_by(*_GROUP).agg(first=_.first_week.min())
    rows = first.inner_join(begun, "course_id").filter(_.week >= _["first"])
    rows = rows.select(*_WEEK, "starts_on")
    for added in (_joined(tables), _came(tables), _results(tables)):
        rows = rows.left_join(added, _WEEK).drop(*(f"{name}_right" for name in _WEEK))
    until = ibis.window(group_by=_GROUP, order_by="week", following=0)
    sums = {name: rows[name].fill_null(0).sum().over(until) for name in _CUMULATIVE}
    rows = rows.mutate(**sums)
    rows = rows.left_join(_weekly(tables, begun), _WEEK).drop(*(f"{n}_right" for n in _WEEK))
    items = tables["items"].filter(_.active).group_by("course_id").agg(items=_.count())
    rows = rows.left_join(items, "course_id").drop("course_id_right")
    blind = tables["gradebooks"].select("course_id", blind=True)
    rows = rows.left_join(blind, "course_id").drop("course_id_right")
    seen = rows.blind.isnull()
    return rows.select(
        [*_WEEK, "learners", "submitted", "completed"],
        starts_on=as_date(rows.starts_on),
        enrolled=ibis.ifelse(seen, rows.enrolled.fill_null(0), None),
        attended=ibis.ifelse(seen, rows.attended.fill_null(0), None),
        active=ibis.ifelse(seen, rows.active, None),
        pairs=rows.learners * rows["items"].fill_null(0),
        grade_sum=rows.grade_sum.cast("decimal(38, 0)"),
        grade_squares=rows.grade_squares.cast("decimal(38, 0)"),
    )


_CUMULATIVE = ("learners", "active", "submitted", "completed", "grade_sum", "grade_squares")


def _joined(tables: Tables) -> ir.Table:
    """Count the learners of a group whose first week in it is that week."""
    members = tables["group_members"]
    return members.group_by(*_GROUP, week=members.first_week).agg(learners=_.count())


def _came(tables: Tables) -> ir.Table:
    """Count the members who were active in the course by that week and not by the one before."""
    inside = tables["weeks"].filter(_.week >= 0)
    first = inside.group_by(*_WHO).agg(came=_.week.min())
    members = tables["group_members"].inner_join(first, _WHO)
    week = ibis.greatest(members.came, members.first_week)
    return members.group_by(*_GROUP, week=week).agg(active=_.count())


def _results(tables: Tables) -> ir.Table:
    """Add up what the results of members grew by in that week; what was there first comes with
    the week in which they joined.
    """
    members = tables["group_members"].select(*_WHO, "group_id", "first_week")
    rows = members.inner_join(tables["weekly_results"], _WHO)
    week = ibis.greatest(rows.week, rows.first_week)
    names = ("submitted", "completed", "grade_sum", "grade_squares")
    return rows.group_by(*_GROUP, week=week).agg(**{name: rows[name].sum() for name in names})


def weekly_results(tables: Tables, terms: Terms) -> ir.Table:
    """Sum up by how much the results of a learner in active items grew in each week of a course.

    What came before the first week or after the last one is added to these.

    Args:
        tables: `items`, and the stages `tries`, `enrolled` and `frame`.
        terms: the grade that counts as completed.

    Returns:
        learner_id, course_id: str. week: int64, from 0. submitted, completed: int64 items for the
        first time. grade_sum: int64 and grade_squares: decimal(38, 0), what the best scores of
        completed items, in millionths, and their squares grew by.
    """
    active = tables["items"].filter(_.active).select("course_id", "item_id")
    rows = tables["tries"].filter(_.kind != "run").semi_join(active, ["course_id", "item_id"])
    rows = rows.semi_join(tables["enrolled"], _WHO).inner_join(tables["frame"], "course_id")
    last = ibis.greatest((ibis.least(rows.today, rows.until) - rows.since) // 7, 0)
    week = ibis.greatest(ibis.least((rows.day - rows.since) // 7, last), 0)
    pair = [*_WHO, "item_id"]
    by_week = rows.group_by(*pair, week=week).agg(best=_.score_u.max())
    earlier = ibis.window(group_by=pair, order_by="week", preceding=(None, 1))
    known = by_week.mutate(
        first=ibis.row_number().over(ibis.window(group_by=pair, order_by="week")) == 0,
        before=_counted(by_week.best.max().over(earlier), terms),
    )
    now = ibis.greatest(_counted(known.best, terms), known.before)
    grown = known.mutate(now=now)
    return grown.group_by(*_WHO, "week").agg(
        submitted=grown["first"].sum(),
        completed=((grown.now > 0) & (grown.before == 0)).sum(),
        grade_sum=(grown.now - grown.before).sum(),
        grade_squares=(grown.now * grown.now - grown.before * grown.before)
        .sum()
        .cast("decimal(38, 0)"),
    )


def _counted(score: ir.IntegerValue, terms: Terms) -> ir.IntegerValue:
    """Return a score that counts as completed; 0 for any other and where there is none."""
    return ibis.ifelse((score > terms.zero_score).fill_null(False), score, 0)


def _weekly(tables: Tables, begun: ir.Table) -> ir.Table:
    """Count who is in a group in a week, and who of them was active in it, each once."""
    spans = _without_overlap(tables["group_spans"], begun)
    # Counted by span first: a few thousand spans are joined to the weeks, not all learners.
    alike = spans.group_by(*_GROUP, "first_week", "last_week").agg(learners=_.count())
    there = _inside(alike, begun.select("course_id", "week"), ["course_id"])
    enrolled = there.group_by(*_WEEK).agg(enrolled=_.learners.sum())
    active = tables["weeks"].filter(_.week >= 0).select(*_WHO, "week").distinct()
    came = _inside(spans, active, _WHO).group_by(*_WEEK).agg(attended=_.count())
    return enrolled.left_join(came, _WEEK).drop(*(f"{name}_right" for name in _WEEK))


def _without_overlap(spans: ir.Table, begun: ir.Table) -> ir.Table:
    """Return spans of weeks of which none of a learner in a group has a week of another one."""
    names = [*_WHO, "group_id"]
    several = spans.group_by(*names).agg(spans=_.count()).filter(_.spans > 1)
    columns = [*names, "first_week", "last_week"]
    single = spans.anti_join(several, names).select(*columns)
    weeks = begun.select("course_id", "week")
    split = _inside(spans.semi_join(several, names), weeks, ["course_id"])
    split = split.select(*names, "week").distinct()
    return single.union(split.mutate(first_week="week", last_week="week").select(*columns))


def _inside(spans: ir.Table, weeks: ir.Table, keys: list[str]) -> ir.Table:
    """Join spans to the weeks that they cover."""
    same = [spans[key] == weeks[key] for key in keys]
    within = [weeks.week >= spans.first_week, weeks.week <= spans.last_week]
    joined = spans.inner_join(weeks, [*same, *within])
    return joined.drop(*(f"{key}_right" for key in keys if f"{key}_right" in joined.columns))


STAGES = (
    Stage(
        name="group_spans",
        meaning="Weeks of a course that a membership of a group covers.",
        expression=group_spans,
    ),
    Stage(
        name="group_members",
        meaning="A learner whose membership of a group overlaps the course's period.",
        expression=group_members,
    ),
    Stage(
        name="weekly_results",
        meaning="What a learner's results in a course grew by in a week.",
        expression=weekly_results,
    ),
)
FAMILIES = (
    Family(
        name="learner_groups",
        question="Which groups of a course is a learner in?",
        unit="days",
        grain=("learner_id", "course_id", "group_id"),
        columns={
            "now": "whether the membership covers the course's today",
            "begins": "first day of the latest membership, days since 1970",
        },
        expression=learner_groups,
        many=True,
    ),
    Family(
        name="group_figures",
        question="What are the headline figures of a group of a course?",
        unit="rates 0–1, grades in percent",
        grain=("group_id", "course_id"),
        columns={
            "enrolled": "learners whose membership of the group overlaps the course's period; "
            "somebody in several groups counts in each",
            "items": "active items (A)",
            "submissions": "attempts of these learners in the course that are not runs",
            "attendance_rate": "learners with activity in the course's period ÷ these learners; "
            "null where only grades are known",
            "response_rate": "expected submissions (learners × A) handed in, in whatever group",
            "completion_rate": "those whose best grade is above GRADE_ZERO_THRESHOLD",
            "average_grade": "mean best grade of completed items",
            "average_grade_all": "mean best grade of all expected submissions, not completed = 0",
            "active_newest": "time of the latest activity, microseconds since 1970",
            "handed_newest": "time of the latest submission, microseconds since 1970",
        },
        expression=group_figures,
    ),
    Family(
        name="group_history",
        question="How did a group of a course stand at the end of each week?",
        unit="learners, expected submissions, scores in millionths",
        grain=("group_id", "course_id", "week"),
        columns={
            "week": "week of the course, from 0",
            "starts_on": "its first day",
            "enrolled": "learners in the group on at least one day of the week",
            "attended": "those of them with activity in the week",
            "learners": "learners in the group by the end of the week",
            "active": "those of them with activity in the course by then",
            "pairs": "expected submissions: learners × active items",
            "submitted": "those handed in by then",
            "completed": "those completed by then",
            "grade_sum": "best scores of completed ones by then, in millionths, added up",
            "grade_squares": "the squares of the same",
        },
        expression=group_history,
    ),
)
