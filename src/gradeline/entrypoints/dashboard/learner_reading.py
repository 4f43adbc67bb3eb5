"""Read the sections of a learner's page, each as the values that its template shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gradeline.base.languages import Language, message
from gradeline.entrypoints.dashboard.charts import PageChart
from gradeline.entrypoints.dashboard.places import group_url
from gradeline.records.course_outline import CourseOutline
from gradeline.records.course_report import LearnerStanding
from gradeline.records.group_figures import GroupFigures
from gradeline.records.intervals import rate
from gradeline.records.measures import Measure
from gradeline.warehouse import Connection
from gradeline.warehouse.results import read_group_stats, read_groups
from gradeline.warehouse.results.attempts import (
    AnswerWeek,
    GradedAttempt,
    Key,
    Selection,
    list_attempts,
    sum_attempts,
    sum_by,
    sum_weeks,
)
from gradeline.warehouse.results.stats import read_stats

_WEEK = timedelta(days=7)
#: So many of the last answers are listed.
_ANSWERS = 50
#: The bar of a week is six days wide, so that there is a gap between two.
_BAR_MS = 6 * 86_400_000


@dataclass(frozen=True, kw_only=True)
class GroupOfLearner:
    """A group of the learner that the viewer sees."""

    group_id: str
    course_id: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class FigurePair:
    """A figure of the learner beside that of the group."""

    label: str  #: a message
    unit: str  #: percent, grade (already in percent) or seconds
    own: Measure
    group: Measure | None  #: None = the viewer sees no group of the learner, or it has none


@dataclass(frozen=True, kw_only=True)
class LearnerCourse:
    """A course of the learner."""

    title: str
    groups: tuple[GroupOfLearner, ...]
    standing: LearnerStanding
    items: int  #: active assessments of the course
    figures: tuple[FigurePair, ...]
    is_late: bool  #: the forecast is after the last day of the course


@dataclass(frozen=True, kw_only=True)
class LearnerTopic:
    """How the learner answers in a topic of a course."""

    course: str  #: its title
    topic: str  #: its title
    accuracy: Measure
    unaided: Measure
    seconds: Measure  #: the median of an answer
    group: Measure | None  #: the accuracy of the group in it


@dataclass(frozen=True, kw_only=True)
class LearnerAnswer:
    """One answer: what was asked, and the attempt."""

    course: str  #: its title
    item: str  #: its title
    attempt: GradedAttempt


def read_courses(
    connection: Connection,
    rows: Sequence[tuple[str, LearnerStanding]],
    outlines: Mapping[str, CourseOutline],
) -> tuple[LearnerCourse, ...]:
    """Read how the learner stands in each course, those they are in today first."""
    courses = [
        _course(connection, course_id, standing, outlines.get(course_id))
        for course_id, standing in rows
    ]
    return tuple(sorted(courses, key=lambda each: not each.standing.enrolled_today))


def _course(
    connection: Connection,
    course_id: str,
    standing: LearnerStanding,
    outline: CourseOutline | None,
) -> LearnerCourse:
    figures = {
        each.group_ids[0]: each for each in read_groups(connection, course_id, standing.group_ids)
    }
    # The first one is the group of today.
    seen = [figures[group_id] for group_id in standing.group_ids if group_id in figures]
    forecast, ends_on = standing.forecast_on, outline.ends_on if outline else None
    return LearnerCourse(
        title=outline.title if outline else course_id,
        groups=tuple(
            GroupOfLearner(
                group_id=each.group_ids[0],
                course_id=course_id,
                name=each.name,
                url=group_url(each.group_ids[0], course_id),
            )
            for each in seen
        ),
        standing=standing,
        items=len(outline.items) if outline else 0,
        figures=tuple(_compare(connection, course_id, standing, outline, seen)),
        is_late=forecast is not None and ends_on is not None and forecast > ends_on,
    )


def _compare(
    connection: Connection,
    course_id: str,
    standing: LearnerStanding,
    outline: CourseOutline | None,
    groups: Sequence[GroupFigures],
) -> Iterator[FigurePair]:
    own = sum_attempts(connection, Selection(learner_id=standing.learner_id, course_id=course_id))
    answers: Mapping[str, Measure] = {}
    kpis: Mapping[str, Measure] = {}
    if groups:
        kpis = groups[0].kpis
        selection = Selection(group_id=groups[0].group_ids[0], course_id=course_id)
        for _, figures in read_stats(connection, "group_course", selection):
            answers = figures
    for name, label, unit in _ANSWER_FIGURES:
        yield FigurePair(label=label, unit=unit, own=own[name], group=answers.get(name))
    items = len(outline.items) if outline else 0
    submitted, completed = rate(standing.submitted, items), rate(standing.completed, items)
    for name, label, unit, measure in (
        ("response_rate", message("Response rate"), "percent", submitted),
        ("completion_rate", message("Completion rate"), "percent", completed),
        ("average_grade", message("Average grade"), "grade", standing.average_grade),
    ):
        yield FigurePair(label=label, unit=unit, own=measure, group=kpis.get(name))


_ANSWER_FIGURES = (
    ("avg_accuracy", message("Correct answers"), "percent"),
    ("first_try_accuracy", message("Correct on first try"), "percent"),
    ("unaided_accuracy", message("Correct without hints"), "percent"),
    ("median_time", message("Median time of an answer"), "seconds"),
)


def read_topics(
    connection: Connection, courses: Sequence[LearnerCourse], outlines: Mapping[str, CourseOutline]
) -> tuple[LearnerTopic, ...]:
    """Read how the learner answers by topic of each course, the weakest first."""
    found: list[LearnerTopic] = []
    for course in courses:
        for group in course.groups[:1]:
            found += _topics(connection, course, group, outlines.get(group.course_id))
    return tuple(sorted(found, key=lambda each: (each.accuracy.value or 0, each.topic)))


def _topics(
    connection: Connection,
    course: LearnerCourse,
    group: GroupOfLearner,
    outline: CourseOutline | None,
) -> Iterator[LearnerTopic]:
    prepared = read_group_stats(connection, group.course_id)
    of_group = {
        each.entity_id: each.measures for each in prepared.get((group.group_id, "topic"), ())
    }
    titles = outline.topic_titles if outline else {}
    selection = Selection(learner_id=course.standing.learner_id, course_id=group.course_id)
    for topic_id, measures in sum_by(connection, selection, Key.TOPIC).items():
        yield LearnerTopic(
            course=course.title,
            topic=titles.get(topic_id, topic_id),
            accuracy=measures["avg_accuracy"],
            unaided=measures["unaided_accuracy"],
            seconds=measures["median_time"],
            group=of_group[topic_id]["avg_accuracy"] if topic_id in of_group else None,
        )


def read_answers(
    connection: Connection, learner_id: str, outlines: Mapping[str, CourseOutline]
) -> tuple[LearnerAnswer, ...]:
    """Read the last answers of the learner over all courses, the newest first."""
    titles = {
        (course_id, item.item_id): item.title
        for course_id, outline in outlines.items()
        for item in outline.items
    }
    return tuple(
        LearnerAnswer(
            course=outlines[each.course_id].title if each.course_id in outlines else each.course_id,
            item=titles.get((each.course_id, each.item_id or ""), each.item_id or ""),
            attempt=each,
        )
        for each in list_attempts(connection, Selection(learner_id=learner_id), most=_ANSWERS)
    )


def read_weeks(connection: Connection, learner_id: str) -> tuple[AnswerWeek, ...]:
    """Read the answers of the learner by week over all courses, weeks without any included."""
    known = {
        each.starts_on: each for each in sum_weeks(connection, Selection(learner_id=learner_id))
    }
    if not known:
        return ()
    first, last = min(known), max(known)
    days = (first + n * _WEEK for n in range((last - first) // _WEEK + 1))
    return tuple(
        known.get(day) or AnswerWeek(starts_on=day, answers=0, right=0, seconds=0.0) for day in days
    )


def draw_weeks(weeks: Sequence[AnswerWeek], language: Language) -> PageChart | None:
    """Return the chart of answers by week; of one week alone there is nothing to compare."""
    if len(weeks) < 2:
        return None
    right, wrong = language.say(message("correct")), language.say(message("wrong"))
    rows = []
    for week in weeks:
        starts = int(datetime.combine(week.starts_on, time(), tzinfo=UTC).timestamp()) * 1000
        bar = {"day": starts, "end": starts + _BAR_MS}
        rows.append({**bar, "what": right, "low": 0, "high": week.right})
        rows.append({**bar, "what": wrong, "low": week.right, "high": week.answers})
    return PageChart.of("answers", rows)
