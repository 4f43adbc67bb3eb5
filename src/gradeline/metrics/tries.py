"""Attempts prepared for summing, and the best result of each learner in each item."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import ALWAYS, STILL, day_number, microseconds, school_day_of
from gradeline.metrics.family import Stage, Tables
from gradeline.metrics.roster import left_in
from gradeline.metrics.terms import Terms

_PAIR = ["learner_id", "course_id", "item_id"]
#: A whole score in millionths.
_WHOLE = 1_000_000


def tries(tables: Tables, terms: Terms) -> ir.Table:
    """Return the attempts up to as-of of learners who count.

    Args:
        tables: `attempts`, `items` and `memberships`, and the stages `ignored` and `staff`.
        terms: as-of, time zone and thresholds.

    Returns:
        attempt_id, learner_id, course_id, group_id, item_id, topic_id, level_id, kind: str; group,
        topic and level come from membership and item where the attempt has none. hints: int32.
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
    places = _places(tables)
    placed = known.left_join(
        places,
        [
            known.learner_id == places.learner_id,
            known.course_id == places.course_id,
            known.day >= places.since,
            known.day <= places.until,
        ],
    )
    return placed.select(
        *("attempt_id", "learner_id", "course_id", "item_id", "kind", "hints"),
        *("us", "day", "score_u", "ms"),
        score_made=placed.told.isnull() & placed.mark.notnull(),
        score_finer=placed.told.notnull() & ~placed.told.identical_to(placed.mark),
        group_id=ibis.coalesce(placed.group_id, placed.home),
        topic_id=ibis.coalesce(placed.topic_id, placed.item_topic),
        level_id=ibis.coalesce(placed.level_id, placed.item_level),
        correct=ibis.coalesce(placed.correct, passed),
    )


def _places(tables: Tables) -> ir.Table:
    """Return the group that attempts without a group belong to: of several, the latest one.

    Each learner and course has spans of days that follow each other without gap or overlap.
    """
    rows = tables["memberships"].filter(_.role == "learner")
    rows = rows.select(
        "learner_id",
        "course_id",
        home="group_id",
        begins=day_number(rows.starts_on).fill_null(ALWAYS),
    )
    order = ibis.window(
        group_by=["learner_id", "course_id"], order_by=[ibis.asc("begins"), ibis.desc("home")]
    )
    following = rows.mutate(
        place=ibis.row_number().over(order), next_begins=rows.begins.lead().over(order)
    )
    return following.select(
        ["learner_id", "course_id", "home"],
        since=ibis.ifelse(following.place == 0, ALWAYS, following.begins),
        until=following.next_begins.fill_null(STILL) - 1,
    )


def graded(tables: Tables, _terms: Terms) -> ir.Table:
    """Return the attempts of kind answer or carried whose `correct` is known.

    Returns:
        The columns of stage `tries` but item_id and those about the score's origin, i.e.
        attempt_id, learner_id, course_id, kind, hints, us, day, score_u, ms, group_id, topic_id,
        level_id, correct; and first: bool, the learner's first one in the item.
    """
    rows = tables["tries"].drop("score_made", "score_finer")
    rows = rows.filter((_.kind != "run") & _.correct.notnull())
    # Nearly all pairs have one graded attempt, which is the first: only the others are sorted.
    again = tables["pairs"].filter((_.graded > 1) & _.item_id.notnull()).select(*_PAIR)
    same = [rows[name].identical_to(again[name]) for name in _PAIR]
    once = rows.anti_join(again, same)
    once = once.mutate(first=once.item_id.notnull())
    several = rows.semi_join(again, same)
    order = ibis.window(group_by=_PAIR, order_by=["us", "attempt_id"])
    several = several.mutate(first=ibis.row_number().over(order) == 0)
    return once.union(several).drop("item_id")


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
)


def _cut(seconds: ir.DecimalValue, terms: Terms) -> ir.Value:
    """Convert a duration to milliseconds, cut to the longest that counts; unknown stays unknown.

    Not with `least`: that would take an unknown duration for the longest one.
    """
    ms = (seconds * 1_000).cast("int64")
    return ibis.ifelse(ms > terms.longest_ms, terms.longest_ms, ms)
