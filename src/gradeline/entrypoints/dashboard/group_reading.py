"""Read the sections of a group's page, each as the values that its template shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.languages import message, plural
from gradeline.entrypoints.dashboard.charts import PageChart
from gradeline.entrypoints.dashboard.filters import Filters
from gradeline.entrypoints.dashboard.places import Place, group_url
from gradeline.entrypoints.web.figures import read_figures
from gradeline.records.course_outline import CourseOutline
from gradeline.records.course_report import LearnerStanding
from gradeline.records.group_figures import GroupFigures, GroupWeek, changes
from gradeline.records.measures import Measure
from gradeline.warehouse import Connection
from gradeline.warehouse.results import read_group_stats, read_groups
from gradeline.warehouse.results.attempts import Key, Selection, plan_on, sum_attempts, sum_by
from gradeline.warehouse.results.stats import read_plan

_WEEK = timedelta(days=7)
#: METRICS: figures of items are shown from so many learners on.
_ITEM_LEARNERS = 10
_HARD_ITEMS = 8
#: The last bar counts learners with so many overdue assessments or more.
_MOST_OVERDUE = 8


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One headline figure."""

    label: str  #: a message
    counts: tuple[str, str]  #: plural: what its n counts
    measure: Measure
    change: float | None  #: since a week ago; None = not known
    week: date | None = None  #: the first day of the week that it is about; None = all so far


@dataclass(frozen=True, kw_only=True)
class TopicChoice:
    """A topic of the course."""

    topic_id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class HeatCell:
    """The share of right answers of a group in a topic."""

    measure: Measure  #: without a value: nobody answered, or it is not shown
    url: str  #: of the answers behind it; empty = the viewer may not see them
    step: int | None  #: its colour, 0 (all wrong) to 9 (all right)


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """A topic of the course."""

    topic: str  #: its title
    is_chosen: bool  #: the one that the filters name
    cells: tuple[HeatCell, ...]  #: one for each group


