"""How well items measure: facility, discrimination, the answers chosen, and reliability.

All of it is about first tries: each learner's first graded attempt in an item that counts. Each
figure is of a whole course, and of each of its groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import ibis
import ibis.expr.types as ir
from ibis import _

from gradeline.metrics.family import Family, Tables
from gradeline.metrics.intervals import Columns, rate, rounded
from gradeline.metrics.terms import Terms
from gradeline.records.measures import Z

#: Below so many learners nothing of an item, or of a form, is shown.
LEAST_LEARNERS = 10
#: Below so many the discrimination is not: it would say more about chance than about the item.
LEAST_FOR_DISCRIMINATION = 30
#: So many different answers of an item are listed, the most frequent ones.
MOST_RESPONSES = 8
#: An answer of fewer learners is not listed: it would tell who gave it.
LEAST_FOR_RESPONSE = 2
_MILLION = 1_000_000
_COURSE = ["course_id"]
_GROUP = ["course_id", "group_id"]


def items(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute facility, discrimination and time of each item from first tries.

    Args:
        tables: `items`, and the stages `graded`, `stays` and `frame`.

    Returns:
        course_id, item_id, title: str. group_id: str, null = the whole course. newest: int64. The
        columns of the rate facility; discrimination, discrimination_low, discrimination_high:
        float64, −1 … 1; discrimination_n: int64. median_time: float64, seconds; median_time_n.
    """
    names = tables["items"].select("course_id", "item_id", "title")
    return _over_scopes(tables, lambda rows, scope: _items(rows, scope, names))


def _items(rows: ir.Table, scope: list[str], names: ir.Table) -> ir.Table:
    key = [*scope, "item_id"]
    rows = _with_rest(rows, scope)
    own = rows.rest.notnull()
    sums = rows.group_by(*key).agg(
        n=_.count(),
        right=_.correct.sum(),
        newest=_.us.max(),
        ms_median=_.ms.median(),
        timed=_.ms.count(),
        **_sums(rows.score_u, rows.rest, where=own),
    )
    named = sums.left_join(names, ["course_id", "item_id"])
    named = named.drop("course_id_right", "item_id_right")
    return named.select(
        *key,
        "title",
        "newest",
        **rate("facility", named.right, named.n),
        **_correlation("discrimination", named),
        median_time=rounded(named.ms_median.cast("float64") / 1e3),
        median_time_n=named.timed,
    )


def item_responses(tables: Tables, _terms: Terms) -> ir.Table:
    """Count what learners answered to each item at first, where sources know it.

    Args:
        tables: `attempts` and `items`, and the stages `graded`, `stays` and `frame`.

    Returns:
        course_id, item_id, response: str, the MOST_RESPONSES most frequent answers of at least
        LEAST_FOR_RESPONSE learners. group_id: str, null = the whole course. learners, strong:
        int64. is_right: bool.
    """
    told = tables["attempts"].filter(_.response.notnull()).select("attempt_id", "response")
    return _over_scopes(tables, lambda rows, scope: _responses(rows, scope, told))


def _responses(rows: ir.Table, scope: list[str], told: ir.Table) -> ir.Table:
    key = [*scope, "item_id"]
    rows = _with_rest(rows, scope)
    means = rows.group_by(*key).agg(rests=_.rest.count(), rest_sum=_.rest.sum())
    answered = rows.inner_join(told, "attempt_id").inner_join(means, key)
    strong = (answered.rest * answered.rests > answered.rest_sum).fill_null(False)
    counts = answered.group_by(*key, "response").agg(
        learners=answered.count(), strong=strong.sum(), right=answered.correct.sum()
    )
    counts = counts.filter(_.learners >= LEAST_FOR_RESPONSE)
    order = ibis.window(group_by=key, order_by=[counts.learners.desc(), counts.response])
    first = counts.mutate(place=ibis.row_number().over(order)).filter(_.place < MOST_RESPONSES)
    return first.select(
        *key, "response", "learners", "strong", is_right=first.right * 2 > first.learners
    )


