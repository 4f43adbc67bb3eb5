"""Leaderboards: the sum of weighted best scores, ranked by score alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.days import ALWAYS, day_number, number
from gradeline.metrics.family import Expression, Family, Stage, Tables
from gradeline.metrics.roster import left_in, named
from gradeline.metrics.terms import Terms

#: The last rank that is stored.
SHOWN_RANKS = 100
_MILLION = 1_000_000
_PLACE = ["learner_id", "course_id", "group_id"]

#: Scope → the columns that name one of its leaderboards.
SCOPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"global": (), "course": ("course_id",), "group": ("group_id",), "level": ("level_id",)}
)


def points(tables: Tables, _terms: Terms) -> ir.Table:
    """Weigh the best score of each learner in each item answered.

    Args:
        tables: `items`, and the stage `pairs`.

    Returns:
        learner_id, course_id, level_id: str. product: int64, score × weight in 1e-12. raised_us:
        int64, when the best score was reached; null where it is 0.
    """
    answered = tables["pairs"].filter(_.graded > 0)
    weights = tables["items"].select(
        "course_id", "item_id", heavy=(_.weight.fill_null(1) * _MILLION).cast("int64")
    )
    rows = answered.left_join(weights, ["course_id", "item_id"])
    rows = rows.drop("course_id_right", "item_id_right")
    # An answer without an item weighs 0; an item that is in no list of items weighs 1.
    weight = ibis.ifelse(rows.item_id.isnull(), 0, rows.heavy.fill_null(_MILLION))
    rows = rows.mutate(weight=weight)
    weightless = rows.filter(rows.item_id.notnull() & rows.course_id.notnull())
    heaviest = weightless.group_by("course_id").agg(heaviest=_.weight.max())
    rows = rows.left_join(heaviest, "course_id").drop("course_id_right")
    flat = (rows.heaviest == 0).fill_null(False) & rows.item_id.notnull()
    product = rows.best_u.fill_null(0) * ibis.ifelse(flat, _MILLION, rows.weight)
    rows = rows.mutate(product=product)
    return rows.select(
        ["learner_id", "course_id", "level_id", "product"],
        raised_us=ibis.ifelse(rows["product"] > 0, rows.best_us, None),
    )


def scores(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute score and rank of each learner in each course.

    Returns:
        course_id, learner_id: str. total: int64, in 1e-12. raised_us: int64. score_u: int64. rank:
        int64, ties share one. size: int64, learners on the leaderboard.
    """
    return _ranked(_summed(tables["points"], ("course_id",)), ("course_id",))


def _summed(rows: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    named = rows.filter([rows[key].notnull() for key in keys]) if keys else rows
    sums = named.group_by(*keys, "learner_id").agg(
        total=named["product"].sum(), raised_us=named.raised_us.max()
    )
    return sums.mutate(score_u=_to_millionths(sums.total))


def in_groups(tables: Tables, terms: Terms) -> ir.Table:
    """Return the groups of a course that each learner has been in or has answered in.

    Args:
        tables: `memberships`, and the stages `ignored`, `staff` and `tries`.
        terms: as-of.

    Returns:
        Distinct rows of learner_id, course_id, group_id: str.
    """
    roles = tables["memberships"].filter((_.role == "learner") & _.group_id.notnull())
    roles = left_in(roles, tables)
    begun = day_number(roles.starts_on).fill_null(ALWAYS) <= number(terms.today)
    places = roles.filter(begun).select(*_PLACE)
    answered = tables["tries"].filter(_.group_id.notnull() & _.course_id.notnull()).select(*_PLACE)
    return places.union(answered, distinct=True)


def _to_millionths(total: ir.IntegerValue) -> ir.IntegerValue:
    """Convert a sum in 1e-12 to millionths, rounded half-even in whole numbers."""
    rest = total % _MILLION
    whole = ((total - rest) / _MILLION).round().cast("int64")
    up = (rest * 2 > _MILLION) | ((rest * 2 == _MILLION) & (whole % 2 == 1))
    return whole + ibis.ifelse(up, 1, 0)


def _ranked(sums: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    order = ibis.window(group_by=list(keys), order_by=ibis.desc("score_u"))
    rank = (ibis.rank().over(order) + 1).cast("int64")
    everyone = ibis.window(group_by=list(keys))
    return sums.mutate(rank=rank, size=sums.count().over(everyone).cast("int64"))


def _scope(scope: str, keys: tuple[str, ...]) -> Expression:
    def expression(tables: Tables, _terms: Terms) -> ir.Table:
        """Rank learners with a graded attempt, up to rank SHOWN_RANKS.

        Returns:
            The columns of the scope's key and learner_id, name: str. rank, size: int64.
            raised_us: int64. score: float64.
        """
        if scope == "course":
            ranked = tables["scores"]
        elif scope == "group":
            # A group shows the scores of its members in its courses, wherever they came from.
            mine = tables["scores"].select("learner_id", "course_id", "raised_us", product="total")
            mine = mine.inner_join(tables["in_groups"], ["learner_id", "course_id"])
            ranked = _ranked(_summed(mine, keys), keys)
        else:
            ranked = _ranked(_summed(tables["points"], keys), keys)
        names = named(tables["learners"]).select("learner_id", "name")
        shown = ranked.filter(_.rank <= SHOWN_RANKS).left_join(names, "learner_id")
        return shown.select(
            *keys, "rank", "learner_id", "name", "raised_us", "size", score=shown.score_u / 1e6
        )

    return expression


STAGES = (
    Stage(name="points", meaning="A learner's weighted best score in an item.", expression=points),
    Stage(name="scores", meaning="A learner's score and rank in a course.", expression=scores),
    Stage(name="in_groups", meaning="A learner in a group of a course.", expression=in_groups),
)
FAMILIES = tuple(
    Family(
        name=f"leaderboard_{scope}",
        question=f"Who leads ({scope})?",
        unit="points: sum of best score × weight, to 6 decimals",
        grain=(*keys, "learner_id"),
        columns={
            "rank": "by points; ties share a rank: 1, 2, 2, 4",
            "score": "points: Σ over (course, item) of best score × weight",
            "raised_us": "when the points last rose, microseconds since 1970",
            "size": "learners on the leaderboard, shown or not",
        },
        expression=_scope(scope, keys),
    )
    for scope, keys in SCOPES.items()
)
