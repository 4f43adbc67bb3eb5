"""Accuracy: how often and how well learners answer, by group, level, topic and course."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
from ibis import Deferred, _

from gradeline.metrics.family import Family, Stage, Tables
from gradeline.metrics.intervals import count, mean, rate, rounded, sum_squares
from gradeline.metrics.terms import Terms

COLUMNS: Mapping[str, str] = {
    "total_attempts": "graded attempts",
    "total_users": "distinct learners with a graded attempt",
    "avg_accuracy": "correct ÷ graded attempts",
    "first_try_accuracy": "the same over each learner's first graded attempt per item",
    "unaided_accuracy": "the same over graded attempts without a hint",
    "avg_score": "mean score (0–1) of graded attempts that have one",
    "hints_usage": "graded attempts with a hint ÷ those with a known number of hints",
    "hints_per_attempt": "mean hints of graded attempts with a known number of hints",
    "avg_time": "mean seconds of graded attempts with a duration",
    "median_time": "median of the same seconds",
}

#: Type of `materialized_stats` → the columns that name its rows.
TYPES: Mapping[str, tuple[str, ...]] = {
    "group": ("group_id",),
    "level": ("level_id",),
    "topic": ("topic_id",),
    "course": ("course_id",),
    "learner": ("learner_id",),
    "group_level": ("group_id", "level_id"),
    "group_topic": ("group_id", "topic_id"),
    "group_course": ("group_id", "course_id"),
    "course_level": ("course_id", "level_id"),
    "course_topic": ("course_id", "topic_id"),
}


_PLACES = ("course_id", "group_id", "level_id", "topic_id")
_KEYS = ("learner_id", *_PLACES)
#: Types that an attempt in several groups counts in once for each.
_BY_GROUP = [name for name, keys in TYPES.items() if "group_id" in keys]


def accuracy(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute the figures of COLUMNS of each group, level, topic, course and learner.

    Args:
        tables: the stages `cells`, `graded`, `users` and `medians`.

    Returns:
        One row per type and entity_id (str): learner_id, course_id, group_id, level_id, topic_id
        (str, null where the type has no such key; of a group in one course also that course),
        newest (int64), and the columns of each figure. A cell without a value for a key of the
        type belongs to no row of it.
    """
    rows = _by_place(tables["cells"]).union(_by_learner(tables["graded"]))
    for own in ("users", "medians"):
        rows = rows.left_join(tables[own], ["type", "entity_id"])
        rows = rows.drop("type_right", "entity_id_right")
    # Only rows about a learner alone have one, and they are about one.
    rows = rows.mutate(users=rows.users.fill_null(rows.learner_id.notnull().cast("int64")))
    return rows.select("type", "entity_id", *_KEYS, "newest", **_measures(rows))


def cells(tables: Tables, _terms: Terms) -> ir.Table:
    """Sum graded attempts by place. All types but `learner` are sums of these few rows.

    Args:
        tables: the stages `graded` and `shared`.

    Returns:
        course_id, group_id, level_id, topic_id: str. shared: bool, the attempts are in several
        groups, and the row counts for a type with groups alone. n, right, first_n, first_right,
        unaided_n, unaided_right, scores, score_sum, hints_n, helped, hints_sum, timed, ms_sum:
        int64 counts
        and sums (scores in millionths, durations in ms). score_squares, hints_squares,
        ms_squares: decimal(38, 0). newest: int64.
    """
    parts = []
    for name in ("graded", "shared"):
        sums = tables[name].group_by(*_PLACES).agg(**_sums(tables[name]))
        parts.append(sums.mutate(shared=ibis.literal(name == "shared")))
    return ibis.union(*parts)


