"""Attempts prepared for summing, and the best result of each learner in each item."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import ALWAYS, STILL, day_number, microseconds, school_day_of
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.roster import left_in
from gradeline.metrics.terms import Terms

_WHO = ["learner_id", "course_id"]
_PAIR = [*_WHO, "item_id"]
_PLACE = [*_WHO, "group_id"]
#: A whole score in millionths.
_WHOLE = 1_000_000


def tries(tables: Tables, terms: Terms) -> ir.Table:
    """Return the attempts up to as-of of learners who count.

    Args:
        tables: `attempts` and `items`, and the stages `ignored`, `staff` and `stays`.
        terms: as-of, time zone and thresholds.

    Returns:
        attempt_id, learner_id, course_id, group_id, item_id, topic_id, level_id, kind: str; group,
        topic and level come from membership and item where the attempt has none. several: bool,
        memberships of several groups cover its day, and group_id is null. hints: int32.
        us: int64. day: int64 school day. score_u: int64, of what is right 1,000,000 and of what is
        wrong 0 where only `correct` is known. ms: int64 duration, cut to the longest that counts.
        correct: bool, from PASS_MARK where only a score is known. score_made: bool, the score is
        made of `correct`. score_finer: bool, the score says more than right or wrong.
    """
    attempts = tables["attempts"]
    seen = attempts.filter(attempts["at"] <= ibis.literal(terms.as_of, attempts["at"].type()))
    counted = left_in(seen, tables)
    items = tables["items"].select(
        "course_id", "item_id", item_topic="topic_id", item_level="level_id"
    )
    known = counted.left_join(items, ["course_id", "item_id"]).drop(
        "course_id_right", "item_id_right"
    )
    mark = ibis.ifelse(known.kind != "run", known.correct, None).cast("int64") * _WHOLE
    known = known.mutate(
        us=microseconds(known["at"]),
        told=(known.score * _WHOLE).cast("int64"),
        mark=mark,
        ms=_cut(known.duration_s, terms),
    )
    known = known.mutate(score_u=ibis.coalesce(known.told, known.mark))
    known = known.mutate(day=school_day_of(known.us, terms))
    passed = ibis.ifelse(known.kind != "run", known.score_u >= terms.pass_score, None)
    spans = _spans(tables["stays"])
    placed = known.left_join(
        spans,
        [
            known.learner_id == spans.learner_id,
            known.course_id == spans.course_id,
            known.day >= spans.since,
            known.day <= spans.until,
        ],
    )
    return placed.select(
        *("attempt_id", "learner_id", "course_id", "item_id", "kind", "hints"),
        *("us", "day", "score_u", "ms"),
        score_made=placed.told.isnull() & placed.mark.notnull(),
        score_finer=placed.told.notnull() & ~placed.told.identical_to(placed.mark),
        group_id=ibis.coalesce(placed.group_id, placed.home),
        several=placed.group_id.isnull() & placed.several.fill_null(False),
        topic_id=ibis.coalesce(placed.topic_id, placed.item_topic),
        level_id=ibis.coalesce(placed.level_id, placed.item_level),
        correct=ibis.coalesce(placed.correct, passed),
    )


def stays(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the days that each membership of a group covers.

    Returns:
        Distinct rows of learner_id, course_id, group_id: str; since, until: int64 days, ALWAYS and
        STILL where unknown.
    """
    rows = tables["memberships"].filter((_.role == "learner") & _.group_id.notnull())
    rows = rows.select(
        *_PLACE,
        since=day_number(rows.starts_on).fill_null(ALWAYS),
        until=day_number(rows.ends_on).fill_null(STILL),
    )
    return rows.filter(_.since <= _.until).distinct()


def _spans(stays_: ir.Table) -> ir.Table:
    """Return spans of days without overlap in which a learner is in the same groups of a course.

    Returns:
        learner_id, course_id: str. since, until: int64 days. home: str, the group; null where
        there are several. several: bool.
    """
    edges = ibis.union(
        stays_.select(*_WHO, edge="since"),
        stays_.select(*_WHO, edge=stays_.until + 1),
        distinct=True,
    )
    following = edges.edge.lead().over(ibis.window(group_by=_WHO, order_by="edge"))
    spans = edges.select(*_WHO, since="edge", until=following - 1).filter(_.until.notnull())
    own = stays_.select(*_PLACE, begins="since", ends="until")
    covering = spans.inner_join(
        own,
        [
            spans.learner_id == own.learner_id,
            spans.course_id == own.course_id,
            spans.since >= own.begins,
            spans.until <= own.ends,
        ],
    )
    sums = covering.group_by(*_WHO, "since", "until").agg(
        home=_.group_id.min(), groups=_.group_id.nunique()
    )
    return sums.select(
        *_WHO,
        "since",
        "until",
        home=ibis.ifelse(sums.groups == 1, sums.home, None),
        several=sums.groups > 1,
    )


