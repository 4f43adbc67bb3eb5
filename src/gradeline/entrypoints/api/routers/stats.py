"""Figures of groups, learners, topics, levels and courses, as last computed.

An id may hold slashes, blanks and any script: percent-encoded, decoded by a proxy, or by the key
that each list gives.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, TypeAlias, TypeVar

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.entrypoints.api.auth import requires
from gradeline.entrypoints.api.prepared import Answers
from gradeline.entrypoints.api.routers import stats_courses as of_courses
from gradeline.entrypoints.api.routers import stats_models as models
from gradeline.entrypoints.api.routers import stats_reading as reading
from gradeline.entrypoints.api.routers.stats_filters import Filters
from gradeline.warehouse.results.stats import Entity

router = APIRouter(prefix="/stats", tags=["figures"])

_OfGroups: TypeAlias = Annotated[Principal, requires(Permission.GROUP_FIGURES)]
_OfLearners: TypeAlias = Annotated[Principal, requires(Permission.LEARNERS, Permission.OWN_FIGURES)]
_WithNames: TypeAlias = Annotated[Principal, requires(Permission.LEARNERS)]
_OfCourses: TypeAlias = Annotated[Principal, requires(Permission.COURSE_FIGURES)]
_OfSchool: TypeAlias = Annotated[Principal, requires(Permission.SCHOOL_FIGURES)]

_GroupId: TypeAlias = Annotated[
    str, Path(description="Its id or key.", examples=["files:AAA/2013J/Scotland"])
]
_LearnerId: TypeAlias = Annotated[
    str, Path(description="Their id or key.", examples=["files:AAA:28400"])
]
_CourseId: TypeAlias = Annotated[str, Path(description="Its id or key.", examples=["AAA/2013J"])]
_Id: TypeAlias = Annotated[str, Path(description="Its id or key.", examples=["TMA"])]

_Handler = TypeVar("_Handler", bound=Callable[..., Awaitable[Response]])

_ERRORS: Mapping[int | str, dict[str, Any]] = {
    304: {"description": "Nothing changed since the answer with that ETag."},
    401: {"description": "Nobody is signed in."},
    403: {"description": "Whoever asks has not this right."},
    404: {"description": "There is nothing here, or it is not yours to see."},
    503: {"description": "The database cannot be asked at the moment."},
}


def _route(
    path: str, model: type[models.FiguresAnswer], summary: str
) -> Callable[[_Handler], _Handler]:
    """Return the decorator of a route whose answer is prepared."""
    return router.get(path, response_model=model, summary=summary, responses=dict(_ERRORS))


@_route("/groups", models.GroupList, "Groups that you may see")
async def groups(request: Request, principal: _OfGroups, answers: Answers) -> Response:
    """List them with their keys: of a curator the own ones."""
    return await answers.answer(request, principal, reading.read_groups())


@_route("/groups/{group_id:path}", models.GroupStats, "Figures and leaderboard of a group")
async def group(
    request: Request, principal: _OfGroups, answers: Answers, group_id: _GroupId, filters: Filters
) -> Response:
    """Answer with figures over the graded attempts made in the group, and who leads."""
    read = reading.read_group(principal, group_id, filters)
    return await answers.answer(request, principal, read)


@_route("/users/{user_id:path}", models.UserStats, "Figures of a learner")
async def user(
    request: Request,
    principal: _OfLearners,
    answers: Answers,
    user_id: _LearnerId,
    filters: Filters,
) -> Response:
    """Answer with the learner's figures, and how they stand in each course."""
    read = reading.read_user(principal, user_id, filters)
    return await answers.answer(request, principal, read)


@_route("/topics", models.TopicList, "Topics that have figures")
async def topics(request: Request, principal: _OfGroups, answers: Answers) -> Response:
    """List them with their keys."""
    return await answers.answer(request, principal, reading.read_list(Entity.TOPIC))