@dataclass(frozen=True, kw_only=True)
class Heat:
    """The share of right answers by topic and group."""

    groups: tuple[str, ...]  #: names of the groups that the viewer sees, the own one first
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, kw_only=True)
class HardItem:
    """An item of the course as the group answers it."""

    title: str
    topic: str  #: its title; empty = it has none
    first_try: Measure
    learners: int
    seconds: Measure  #: the median time of an attempt
    url: str  #: of the answers behind it


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """When learners will have completed all, at their own rate of the last 28 days."""

    in_time: int  #: by the last day of the course
    late: int
    unknown: int  #: fewer than two items in 28 days, so no rate is known


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A group of the course beside the others."""

    url: str
    is_own: bool
    figures: GroupFigures


_LEARNERS = plural("{n} learner", "{n} learners")
_FIRST_TRIES = plural("{n} first try", "{n} first tries")
_EXPECTED = plural("{n} expected submission", "{n} expected submissions")


def read_tiles(
    connection: Connection,
    principal: Principal,
    place: Place,
    filters: Filters,
    weeks: Sequence[GroupWeek],
) -> tuple[Tile, ...]:
    """Read the headline figures; filters narrow those of answers, all others are of today."""
    tiles = []
    answers = _first_try(connection, principal, place, filters)
    if answers is not None:
        tiles.append(answers)
    if principal.sees_names:
        tiles.append(_plan(connection, place))
    whole = [week for week in weeks if place.outline is None or _is_over(week, place.outline.today)]
    if whole and whole[-1].attendance.n:
        before = whole[-2].attendance.value if len(whole) > 1 else None
        tiles.append(
            Tile(
                label=message("Attendance"),
                counts=_LEARNERS,
                measure=whole[-1].attendance,
                change=_change(before, whole[-1].attendance.value),
                week=whole[-1].starts_on,
            )
        )
    (figures,) = read_groups(connection, place.course_id, [place.group.id]) or (None,)
    if figures is not None:
        tiles.append(
            Tile(
                label=message("Response rate"),
                counts=_EXPECTED,
                measure=figures.kpis["response_rate"],
                change=changes(weeks).get("response_rate"),
            )
        )
    return tuple(tiles)


def _first_try(
    connection: Connection, principal: Principal, place: Place, filters: Filters
) -> Tile | None:
    base = Selection(group_id=place.group.id, course_id=place.course_id)
    if principal.role is Role.READER and filters:
        return None  # readers see prepared figures alone
    chosen = filters.select(base)
    found = read_figures(connection, principal, chosen, filtered=filters.has_period)
    if found.stat is None:
        return None
    now = found.stat["first_try_accuracy"]
    change = None
    if place.outline is not None and not filters.has_period and principal.sees_names:
        week_ago = replace(chosen.within(found.since), until=place.outline.today - _WEEK)
        before = sum_attempts(connection, week_ago)["first_try_accuracy"]
        change = _change(before.value, now.value)
    return Tile(
        label=message("Correct on first try"), counts=_FIRST_TRIES, measure=now, change=change
    )


def _plan(connection: Connection, place: Place) -> Tile:
    """Return how much of the plan is completed; a change where it can be computed back."""
    card = read_plan(connection, place.course_id, place.group.id).up_to_date_rate
    change = None
    if place.outline is not None and card.n:
        days = (place.outline.today, place.outline.today - _WEEK)
        now, before = (plan_on(connection, place.group.id, place.course_id, day) for day in days)
        if (now.value, now.n) == (card.value, card.n):
            change = _change(before.value, now.value)
    return Tile(label=message("Plan completed"), counts=_EXPECTED, measure=card, change=change)


def _change(before: float | None, now: float | None) -> float | None:
    return None if before is None or now is None else now - before


def _is_over(week: GroupWeek, today: date) -> bool:
    return week.starts_on + _WEEK <= today + timedelta(days=1)


def read_topics(connection: Connection, place: Place) -> tuple[TopicChoice, ...]:
    """Return the topics of the course, and those that the group answered in, by title."""
    titles = place.outline.topic_titles if place.outline else {}
    items = place.outline.items if place.outline else ()
    prepared = read_group_stats(connection, place.course_id)
    ids = {item.topic_id for item in items if item.topic_id is not None}
    ids |= {each.entity_id for each in prepared.get((place.group.id, "topic"), ())}
    named = ((titles.get(each, each), each) for each in ids)
    return tuple(TopicChoice(topic_id=each, title=title) for title, each in sorted(named))


def read_heat(
    connection: Connection,
    principal: Principal,
    place: Place,
    filters: Filters,
    topics: Sequence[TopicChoice],
) -> Heat:
    """Read the share of right answers by topic and group, of groups that the viewer sees."""
    groups = _own_first(read_groups(connection, place.course_id), place)
    prepared = read_group_stats(connection, place.course_id)
    columns: list[tuple[str, Mapping[str, Measure]]] = []
    for group in groups:
        group_id = group.group_ids[0]
        if filters.has_period or (group_id, "topic") not in prepared:
            base = Selection(group_id=group_id, course_id=place.course_id)
            chosen = replace(base, since=filters.since, until=filters.until)
            # Readers see prepared figures alone.
            sums = sum_by(connection, chosen, Key.TOPIC) if principal.sees_names else {}
            found = {topic: stat["avg_accuracy"] for topic, stat in sums.items()}
        else:
            stats = prepared[group_id, "topic"]
            found = {each.entity_id: each.measures["avg_accuracy"] for each in stats}
        url = group_url(group_id, place.course_id) if principal.sees_names else ""
        columns.append((url, found))
    return Heat(
        groups=tuple(group.name for group in groups),
        rows=tuple(
            HeatRow(
                topic=topic.title,
                is_chosen=topic.topic_id == filters.topic,
                cells=tuple(
                    _cell(found.get(topic.topic_id), url, replace(filters, topic=topic.topic_id))
                    for url, found in columns
                ),
            )
            for topic in topics
        ),
    )


def _own_first(groups: Sequence[GroupFigures], place: Place) -> Sequence[GroupFigures]:
    return sorted(groups, key=lambda each: each.group_ids[0] != place.group.id)


def _cell(measure: Measure | None, url: str, filters: Filters) -> HeatCell:
    shown = measure or Measure(value=None, n=0)
    if shown.value is None:
        return HeatCell(measure=shown, url="", step=None)
    step = min(9, int(shown.value * 10))
    return HeatCell(measure=shown, url=f"{url}/answers{filters.query}" if url else "", step=step)


def read_hard_items(connection: Connection, place: Place, filters: Filters) -> tuple[HardItem, ...]:
    """Read the course's items that fewest learners of the group answer right at once, in order."""
    selection = filters.select(Selection(group_id=place.group.id, course_id=place.course_id))
    found = sum_by(connection, selection, Key.ITEM)
    told = {item.item_id: item for item in place.outline.items} if place.outline else {}
    titles = place.outline.topic_titles if place.outline else {}
    hard = []
    for item_id, stat in found.items():
        first, learners = stat["first_try_accuracy"], stat["total_users"].n
        if first.value is None or learners < _ITEM_LEARNERS:
            continue
        item = told.get(item_id)
        if item is None:
            continue  # practice beside the course, which has no name
        hard.append(
            HardItem(
                title=item.title,
                topic=titles.get(item.topic_id or "", ""),
                first_try=first,
                learners=learners,
                seconds=stat["median_time"],
                url=f"{place.url}/answers{replace(filters, item=item_id).query}",
            )
        )
    return tuple(sorted(hard, key=lambda each: (each.first_try.value or 0, each.title)))[
        :_HARD_ITEMS
    ]


def read_forecast(
    standings: Sequence[LearnerStanding], outline: CourseOutline | None
) -> Forecast | None:
    """Count by when learners will have completed all; None = nothing is left, or known."""
    if outline is None or outline.ends_on is None or outline.today >= outline.ends_on:
        return None
    days = [each.forecast_on for each in standings]
    known = [day for day in days if day is not None]
    in_time = sum(day <= outline.ends_on for day in known)
    return Forecast(in_time=in_time, late=len(known) - in_time, unknown=len(days) - len(known))


def read_overdue(
    standings: Sequence[LearnerStanding],
) -> tuple[tuple[tuple[str, int], ...], PageChart | None]:
    """Count learners by number of overdue assessments; with the chart of it."""
    planned = [min(each.missing, _MOST_OVERDUE) for each in standings if each.due]
    if not planned:
        return (), None
    counted = Counter(planned)
    table = tuple(
        (f"{n}+" if n == _MOST_OVERDUE else f"{n}", counted[n]) for n in range(max(planned) + 1)
    )
    rows = [
        {"missing": label, "learners": learners, "behind": label != "0"}
        for label, learners in table
    ]
    return table, PageChart.of("missing", rows)


def read_comparison(connection: Connection, place: Place) -> tuple[Comparison, ...]:
    """Read the groups of the course that the viewer sees, the own one first; one alone is none."""
    groups = read_groups(connection, place.course_id)
    if len(groups) < 2:
        return ()
    return tuple(
        Comparison(
            url=group_url(each.group_ids[0], place.course_id),
            is_own=each.group_ids[0] == place.group.id,
            figures=each,
        )
        for each in _own_first(groups, place)
    )
