"""The reports of the groups of a course: that of the course, narrowed to a group's learners."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from gradeline.lake import apart, document_key
from gradeline.records.course_report import (
    CourseReport,
    GroupScope,
    LearnerStanding,
    PlanStanding,
    Ranking,
    StatRow,
    Week,
)
from gradeline.records.group_figures import GroupFigures, GroupWeek, changes
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.intervals import rate
from gradeline.records.measures import COURSE_KPIS, Measure
from gradeline.reports.anonymous import hide_other_groups, is_hidden, without_names
from gradeline.reports.glossary import INCOMPLETE
from gradeline.warehouse import Connection, results

#: Notes of a course that hold for its groups.
_SHARED_NOTES = frozenset({"members_inferred", "no_activity", "no_clicks", "right_or_wrong"})
_SHOWN_RANKS = 100


def read_group_reports(
    connection: Connection, course: CourseReport, group_ids: Collection[str], *, names: bool
) -> Iterator[CourseReport]:
    """Yield the reports of groups of a course, those that have figures, by name.

    Args:
        connection: reads what is published.
        course: the report of the course, with its learners.
        group_ids: the groups.
        names: whether it is for those who may see the learners of these groups. Learners of other
            groups are in no copy; without names there is none of a group of few learners.
    """
    figures = results.read_groups(connection, course.course_id)
    stats = results.read_group_stats(connection, course.course_id)
    folders = group_folders(own.group_ids[0] for own in figures)
    for own in figures:
        (group_id,) = own.group_ids
        if group_id not in group_ids:
            continue
        weeks = results.read_group_weeks(connection, group_id, course.course_id)
        others = [other for other in figures if other is not own]
        group = GroupScope(
            group_id=group_id,
            name=own.name,
            folder=folders[group_id],
            changes=changes(weeks),
            comparison=tuple(map(_compared, (own, *others))),
        )
        narrowed = replace(
            _narrow(course, own, group, weeks),
            levels=_titled(stats.get((group_id, "level"), ()), course.levels),
            topics=_titled(stats.get((group_id, "topic"), ()), course.topics),
        )
        copy = hide_other_groups(narrowed) if names else without_names(narrowed)
        if names or not is_hidden(copy):
            yield copy


def group_folders(group_ids: Iterable[str]) -> Mapping[str, str]:
    """Return the folder of each of the groups of a course: its id, and never that of another.

    Groups of people's file have no `groups:` before their names. Folders that are one on some
    system, such as `A` and `a`, are followed by hashes of the ids.
    """
    prefix = f"{PEOPLES_GROUPS}:"
    plain = {each: document_key(each.removeprefix(prefix)) for each in group_ids}
    taken = Counter(folder.casefold() for folder in plain.values())
    return {
        group_id: folder if taken[folder.casefold()] == 1 else _apart(folder, group_id)
        for group_id, folder in plain.items()
    }


def _apart(folder: str, group_id: str) -> str:
    return apart(f"groups/{folder}", group_id).partition("/")[2]


def _narrow(
    course: CourseReport, own: GroupFigures, group: GroupScope, weeks: Sequence[GroupWeek]
) -> CourseReport:
    """Return the report of a course with what is about one group, and nothing about others."""
    learners = _learners(course.learners, group.group_id)
    rankings = _leaderboard(learners)
    instants = [kpi.as_of for kpi in own.kpis.values() if kpi.as_of is not None]
    as_of = max(instants, default=None)
    is_incomplete = course.unmatched or course.waiting or course.failed or course.guessed
    notes = [note for note in course.notes if note in _SHARED_NOTES]
    return replace(
        course,
        group=group,
        as_of=as_of,
        enrolled=own.enrolled,
        items=own.items,
        submissions=own.submissions or 0,
        kpis={name: own.kpis[name] for name in COURSE_KPIS},
        weeks=tuple(_week(week) for week in weeks if week.attendance.n),
        bands=(),
        item_standings=(),
        plan=_plan(course.plan.due, learners, as_of),
        learners=learners,
        leaderboard=rankings[:_SHOWN_RANKS],
        leaderboard_size=len(rankings),
        groups=(),
        history=_history(weeks),
        notes=(*notes, INCOMPLETE) if is_incomplete else tuple(notes),
        grades=(),
        unmatched=(),
        waiting=(),
        failed=(),
        guessed=(),
    )


def _learners(learners: Iterable[LearnerStanding], group_id: str) -> tuple[LearnerStanding, ...]:
    """Return the learners of the group, ranked among themselves, without their other groups."""
    own = [learner for learner in learners if group_id in learner.group_ids]
    scores = sorted(learner.score for learner in own if learner.score is not None)
    return tuple(
        replace(
            learner,
            group_ids=(),
            group_names=(),
            rank=None if learner.score is None else len(scores) - bisect(scores, learner.score) + 1,
        )
        for learner in own
    )


def _leaderboard(learners: Iterable[LearnerStanding]) -> tuple[Ranking, ...]:
    ranked = [
        Ranking(rank=one.rank, learner_id=one.learner_id, name=one.name, score=one.score)
        for one in learners
        if one.rank is not None and one.score is not None
    ]
    return tuple(sorted(ranked, key=lambda row: (row.rank, row.learner_id)))


def _plan(due: int, learners: Iterable[LearnerStanding], as_of: datetime | None) -> PlanStanding:
    today = [learner for learner in learners if learner.enrolled_today]
    return PlanStanding(
        due=due,
        up_to_date_rate=rate(sum(one.done for one in today), sum(one.due for one in today), as_of),
        behind=sum(one.missing > 0 for one in today),
    )


def _week(week: GroupWeek) -> Week:
    shown = week.attendance
    return Week(
        starts_on=week.starts_on,
        attended=round((shown.value or 0) * shown.n),
        enrolled=shown.n,
        attendance_rate=shown,
    )


def _history(weeks: Sequence[GroupWeek]) -> Mapping[str, tuple[tuple[datetime, float | None], ...]]:
    """Return each KPI at the end of each week; noon keeps the day in every time zone."""
    noons = [datetime.combine(week.starts_on, time(12), tzinfo=UTC) for week in weeks]
    return {
        name: tuple((noon, week.kpis[name].value) for noon, week in zip(noons, weeks, strict=True))
        for name in COURSE_KPIS
    }


def _compared(group: GroupFigures) -> StatRow:
    enrolled = Measure(value=group.enrolled, n=group.enrolled)
    return StatRow(
        entity_id=group.group_ids[0],
        title=group.name,
        measures={"enrolled": enrolled, **{name: group.kpis[name] for name in COURSE_KPIS}},
    )


def _titled(rows: Iterable[StatRow], of_course: Iterable[StatRow]) -> tuple[StatRow, ...]:
    """Return the rows with the titles that the course has for them, sorted by these."""
    titles = {row.entity_id: row.title for row in of_course}
    titled = (replace(row, title=titles.get(row.entity_id, row.title)) for row in rows)
    return tuple(sorted(titled, key=lambda row: (row.title, row.entity_id)))
