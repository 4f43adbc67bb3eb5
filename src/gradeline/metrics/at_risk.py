"""Learners at risk, with reasons, and how good such lists were in finished courses."""

from __future__ import annotations

from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.family import Family, Stage, Tables
from gradeline.metrics.intervals import rate
from gradeline.metrics.roster import CHECKPOINTS
from gradeline.metrics.terms import Terms

REASONS = ("silent", "missing", "dropping", "leaning", "failing", "never_seen")
#: Days without activity that make a learner silent; as many of being enrolled, never seen.
SILENT_DAYS = 7
MISSING_ITEMS = 3
FAILING_ITEMS = 3
LAST = 20
DROPPING_FROM = 40
_WHO = ["learner_id", "course_id"]


def streaks(tables: Tables, _terms: Terms) -> ir.Table:
    """Compare the last 20 graded answers of a learner in a course with the earlier ones.

    Args:
        tables: the stages `graded` and `frame`.

    Returns:
        One row per learner, course and moment for whoever has more than 20 answers. learner_id,
        course_id, moment: str. dropping: bool, fewer are correct. leaning: bool, more hints.
    """
    answers = tables["graded"].filter((_.kind == "answer") & _.course_id.notnull())
    counts = answers.group_by(*_WHO).agg(n=_.count())
    # Only who has more than 20 answers can have last ones and earlier ones.
    long = answers.semi_join(counts.filter(_.n > LAST), _WHO)
    dated = long.inner_join(_moments(tables), "course_id")
    rows = dated.filter(dated.until_day.isnull() | (dated.day <= dated.until_day))
    key = [*_WHO, "moment"]
    youngest = [ibis.desc("us"), ibis.desc("attempt_id")]
    place = ibis.row_number().over(ibis.window(group_by=key, order_by=youngest))
    aided = ibis.window(
        group_by=[*key, rows.hints.isnull()], order_by=[rows.us.desc(), rows.attempt_id.desc()]
    )
    rows = rows.mutate(recent=place < LAST, recent_known=ibis.row_number().over(aided) < LAST)
    known = rows.hints.notnull()
    sums = rows.group_by(*key).agg(
        n=rows.count(),
        late_right=rows.correct.sum(where=rows.recent).fill_null(0),
        early_right=rows.correct.sum(where=~rows.recent).fill_null(0),
        known=rows.hints.count(),
        late_hints=rows.hints.sum(where=known & rows.recent_known).fill_null(0),
        early_hints=rows.hints.sum(where=known & ~rows.recent_known).fill_null(0),
    )
    return sums.select(*key, dropping=_dropping(sums), leaning=_leaning(sums))


def averages(tables: Tables, terms: Terms) -> ir.Table:
    """Compare the mean best grade of each learner in a course with PASS_MARK.

    Args:
        tables: `items`, and the stages `tries` and `frame`.
        terms: the pass mark.

    Returns:
        learner_id, course_id: str. failing, failing_25, failing_50, failing_75: bool, now and at
        each checkpoint at least FAILING_ITEMS active items are graded, and on average failed.
    """
    active = tables["items"].filter(_.active).select("course_id", "item_id")
    graded = tables["tries"].filter((_.kind != "run") & _.score_u.notnull())
    rows = graded.semi_join(active, ["course_id", "item_id"]).inner_join(
        tables["frame"], "course_id"
    )
    then = {
        f"_{share}": rows.score_u.max(where=rows.day <= rows[f"at_{share}"])
        for share in CHECKPOINTS
    }
    best = rows.group_by(*_WHO, "item_id").agg(_now=rows.score_u.max(), **then)
    failing = {
        f"failing{moment.removeprefix('_now')}": (
            (best[moment].count() >= FAILING_ITEMS)
            & (best[moment].sum() < best[moment].count() * terms.pass_score).fill_null(False)
        )
        for moment in ("_now", *then)
    }
    return best.group_by(*_WHO).agg(**failing)


def _moments(tables: Tables) -> ir.Table:
    """Courses with each moment that is judged: now, and the checkpoints of finished courses."""
    frame = tables["frame"]
    now = frame.select("course_id", moment=ibis.literal("now"), until_day=ibis.null("int64"))
    back = [
        frame.filter(frame[f"at_{share}"].notnull()).select(
            "course_id", moment=ibis.literal(str(share)), until_day=frame[f"at_{share}"]
        )
        for share in CHECKPOINTS
    ]
    return ibis.union(now, *back)


def _dropping(sums: ir.Table) -> ir.BooleanValue:
    early = sums.n - LAST
    # late ÷ 20 ≤ early_right ÷ early − 0.20, in whole numbers.
    dropped = sums.late_right * early <= LAST * sums.early_right - early * LAST // 5
    return (sums.n >= DROPPING_FROM) & dropped


def _leaning(sums: ir.Table) -> ir.BooleanValue:
    early = sums.known - LAST
    doubled = sums.late_hints * early >= 2 * LAST * sums.early_hints
    return (early > 0) & doubled & (sums.late_hints * 2 >= LAST)