@_route("/topics/{topic_id:path}", models.TopicStats, "Figures of a topic")
async def topic(
    request: Request, principal: _OfGroups, answers: Answers, topic_id: _Id, filters: Filters
) -> Response:
    """Answer with the figures of a topic: of a curator over the own groups, each learner once."""
    read = reading.read_topic(principal, topic_id, filters)
    return await answers.answer(request, principal, read)


@_route("/levels", models.LevelList, "Levels that have figures")
async def levels(request: Request, principal: _OfGroups, answers: Answers) -> Response:
    """List them with their keys."""
    return await answers.answer(request, principal, reading.read_list(Entity.LEVEL))


@_route("/levels/{level_id:path}/leaderboard", models.LeaderboardAnswer, "Who leads at a level")
async def level_leaderboard(
    request: Request, principal: _OfCourses, answers: Answers, level_id: _Id
) -> Response:
    """Answer with the leaderboard over all courses; without names to whoever may see none."""
    read = reading.read_leaderboard("level", Entity.LEVEL, level_id)
    return await answers.answer(request, principal, read)


@_route("/levels/{level_id:path}", models.LevelStats, "Figures of a level")
async def level(
    request: Request, principal: _OfGroups, answers: Answers, level_id: _Id, filters: Filters
) -> Response:
    """Answer with the figures of a level: of a curator over the own groups, each learner once."""
    read = reading.read_level(principal, level_id, filters)
    return await answers.answer(request, principal, read)


@_route("/leaderboard", models.LeaderboardAnswer, "Who leads in the whole school")
async def leaderboard(request: Request, principal: _OfSchool, answers: Answers) -> Response:
    """Answer with the leaderboard over all courses; without names to whoever may see none."""
    return await answers.answer(request, principal, reading.read_leaderboard("global", None, ""))


@_route("/courses", models.CourseList, "Courses that you may see")
async def courses(request: Request, principal: _OfGroups, answers: Answers) -> Response:
    """List them with their keys: of a curator those of own groups."""
    return await answers.answer(request, principal, reading.read_list(Entity.COURSE))


@_route("/courses/{course_id:path}/plan", models.PlanAnswer, "What is due in a course")
async def plan(
    request: Request, principal: _OfGroups, answers: Answers, course_id: _CourseId
) -> Response:
    """Answer with how much of what is due by today is done, and by whom not."""
    return await answers.answer(request, principal, of_courses.read_plan(principal, course_id))


@_route("/courses/{course_id:path}/at-risk", models.AtRiskAnswer, "Learners at risk, with reasons")
async def at_risk(
    request: Request, principal: _WithNames, answers: Answers, course_id: _CourseId
) -> Response:
    """Answer with who is at risk today and why: of a curator the own learners."""
    return await answers.answer(request, principal, of_courses.read_at_risk(course_id))


@_route("/courses/{course_id:path}/items", models.ItemsAnswer, "Items of a course")
async def items(
    request: Request, principal: _OfGroups, answers: Answers, course_id: _CourseId, filters: Filters
) -> Response:
    """Answer with the results of each item: of a curator over the own groups."""
    read = of_courses.read_items(principal, course_id, filters)
    return await answers.answer(request, principal, read)


@_route("/courses/{course_id:path}/leaderboard", models.LeaderboardAnswer, "Who leads in a course")
async def course_leaderboard(
    request: Request, principal: _OfGroups, answers: Answers, course_id: _CourseId
) -> Response:
    """Answer with the leaderboard: to a curator the own learners in it, to a reader no names."""
    read = of_courses.read_course_leaderboard(principal, course_id)
    return await answers.answer(request, principal, read)


@_route("/courses/{course_id:path}", models.CourseStats, "Figures of a course")
async def course(
    request: Request, principal: _OfGroups, answers: Answers, course_id: _CourseId, filters: Filters
) -> Response:
    """Answer with the figures of a course: of a curator those of the own groups together."""
    read = of_courses.read_course(principal, course_id, filters)
    return await answers.answer(request, principal, read)