def graded(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the attempts of kind answer or carried whose `correct` is known.

    Returns:
        The columns of stage `tries` but those about the score's origin, i.e. attempt_id,
        learner_id, course_id, item_id, kind, hints, us, day, score_u, ms, group_id, several,
        topic_id, level_id, correct; and first: bool, the learner's first one in the item.
    """
    return with_first(tables["tries"], tables["pairs"])


def with_first(tries_: ir.Table, pairs_: ir.Table) -> ir.Table:
    """Return the graded ones among these tries, with `item_id` and whether each is the first one.

    Args:
        tries_: rows of stage `tries`, with all tries of each learner in an item.
        pairs_: the stage `pairs`.
    """
    rows = tries_.drop("score_made", "score_finer")
    rows = rows.filter((_.kind != "run") & _.correct.notnull())
    # Nearly all pairs have one graded attempt, which is the first: only the others are sorted.
    again = pairs_.filter((_.graded > 1) & _.item_id.notnull()).select(*_PAIR)
    same = [rows[name].identical_to(again[name]) for name in _PAIR]
    once = rows.anti_join(again, same)
    once = once.mutate(first=once.item_id.notnull())
    repeated = rows.semi_join(again, same)
    order = ibis.window(group_by=_PAIR, order_by=["us", "attempt_id"])
    repeated = repeated.mutate(first=ibis.row_number().over(order) == 0)
    return once.union(repeated)


def shared(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the graded attempts that count in several groups, once for each of them.

    Returns:
        The columns of stage `graded`, with a group_id.
    """
    rows = tables["graded"].filter(_.several).drop("group_id")
    own = tables["stays"].select(*_PLACE, begins="since", ends="until")
    covered = rows.inner_join(
        own,
        [
            rows.learner_id == own.learner_id,
            rows.course_id == own.course_id,
            rows.day >= own.begins,
            rows.day <= own.ends,
        ],
    )
    # Two memberships of one group may overlap in what systems say.
    return covered.select(*tables["graded"].columns).distinct()


def pairs(tables: Tables, terms: Terms) -> ir.Table:
    """Return the result of each learner in each item that they submitted something to.

    Returns:
        learner_id, course_id, item_id, level_id: str. submissions, graded: int64 counts. newest:
        int64. best_u: int64. best_us: int64, when the best score was first reached. done_on:
        int64 day, the first one with a score that counts as completed.
    """
    handed_in = tables["tries"].filter(_.kind != "run")
    # Two steps: the instant of the best score is the first one at which it was reached.
    by_score = handed_in.group_by(*_PAIR, "score_u").agg(
        submissions=_.count(),
        first_us=_.us.min(),
        newest=_.us.max(),
        first_day=_.day.min(),
        level_id=_.level_id.max(),
        graded=_.correct.count(),
    )
    return by_score.group_by(*_PAIR).agg(
        submissions=_.submissions.sum(),
        graded=_.graded.sum(),
        newest=_.newest.max(),
        level_id=_.level_id.max(),
        best_u=_.score_u.max(),
        best_us=_.first_us.argmax(_.score_u),
        done_on=_.first_day.min(where=_.score_u > terms.zero_score),
    )


STAGES = (
    Stage(name="stays", meaning="Days that a membership of a group covers.", expression=stays),
    Stage(
        name="tries",
        meaning="An attempt that counts.",
        expression=tries,
        by_instant=True,
        numbered=("learner_id", "course_id", "group_id", "item_id", "topic_id", "level_id"),
    ),
)
PAIR_STAGES = (
    Stage(name="pairs", meaning="A learner's result in an item.", expression=pairs),
    Stage(name="graded", meaning="A graded attempt.", expression=graded),
    Stage(name="shared", meaning="A graded attempt in one of several groups.", expression=shared),
)


def _cut(seconds: ir.DecimalValue, terms: Terms) -> ir.Value:
    """Convert a duration to milliseconds, cut to the longest that counts; unknown stays unknown.

    Not with `least`: that would take an unknown duration for the longest one.
    """
    ms = (seconds * 1_000).cast("int64")
    return ibis.ifelse(ms > terms.longest_ms, terms.longest_ms, ms)