def reliability(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute Cronbach's α of the form that items make; of right and wrong alone it is KR-20.

    The form has the items that at least half of the learners with a first try have tried; it is
    judged by the learners who tried all of them.

    Args:
        tables: `items`, and the stages `graded`, `stays` and `frame`.

    Returns:
        course_id: str. group_id: str, null = the whole course. items: int64, of the form.
        is_binary: bool, each first try scored 0 or 1. newest: int64. alpha, alpha_low, alpha_high:
        float64; alpha_n: int64, learners. sem: float64, the standard error of measurement in
        items.
    """
    return _over_scopes(tables, _reliability)


def _reliability(rows: ir.Table, scope: list[str]) -> ir.Table:
    size = rows.group_by(*scope).agg(learners=_.learner_id.nunique())
    tried = rows.group_by(*scope, "item_id").agg(n=_.count()).inner_join(size, scope)
    form = tried.filter(_.n * 2 >= _.learners).select(*scope, "item_id")
    sizes = form.group_by(*scope).agg(items=_.count())
    inside = rows.semi_join(form, [*scope, "item_id"])
    totals = inside.group_by(*scope, "learner_id").agg(done=_.count(), total=_.score_u.sum())
    whole = totals.inner_join(sizes, scope).filter(_.done == _.items)
    whole = whole.select(*scope, "learner_id", "items", total=_wide(whole.total))
    of_totals = whole.group_by(*scope).agg(
        n=_.count(),
        items=_["items"].max(),
        total_sum=_.total.sum(),
        total_squares=(whole.total * whole.total).sum(),
    )
    judged = inside.semi_join(whole, [*scope, "learner_id"])
    by_item = judged.group_by(*scope, "item_id").agg(
        n=_.count(),
        own=_.score_u.sum(),
        squares=(judged.score_u * judged.score_u).sum(),
        split=~_.score_u.isin([0, _MILLION]).all(),
        us=_.us.max(),
    )
    by_item = by_item.mutate(spread=_spread(by_item.n, by_item.own, by_item.own, by_item.squares))
    of_items = by_item.group_by(*scope).agg(
        spreads=_.spread.sum(), is_finer=_.split.any(), newest=_.us.max()
    )
    joined = of_totals.inner_join(of_items, scope)
    return joined.select(*scope, "items", "newest", is_binary=~joined.is_finer, **_alpha(joined))


def _alpha(sums: ir.Table) -> Columns:
    """Return the columns of α with Bonett's interval, and of the standard error of measurement.

    Args:
        sums: n, items, total_sum, total_squares, spreads: n²·variances of the items added up.
    """
    n, size = sums.n.cast("float64"), sums["items"].nullif(1).cast("float64")
    spread = _spread(sums.n, sums.total_sum, sums.total_sum, sums.total_squares).cast("float64")
    missing = 1 - size / (size - 1) * (1 - sums.spreads.cast("float64") / spread.nullif(0.0))
    half = (2 * size / ((size - 1) * ibis.ifelse(sums.n >= 3, n - 2, None))).sqrt() * Z
    deviation = (spread / (n * ibis.ifelse(sums.n >= 2, n - 1, None))).sqrt() / _MILLION
    return {
        "alpha": rounded(1 - missing),
        "alpha_n": sums.n,
        "alpha_low": rounded(1 - missing * half.exp()),
        "alpha_high": rounded(1 - missing * (-half).exp()),
        "sem": rounded(deviation * missing.clip(lower=0.0).sqrt()),
    }


def _over_scopes(tables: Tables, figures: Callable[[ir.Table, list[str]], ir.Table]) -> ir.Table:
    """Return what `figures(first tries, key)` gives for courses, and for groups, as one table."""
    course, group = (figures(rows, scope) for rows, scope in _scopes(tables))
    names = [name for name in course.columns if name not in _COURSE]
    texts = {name: course[name].concat("") for name in ("course_id", "item_id") if name in course}
    course = course.mutate(group_id=ibis.null("string"), **texts)
    texts = {name: group[name].concat("") for name in (*texts, "group_id")}
    group = group.mutate(**texts)
    return course.select(*_GROUP, *names).union(group.select(*_GROUP, *names))


def _scopes(tables: Tables) -> Iterator[tuple[ir.Table, list[str]]]:
    """Yield first tries of the chosen courses with the columns that name a scope."""
    rows = tables["graded"].filter(_["first"]).semi_join(tables["frame"], "course_id")
    retired = tables["items"].filter(~_.active).select("course_id", "item_id")
    rows = rows.anti_join(retired, ["course_id", "item_id"])
    kept = ("attempt_id", "learner_id", "item_id", "correct", "score_u", "ms", "us")
    yield rows.select(*_COURSE, *kept), _COURSE
    own = tables["stays"].select("learner_id", *_GROUP, begins="since", ends="until")
    several = rows.filter(_.several).drop("group_id")
    covered = several.inner_join(
        own,
        [
            several.learner_id == own.learner_id,
            several.course_id == own.course_id,
            several.day >= own.begins,
            several.day <= own.ends,
        ],
    )
    again = covered.select(*_GROUP, *kept).distinct()
    yield rows.filter(_.group_id.notnull()).select(*_GROUP, *kept).union(again), _GROUP


def _with_rest(rows: ir.Table, scope: list[str]) -> ir.Table:
    """Add `rest`: the mean score of the learner's other first tries in millionths, cut to whole.

    Null where there are no others. A mean, because learners have not all tried the same items.
    """
    who = [*scope, "learner_id"]
    totals = rows.group_by(*who).agg(total=_.score_u.sum(), tried=_.count())
    joined = rows.inner_join(totals, who)
    others = (joined.tried - 1).nullif(0)
    rest = ((joined.total - joined.score_u) // others).cast("int64")
    return joined.select(*rows.columns, rest=rest)


def _sums(own: ir.Value, rest: ir.Value, *, where: ir.BooleanValue) -> dict[str, ir.Value]:
    """Return the sums that the correlation of two columns is made of."""
    products = {"xx": own * own, "yy": rest * rest, "xy": own * rest}
    return {
        "pairs": where.sum(),
        "x": own.sum(where=where),
        "y": rest.sum(where=where),
        **{name: product.sum(where=where) for name, product in products.items()},
    }


def _correlation(name: str, sums: ir.Table) -> Columns:
    """Return the columns of a correlation with Fisher's interval, from n = 3, the latter from 4."""
    above = _spread(sums.pairs, sums.x, sums.y, sums.xy).cast("float64")
    below = _spread(sums.pairs, sums.x, sums.x, sums.xx).cast("float64").sqrt()
    below = below * _spread(sums.pairs, sums.y, sums.y, sums.yy).cast("float64").sqrt()
    value = ibis.ifelse(sums.pairs >= 3, above, None) / below.nullif(0.0)
    value = value.clip(lower=-1.0, upper=1.0)
    size = ibis.ifelse(sums.pairs >= 4, sums.pairs - 3, None).cast("float64")
    bounds = {
        f"{name}_{end}": (1 + value) * (sign * 2 * Z / size.sqrt()).exp()
        for end, sign in (("low", -1), ("high", 1))
    }
    return {
        name: rounded(value),
        f"{name}_n": sums.pairs,
        # tanh(artanh r ± z ÷ √(n − 3)), which is ±1 where r is.
        **{end: rounded((part - 1 + value) / (part + 1 - value)) for end, part in bounds.items()},
    }


def _spread(n: ir.Value, one: ir.Value, other: ir.Value, products: ir.Value) -> ir.Value:
    """Return n·Σxy − Σx·Σy in whole numbers: n² times a covariance."""
    return _wide(n) * _wide(products) - _wide(one) * _wide(other)


def _wide(value: ir.Value) -> ir.Value:
    return value.cast("decimal(38, 0)")


FAMILIES = (
    Family(
        name="items",
        question="How hard is each item, and does it tell strong learners from weak ones?",
        unit="facility 0–1, discrimination −1 … 1, seconds",
        grain=("course_id", "group_id", "item_id"),
        columns={
            "facility": "first tries that were correct ÷ first tries (each learner's first graded "
            "attempt in the item); shown from 10 learners",
            "discrimination": "correlation of the score of the first try with the mean score of "
            "the learner's other first tries, with Fisher's interval; shown from 30 learners",
            "median_time": "median seconds of first tries",
            "newest": "time of the latest first try, microseconds since 1970",
        },
        expression=items,
    ),
    Family(
        name="item_responses",
        question="What did learners answer to each item at first?",
        unit="learners",
        grain=("course_id", "group_id", "item_id", "response"),
        columns={
            "learners": "learners whose first try was this answer; answers of one learner alone "
            "and those beyond the 8 most frequent are left out",
            "strong": "those of them whose other first tries are above the average of all who "
            "tried the item",
            "is_right": "more than half of these were correct",
        },
        expression=item_responses,
    ),
    Family(
        name="reliability",
        question="How far can the result over a course's items be relied on?",
        unit="0–1, standard error in items",
        grain=("course_id", "group_id"),
        columns={
            "items": "items of the form: tried by at least half of the learners with a first try",
            "alpha": "Cronbach's α over the learners who tried all of them, with Bonett's "
            "interval; where each try scored 0 or 1 it is KR-20; shown from 10 learners",
            "is_binary": "each first try scored 0 or 1",
            "sem": "standard error of measurement: the deviation of totals × √(1 − α)",
            "newest": "time of the latest first try, microseconds since 1970",
        },
        expression=reliability,
    ),
)