def _sums(graded: ir.Table) -> dict[str, ir.Value]:
    """The whole numbers that every figure is computed from; they add up over rows."""
    hints = graded.hints.cast("int64")
    return {
        "n": graded.count(),
        "right": graded.correct.sum(),
        "first_n": graded["first"].sum(),
        "first_right": (graded["first"] & graded.correct).sum(),
        "unaided_n": (hints == 0).sum().fill_null(0),
        "unaided_right": ((hints == 0) & graded.correct).sum().fill_null(0),
        "scores": graded.score_u.count(),
        "score_sum": graded.score_u.sum(),
        "score_squares": sum_squares(graded.score_u),
        "hints_n": hints.count(),
        "helped": (hints > 0).sum().fill_null(0),
        "hints_sum": hints.sum(),
        "hints_squares": sum_squares(hints),
        "timed": graded.ms.count(),
        "ms_sum": graded.ms.sum(),
        "ms_squares": sum_squares(graded.ms),
        "newest": graded.us.max(),
    }


def _by_place(cells: ir.Table) -> ir.Table:
    """Add up the cells by each type at once.

    Each cell counts once per type; keys that a type does not use are null.
    """
    kinds = [name for name, keys in TYPES.items() if "learner_id" not in keys]
    by_type = cells.mutate(type=ibis.array(kinds).unnest())
    uses = {key: [name for name in kinds if key in TYPES[name]] for key in _PLACES}
    by_type = by_type.filter(~by_type.shared | by_type.type.isin(_BY_GROUP))
    known = by_type.filter(
        [by_type[key].notnull() | ~by_type.type.isin(uses[key]) for key in _PLACES]
    )
    keys = {f"by_{key}": known.type.isin(uses[key]).ifelse(known[key], None) for key in _PLACES}
    home = ibis.ifelse(known.course_id.nunique() == 1, known.course_id.max(), None)
    sums = known.group_by("type", **keys).agg(**_again(known), home=home)
    of_group = sums.type.isin(_BY_GROUP)
    return sums.select(
        "type",
        *_ADDED,
        entity_id=_entity({key: sums[f"by_{key}"] for key in _PLACES}),
        learner_id=ibis.null("string"),
        course_id=of_group.ifelse(sums.home, sums.by_course_id),
        **{key: sums[f"by_{key}"] for key in _PLACES if key != "course_id"},
    ).select("type", "entity_id", *_KEYS, *_ADDED)


def _by_learner(graded: ir.Table) -> ir.Table:
    sums = graded.group_by("learner_id").agg(**_sums(graded))
    nothing = {key: ibis.null("string") for key in _PLACES}
    rows = sums.mutate(type=ibis.literal("learner"), entity_id=sums.learner_id, **nothing)
    return rows.select("type", "entity_id", *_KEYS, *_ADDED)


def places(tables: Tables, _terms: Terms) -> ir.Table:
    """List where each learner has graded attempts: far fewer rows than attempts, without topics.

    Args:
        tables: the stages `graded` and `shared`.

    Returns:
        Distinct rows of learner_id, course_id, group_id, level_id: str.
    """
    return _everywhere(tables, "learner_id", "course_id", "group_id", "level_id").distinct()


def _everywhere(tables: Tables, *names: str) -> ir.Table:
    """Return these columns of graded attempts, of one in several groups with each group too."""
    return tables["graded"].select(*names).union(tables["shared"].select(*names))


def users(tables: Tables, _terms: Terms) -> ir.Table:
    """Count the distinct learners of each row, for all types but `learner`; they do not add up.

    Returns:
        type, entity_id: str. users: int64.
    """
    counts = []
    for name, keys in TYPES.items():
        if "learner_id" not in keys:
            topics = _everywhere(tables, "learner_id", *_PLACES)
            rows = topics if "topic_id" in keys else tables["places"]
            counts.append(_named(name, keys, rows, users=_.learner_id.nunique()))
    return ibis.union(*counts)


