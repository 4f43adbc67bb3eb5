"""Rows as the grader sends them: correct ones, and each day one of every kind of wrong one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gradeline.sandbox.school.practice import HOUR, Practice, PracticeAttempt
from gradeline.sandbox.school.school import Course, School

#: One row of a response: an object if it is correct, anything if it is not.
Row = object
Record = dict[str, object]

_FORMAT = "%Y-%m-%d %H:%M:%S.%f"
_ORGANISATION = "Agora"
_HOSTS = ("lms.sf.example.org", "lms.school.example.org")
#: Wrong rows come in these hours, among so many correct ones that no slice is held.
_DIRTY_HOURS = range(8, 22)
_DEEP = 200
_PASS = 40
#: A wrong row follows a correct one of another learner, a moment later.
_AFTER = timedelta(microseconds=3)


@dataclass(frozen=True, kw_only=True)
class GraderRow:
    """A row and its instant, which the row itself may lack."""

    at: datetime
    row: Row


def course_key(course: Course, at: datetime) -> str:
    """Return the key of the course in the year in which it is taught again."""
    year = at.year if at.month >= course.starts.month else at.year - 1
    return f"course-v1:{_ORGANISATION}+{course.module}+{year}{course.presentation[-1]}"


def passback(attempt: PracticeAttempt) -> dict[str, object]:
    """Return the parameters of the launch; the consumer's key is always empty."""
    key, item = course_key(attempt.course, attempt.at), attempt.item
    host = _HOSTS[attempt.learner.number % len(_HOSTS)]
    block = key.replace("course-v1:", "block-v1:") + f"+type@lti+block@{item.block}"
    return {
        "oauth_consumer_key": "",
        "lis_result_sourcedid": f"{key}:{host}-{item.block}:{attempt.learner.anonymous_id}",
        "lis_outcome_service_url": (
            f"https://{host}/courses/{key}/xblock/{block}/handler_noauth/grade_handler"
        ),
    }


def record(attempt: PracticeAttempt) -> Record:
    """Return the row of an attempt: the passback as a Python dict, flags as 0 and 1."""
    return {
        "lti_user_id": attempt.learner.anonymous_id,
        "passback_params": repr(passback(attempt)),
        "is_correct": None if attempt.correct is None else int(attempt.correct),
        "attempt_type": "submit" if attempt.submitted else "run",
        "created_at": attempt.at.strftime(_FORMAT),
    }


Spoil = Callable[[Record, PracticeAttempt], list[Row]]


def _with(**changes: object) -> Spoil:
    return lambda row, _attempt: [{**row, **changes}]


def _without(name: str) -> Spoil:
    return lambda row, _attempt: [{key: value for key, value in row.items() if key != name}]


def _passing_back(change: Callable[[dict[str, object]], object]) -> Spoil:
    return lambda row, attempt: [{**row, "passback_params": repr(change(passback(attempt)))}]


def _instead(row: Row) -> Spoil:
    return lambda _row, _attempt: [row]


def _created(form: str) -> Spoil:
    return lambda row, attempt: [{**row, "created_at": attempt.at.strftime(form)}]


def _two_of(row: Record, _attempt: PracticeAttempt) -> list[Row]:
    return [row, row]


def _no_url(params: dict[str, object]) -> object:
    return {k: v for k, v in params.items() if k != "lis_outcome_service_url"}


def _no_strings(params: dict[str, object]) -> object:
    return {**params, "oauth_consumer_key": None, "lis_outcome_service_url": 17, "again": True}


def _more_keys(params: dict[str, object]) -> object:
    return {**params, "lis_person_name_full": "Анна О'Нил", "custom_component": "['a', 1]"}


#: Every wrong row of the contract, by its number there and what is wrong with it.
DIRT: Mapping[str, Spoil] = {
    "1 passback null": _with(passback_params=None),
    "1 passback empty": _with(passback_params=""),
    "1 passback missing": _without("passback_params"),
    "2 passback without the service's address": _passing_back(_no_url),
    "3 passback not readable": _with(passback_params="{'oauth_consumer_key': '', 'lis_result_"),
    "3 passback too deep": _with(passback_params="[" * _DEEP + "]" * _DEEP),
    "3 passback is code": _with(passback_params="__import__('os').getcwd()"),
    "5 learner null": _with(lti_user_id=None),
    "5 learner missing": _without("lti_user_id"),
    "6 learner too short": _with(lti_user_id="3583bf10"),
    "6 learner is a number": _with(lti_user_id=3583),
    "7 correct is two": _with(attempt_type="submit", is_correct=2),
    "7 correct is text": _with(attempt_type="submit", is_correct="1"),
    "8 type unknown": _with(attempt_type="check"),
    "8 type null": _with(attempt_type=None),
    "9 instant missing": _without("created_at"),
    "9 instant without microseconds": _created("%Y-%m-%d %H:%M:%S"),
    "9 instant in another form": _created("%d.%m.%Y %H:%M"),
    "10 passback with no strings": _passing_back(_no_strings),
    "11 passback with more keys": _passing_back(_more_keys),
    "11 row with more keys": _with(attempt_id=71, client="sandbox"),
    "12 the same row twice": _two_of,
    "14 run with a mark": _with(attempt_type="run", is_correct=1),
    "14 submit without a mark": _with(attempt_type="submit", is_correct=None),
    "16 row is null": _instead(None),
    "16 row is text": _instead("Traceback (most recent call last)"),
    "16 row is a list": _instead([]),
}


def _when(attempt: PracticeAttempt) -> datetime:
    return attempt.at


class GraderRows:
    """The rows of the grader by hour; equal for equal hours."""

    def __init__(self, school: School) -> None:
        self._practice = Practice(school)
        self._submissions = sorted(
            (
                PracticeAttempt(
                    learner=submission.learner,
                    course=course,
                    item=submission.item,
                    at=submission.at,
                    correct=(submission.score or 0) >= _PASS,
                )
                for course in school.courses
                for submission in course.submissions
            ),
            key=_when,
        )

    def hour(self, start: datetime) -> list[GraderRow]:
        """Return the rows of the hour that starts then, by time."""
        practice = self._practice.hour(start)
        if practice:
            # Somebody always acts exactly at the hour, where two windows meet.
            practice[0] = replace(practice[0], at=start)
        first_real = bisect_left(self._submissions, start, key=_when)
        real = self._submissions[
            first_real : bisect_left(self._submissions, start + HOUR, key=_when)
        ]
        rows = [GraderRow(at=attempt.at, row=record(attempt)) for attempt in (*practice, *real)]
        return sorted((*rows, *_dirty(start, practice)), key=lambda row: row.at)


def _dirty(start: datetime, practice: list[PracticeAttempt]) -> list[GraderRow]:
    """Return the wrong rows of an hour: each kind has its hour of the day."""
    if start.hour not in _DIRTY_HOURS or len(practice) < 2:
        return []
    names = [name for n, name in enumerate(DIRT) if n % len(_DIRTY_HOURS) == start.hour - 8]
    rows = []
    for place, name in enumerate(names):
        near, by = practice[place], practice[-1 - place]
        attempt = replace(by, at=near.at + _AFTER)
        rows += [GraderRow(at=attempt.at, row=row) for row in DIRT[name](record(attempt), attempt)]
    return rows
