"""Read figures as the bodies of answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from gradeline.access.principals import Principal
from gradeline.base.errors import NotFound
from gradeline.entrypoints.api.prepared import Stamp
from gradeline.entrypoints.api.routers import stats_models as models
from gradeline.entrypoints.api.routers.stats_filters import StatFilters, select
from gradeline.entrypoints.web.figures import Figures, read_figures
from gradeline.records.course_report import LearnerStanding
from gradeline.warehouse import Connection
from gradeline.warehouse.results import stats
from gradeline.warehouse.results.attempts import Selection
from gradeline.warehouse.results.stats import Entity, EntityName

#: Reads the body of an answer, as `PreparedAnswers.answer` asks for it.
Read = Callable[[Connection, Stamp], models.FiguresAnswer]
_Body = TypeVar("_Body", bound=models.FiguresAnswer)


def body(model: type[_Body], stamp: Stamp, **fields: Any) -> _Body:
    """Return the body of an answer with these fields."""
    return model.model_validate({**asdict(stamp), **fields})


def find(connection: Connection, entity: Entity, name: str) -> EntityName:
    """Find an entity by id or key.

    Raises:
        NotFound: it does not exist, or may not be seen.
    """
    found = stats.find_entity(connection, entity, name)
    if found is None:
        raise NotFound
    return found


def period(figures: Figures) -> models.Period:
    """Return the days that figures are about."""
    return models.Period.model_validate({"since": figures.since, "until": figures.until})


def read_groups() -> Read:
    """Return what reads the groups that whoever asks may see."""

    def read(connection: Connection, stamp: Stamp) -> models.GroupList:
        found = stats.list_entities(connection, Entity.GROUP)
        return body(models.GroupList, stamp, groups=[listed(each) for each in found])

    return read


def listed(group: EntityName) -> models.GroupEntry:
    """Return a group as lists show it."""
    return models.GroupEntry(
        group_id=group.id, key=group.key, name=group.name, courses=list(group.courses)
    )


def read_group(principal: Principal, name: str, filters: StatFilters) -> Read:
    """Return what reads the figures and the leaderboard of a group."""

    def read(connection: Connection, stamp: Stamp) -> models.GroupStats:
        group = find(connection, Entity.GROUP, name)
        selection = select(connection, Selection(group_id=group.id), filters)
        figures = read_figures(connection, principal, selection, filtered=bool(filters))
        board = None if filters else stats.read_leaderboard(connection, "group", group.id)
        headlines = stats.read_headlines(connection, group.id)
        return body(
            models.GroupStats,
            stamp,
            group_id=group.id,
            key=group.key,
            name=group.name,
            period=period(figures),
            stat=figures.stat,
            leaderboard=board,
            courses=headlines,
        )

    return read


def read_user(principal: Principal, name: str, filters: StatFilters) -> Read:
    """Return what reads the figures of a learner and how they stand in each course."""

    def read(connection: Connection, stamp: Stamp) -> models.UserStats:
        learner = find(connection, Entity.LEARNER, name)
        selection = select(connection, Selection(learner_id=learner.id), filters)
        figures = read_figures(connection, principal, selection, filtered=bool(filters))
        rows = stats.read_progress(connection, learner_id=learner.id, course_id=selection.course_id)
        person = rows[0][1] if rows else None
        return body(
            models.UserStats,
            stamp,
            learner_id=learner.id,
            key=learner.key,
            name=person.name if person else None,
            email=person.email if person else None,
            period=period(figures),
            stat=figures.stat,
            courses=[
                models.Progress.model_validate({"course_id": course, **fields_of(standing)})
                for course, standing in rows
            ],
        )

    return read


def fields_of(standing: LearnerStanding) -> dict[str, Any]:
    """Return how a learner stands, by name."""
    return {name: getattr(standing, name) for name in LearnerStanding.__dataclass_fields__}


def read_list(entity: Entity) -> Read:
    """Return what reads the topics, levels or courses that whoever asks may see."""

    def read(connection: Connection, stamp: Stamp) -> models.FiguresAnswer:
        found = stats.list_entities(connection, entity)
        if entity is Entity.COURSE:
            listed = [models.CourseEntry(course_id=each.id, key=each.key) for each in found]
            return body(models.CourseList, stamp, courses=listed)
        named = [models.EntityEntry(id=each.id, key=each.key) for each in found]
        if entity is Entity.TOPIC:
            return body(models.TopicList, stamp, topics=named)
        return body(models.LevelList, stamp, levels=named)

    return read


def read_topic(principal: Principal, name: str, filters: StatFilters) -> Read:
    """Return what reads the figures of a topic."""

    def read(connection: Connection, stamp: Stamp) -> models.TopicStats:
        topic = find(connection, Entity.TOPIC, name)
        selection = select(connection, Selection(topic_id=topic.id), filters)
        figures = read_figures(connection, principal, selection, filtered=bool(filters))
        own = Selection(topic_id=topic.id)
        return body(
            models.TopicStats,
            stamp,
            topic_id=topic.id,
            key=topic.key,
            period=period(figures),
            stat=figures.stat,
            groups=stats_within(connection, "group_topic", own),
            courses=stats_within(connection, "course_topic", own),
        )

    return read


def read_level(principal: Principal, name: str, filters: StatFilters) -> Read:
    """Return what reads the figures of a level."""

    def read(connection: Connection, stamp: Stamp) -> models.LevelStats:
        level = find(connection, Entity.LEVEL, name)
        selection = select(connection, Selection(level_id=level.id), filters)
        figures = read_figures(connection, principal, selection, filtered=bool(filters))
        own = Selection(level_id=level.id)
        return body(
            models.LevelStats,
            stamp,
            level_id=level.id,
            key=level.key,
            period=period(figures),
            stat=figures.stat,
            groups=stats_within(connection, "group_level", own),
            courses=stats_within(connection, "course_level", own),
        )

    return read


def stats_within(connection: Connection, kind: str, within: Selection) -> list[models.StatOf]:
    """Return the prepared figures of one type within a group, course, level or topic."""
    first, second = kind.split("_")
    wanted = first if getattr(within, f"{second}_id") else second
    return [
        models.StatOf.model_validate({"id": getattr(of, f"{wanted}_id"), "stat": measures})
        for of, measures in stats.read_stats(connection, kind, within)
    ]


def read_leaderboard(scope: str, entity: Entity | None, name: str) -> Read:
    """Return what reads the leaderboard of a course, a level, or the whole school."""

    def read(connection: Connection, stamp: Stamp) -> models.LeaderboardAnswer:
        scope_id = find(connection, entity, name).id if entity else ""
        board = stats.read_leaderboard(connection, scope, scope_id)
        if board is None:
            raise NotFound
        return body(models.LeaderboardAnswer, stamp, leaderboard=board)

    return read
