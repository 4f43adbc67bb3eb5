"""The twin of LearnWorlds: tokens, a rate limit, pages and four forms of errors."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from gradeline.sandbox.exchange import Pace, Request, Response
from gradeline.sandbox.faults.draw import TRANSPORT
from gradeline.sandbox.learnworlds import courses as catalogue
from gradeline.sandbox.learnworlds.pages import BadPage, Pager, Record, Shape
from gradeline.sandbox.learnworlds.people import People
from gradeline.sandbox.learnworlds.tokens import CLIENT_ID, CLIENT_SECRET, Tokens
from gradeline.sandbox.rate_limit import SlidingWindow
from gradeline.sandbox.school.school import Course, Learner, School

LIMIT = 30
LIMIT_PERIOD_S = 10.0

#: The course whose assessments the API does not give.
CLOSED_SLUG = "obshchestvo-i-dannye-2014"

#: Serves one part of the path; returns None for what is not there.
Route = Callable[[Request, Sequence[str]], Record | None]

#: Courses and events come fifty at a time, whatever the request.
_FIXED = Shape(size=50, sized=False)
_MISSING = "Sorry the resource your trying to access does not exist."
_TOKEN = "/oauth2/access_token"  # noqa: S105 - an address


class LearnWorldsTwin:
    """Serves paths below `/admin/api`, as `https://<school>/admin/api` does, and without that part.

    Its own faults: a token that expires early (`expired`), and its own two forms of a server error
    (`server-error`).
    """

    name = "learnworlds"
    faults: Mapping[str, bool] = {**TRANSPORT, "expired": True, "server-error": True}
    settings: Mapping[str, str] = {
        "CLIENT_ID": CLIENT_ID,
        "CLIENT_SECRET": CLIENT_SECRET,
        "SCHOOL_DOMAIN": "sandbox.learnworlds.com",
    }

    def __init__(self, school: School, pace: Pace | None = None) -> None:
        """Serve the school; limits and lifetimes at that pace."""
        self._pace = pace or Pace()
        self._window = SlidingWindow(LIMIT, self._pace.scaled(LIMIT_PERIOD_S))
        self._tokens = Tokens(self._pace)
        self._pager = Pager()
        self._failed = 0
        self.show(school)
        self._routes: Mapping[str, Route] = {
            "courses": self._of_courses,
            "assessments": self._of_assessments,
            "users": self._of_users,
            "event-logs": self._of_events,
        }

    def show(self, school: School) -> None:
        """Serve the school as it is now."""
        self._people = People(school)
        self._courses = {course.slug: course for course in school.courses}
        self._units = {item.object_id: course for course in school.courses for item in course.items}
        self._empty = catalogue.empty_course(school.courses[-1].opened)

    def respond(self, request: Request) -> Response:
        """Check the limit, then the token, then the request."""
        if not self._window.admits(request.at):
            return _json(429, {"error": "Too many requests"})
        if request.path.removeprefix("/admin/api") == _TOKEN and request.method == "POST":
            return self._tokens.issue(request)
        error = self._tokens.find_error(request)
        if error is not None:
            return error
        return self._failure() if request.fault == "server-error" else self._serve(request)

    def _serve(self, request: Request) -> Response:
        parts = request.parts[2:] if request.parts[:2] == ("admin", "api") else request.parts
        route = self._routes.get(parts[1]) if len(parts) > 1 and parts[0] == "v2" else None
        try:
            data = route(request, parts[2:]) if route and request.method == "GET" else None
        except BadPage as bad:
            return _json(422, {"error": f"You need to provide a valid {bad}"})
        return _json(404, {"error": _MISSING}) if data is None else _json(200, data)

    def _failure(self) -> Response:
        self._failed += 1
        shapes: tuple[Record, ...] = (
            {"error": "Server Error"},
            {"error": "Something went wrong", "statusCode": 500},
        )
        return _json(500, shapes[self._failed % len(shapes)])

    def _of_courses(self, request: Request, parts: Sequence[str]) -> Record | None:
        if not parts:
            courses = [
                catalogue.catalogue_entry(course) for course in reversed(self._courses.values())
            ]
            return self._pager.page([self._empty, *courses], request, _FIXED)
        what = "/".join(parts[1:])
        if parts[0] == catalogue.EMPTY_SLUG:
            return self._of_empty(what, request)
        course = self._courses.get(parts[0])
        return self._of_course(course, what, request) if course else None

    def _of_course(self, course: Course, what: str, request: Request) -> Record | None:
        match what:
            case "":
                return catalogue.catalogue_entry(course)
            case "contents":
                return catalogue.contents(course)
            case "users":
                return self._pager.page(self._people.of_course(course), request, Shape())
            case "grades":
                return self._pager.page(_graded(course, request), request, Shape(shifts=True))
        return None

    def _of_empty(self, what: str, request: Request) -> Record | None:
        match what:
            case "":
                return self._empty
            case "contents":
                return {"id": self._empty["id"], "title": self._empty["title"], "sections": []}
            case "users" | "grades":
                return self._pager.page([], request, Shape())
        return None

    def _of_assessments(self, request: Request, parts: Sequence[str]) -> Record | None:
        if len(parts) != 2 or parts[1] != "responses":
            return None
        course = self._units.get(parts[0])
        if course is None or course.slug == CLOSED_SLUG:
            return None
        users = _csv(request, "users") | _csv(request, "user")
        responses = [
            response
            for response in catalogue.responses(course, parts[0])
            if not users or response["user_id"] in users
        ]
        return self._pager.page(responses, request, Shape(shifts=not users))

    def _of_users(self, request: Request, parts: Sequence[str]) -> Record | None:
        if not parts:
            return self._pager.page(_chosen(self._people, request), request, Shape(shifts=True))
        learner = self._people.find(parts[0])
        if learner is None:
            return None
        user = self._people.users[learner.object_id]
        if user["is_suspended"] and request.param("include_suspended") != "true":
            return None
        return self._of_user(learner, parts[1:], request) if parts[1:] else user

    def _of_user(self, learner: Learner, rest: Sequence[str], request: Request) -> Record | None:
        match list(rest):
            case ["courses"]:
                return self._pager.page(self._people.courses_of(learner), request, _FIXED)
            case ["progress"]:
                progress = self._people.all_progress(learner)
                return self._pager.page(progress, request, Shape(repeats=False))
            case ["courses", slug, "progress"] if slug in self._courses:
                return self._people.progress(learner, self._courses[slug])
        return None

    def _of_events(self, request: Request, parts: Sequence[str]) -> Record | None:
        if parts:
            return None
        after = _seconds(request, "created_after", "-inf")
        before = _seconds(request, "created_before", "inf")
        users, kinds = _csv(request, "user_id"), _csv(request, "activity")
        events = [
            event
            for event in self._people.events
            if after < float(str(event["created"])) < before
            and (not kinds or event["activity"] in kinds)
            and (not users or event["user"]["id"] in users)  # type: ignore[index]
        ]
        newest_first = request.param("sort", "desc") != "asc"
        return self._pager.page(events[:: -1 if newest_first else 1], request, _FIXED)


def _graded(course: Course, request: Request) -> list[Record]:
    users, units = _csv(request, "users"), _csv(request, "learningUnits")
    return [
        grade
        for grade in catalogue.grades(course)
        if (not users or grade["user_id"] in users)
        and (not units or grade["learningUnit"]["id"] in units)  # type: ignore[index]
    ]


def _chosen(people: People, request: Request) -> list[Record]:
    """Return the users that pass the filters; suspended ones only if the request has them."""
    with_suspended = request.param("include_suspended") == "true"
    only_suspended = request.param("status") == "suspended"
    after = _seconds(request, "registration_after", "-inf")
    before = _seconds(request, "registration_before", "inf")
    return [
        user
        for user in people.users.values()
        if after <= float(str(user["created"])) <= before
        and (user["is_suspended"] if only_suspended else with_suspended or not user["is_suspended"])
    ]


def _seconds(request: Request, name: str, default: str) -> float:
    try:
        return float(request.param(name, default))
    except ValueError:
        raise BadPage(name) from None


def _csv(request: Request, name: str) -> set[str]:
    return {part for value in request.params(name) for part in value.split(",") if part}


def _json(status: int, body: Record) -> Response:
    return Response(status=status, body=json.dumps(body, ensure_ascii=False).encode())