def medians(tables: Tables, _terms: Terms) -> ir.Table:
    """Compute the median duration of each row that has durations; medians do not add up either.

    Returns:
        type, entity_id: str. ms_median: float64, milliseconds.
    """
    once = tables["graded"].filter(_.ms.notnull())
    by_group = _everywhere(tables, *_PLACES, "ms").filter(_.ms.notnull())
    rows = {name: by_group if name in _BY_GROUP else once for name in TYPES}
    return ibis.union(
        *(_named(name, keys, rows[name], ms_median=_.ms.median()) for name, keys in TYPES.items())
    )


def _named(name: str, keys: tuple[str, ...], rows: ir.Table, **figure: Deferred) -> ir.Table:
    """One figure of all rows of a type, with `type` and `entity_id`."""
    sums = rows.group_by(*keys).agg(**figure)
    entity = _entity({key: sums[key] for key in keys})
    return sums.select(*figure, type=ibis.literal(name), entity_id=entity)


def _entity(keys: Mapping[str, ir.Value]) -> ir.StringValue:
    """The id of an entity; of a pair, both ids with `|` between."""
    nothing = ibis.null("string")
    who, what = (
        ibis.coalesce(*(keys.get(key, nothing) for key in names))
        for names in (("learner_id", "group_id"), ("level_id", "topic_id"))
    )
    course = keys.get("course_id", nothing)
    pairs = (f + "|" + s for f, s in ((who, course), (who, what), (course, what)))
    return ibis.coalesce(*pairs, who, course, what)


def _again(cells: ir.Table) -> dict[str, ir.Value]:
    """The sums of the columns of `cells`, over cells."""
    added = {name: cells[name].sum() for name in _ADDED if name != "newest"}
    squares = [name for name in added if name.endswith("_squares")]
    added |= {name: added[name].cast("decimal(38, 0)") for name in squares}
    return {**added, "newest": cells.newest.max()}


_ADDED = (
    *("n", "right", "first_n", "first_right", "unaided_n", "unaided_right", "scores", "score_sum"),
    *("score_squares", "hints_n", "helped", "hints_sum", "hints_squares", "timed", "ms_sum"),
    *("ms_squares", "newest"),
)


def _measures(sums: ir.Table) -> dict[str, ir.Value]:
    return {
        **count("total_attempts", sums.n),
        **count("total_users", sums.users),
        **rate("avg_accuracy", sums.right, sums.n),
        **rate("first_try_accuracy", sums.first_right, sums.first_n),
        **rate("unaided_accuracy", sums.unaided_right, sums.unaided_n),
        **mean("avg_score", (sums.score_sum, sums.score_squares), sums.scores, unit=1e6, top=1),
        **rate("hints_usage", sums.helped, sums.hints_n),
        **mean(
            "hints_per_attempt",
            (sums.hints_sum, sums.hints_squares),
            sums.hints_n,
            unit=1,
            top=None,
        ),
        **mean("avg_time", (sums.ms_sum, sums.ms_squares), sums.timed, unit=1e3, top=None),
        "median_time": rounded(sums.ms_median.cast("float64") / 1e3),
        "median_time_n": sums.timed,
    }


STAGES = (
    Stage(
        name="cells",
        meaning="Sums of graded attempts by course, group, level and topic.",
        expression=cells,
    ),
    Stage(
        name="places",
        meaning="A learner with graded attempts, by course, group and level.",
        expression=places,
    ),
    Stage(name="users", meaning="How many learners a row is about.", expression=users),
    Stage(name="medians", meaning="The median duration of a row.", expression=medians),
)
FAMILIES = (
    Family(
        name="accuracy",
        question="How well do learners answer, by group, level, topic, course and learner?",
        unit="counts, rates and scores 0–1, seconds",
        grain=("type", "entity_id"),
        columns={
            "type": "group, level, topic, course, learner, or a pair of them",
            "entity_id": "the id of the entity; of a pair, both with | between",
            **COLUMNS,
            "newest": "time of the latest attempt, microseconds since 1970",
        },
        expression=accuracy,
        many=True,
    ),
)