def risk(tables: Tables, _terms: Terms) -> ir.Table:
    """List the learners enrolled at each moment with the reasons that hold then.

    Returns:
        learner_id, course_id, outcome, moment: str. silent, missing, dropping,
        leaning, failing, never_seen: bool, one per reason. listed: bool, at least one of them.
    """
    moments = [("now", "now", "today", "")]
    moments += [(str(share), f"then_{share}", f"at_{share}", f"_{share}") for share in CHECKPOINTS]
    rows = _judged(tables)
    parts = [
        rows.filter(rows[enrolled]).select(
            [*_WHO, "outcome", "active_newest", "handed_newest"],
            moment=ibis.literal(moment),
            today=rows[day],
            seen=rows[f"seen{part}"],
            owed=rows[f"missing{part}"],
            failing=rows[f"failing{part}"].fill_null(False),
            begins=rows.begins,
            blind=rows.blind.fill_null(False),
        )
        for moment, enrolled, day, part in moments
    ]
    all_moments = ibis.union(*parts)
    joined = all_moments.left_join(tables["streaks"], [*_WHO, "moment"])
    unseen = joined.seen.isnull() & ~joined.blind
    quiet = unseen | (joined.seen <= joined.today - SILENT_DAYS).fill_null(False)
    return joined.select(
        [*_WHO, "outcome", "moment"],
        silent=quiet & (joined.owed > 0),
        missing=joined.owed >= MISSING_ITEMS,
        dropping=joined.dropping.fill_null(False),
        leaning=joined.leaning.fill_null(False),
        failing=joined.failing,
        never_seen=unseen & (joined.begins <= joined.today - SILENT_DAYS + 1),
    ).mutate(listed=reduce(or_, (_[reason] for reason in REASONS)))


def _judged(tables: Tables) -> ir.Table:
    """Learners' progress with their averages, and whether only grades of the course are known."""
    rows = tables["learner_progress"].left_join(tables["averages"], _WHO)
    rows = rows.drop("learner_id_right", "course_id_right")
    blind = tables["gradebooks"].select("course_id", blind=True)
    return rows.left_join(blind, "course_id").drop("course_id_right")


def at_risk(tables: Tables, _terms: Terms) -> ir.Table:
    """List the learners enrolled today who have at least one reason.

    Returns:
        learner_id, course_id: str. A bool column for each of REASONS.
    """
    listed = tables["risk"].filter((_.moment == "now") & _.listed)
    return listed.select(*_WHO, *REASONS)


def at_risk_quality(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute precision and recall of the list at 25, 50 and 75% of each finished course.

    Returns:
        course_id: str. share: int64, percent of the course that had passed. enrolled: int64. The
        columns of the rates `precision` and `recall`.
    """
    known = tables["risk"].filter((_.moment != "now") & _.outcome.notnull())
    bad = known.outcome.isin(["fail", "withdrawn"])
    counts = known.group_by("course_id", share=known.moment.cast("int64")).agg(
        enrolled=known.count(),
        listed=known.listed.sum(),
        bad=bad.sum(),
        hits=(known.listed & bad).sum(),
    )
    return counts.select(
        ["course_id", "share", "enrolled"],
        **rate("precision", counts.hits, counts.listed),
        **rate("recall", counts.hits, counts.bad),
    )


STAGES = (
    Stage(
        name="averages",
        meaning="Whether a learner's grades in a course are failed on average.",
        expression=averages,
    ),
    Stage(
        name="streaks",
        meaning="A learner's last answers compared with the earlier ones.",
        expression=streaks,
    ),
    Stage(name="risk", meaning="A learner enrolled at a moment, with reasons.", expression=risk),
)
FAMILIES = (
    Family(
        name="at_risk",
        question="Which learners are at risk, and why?",
        unit="learners",
        grain=("learner_id", "course_id"),
        columns={
            "silent": "no activity on days t−6 … t, days before the course included, and an "
            "overdue item",
            "missing": "three or more overdue items",
            "dropping": "accuracy of the last 20 of ≥ 40 answers ≥ 0.20 below all earlier ones",
            "leaning": "hints per attempt of the last 20 at least doubled, and ≥ 0.5",
            "failing": "three or more active items graded, and their mean best grade is below "
            "PASS_MARK",
            "never_seen": "enrolled for 7 days of the period or more, and no activity at all up to "
            "t, days before the course included; who came only then is silent once an item is "
            "overdue",
        },
        expression=at_risk,
        stored=False,
    ),
    Family(
        name="at_risk_quality",
        question="How good was the list after 25, 50 and 75% of finished courses?",
        unit="rates 0–1",
        grain=("course_id", "share"),
        columns={
            "enrolled": "learners enrolled then whose outcome is known",
            "precision": "listed who failed or withdrew ÷ listed",
            "recall": "listed who failed or withdrew ÷ all who did",
        },
        expression=at_risk_quality,
    ),
)
