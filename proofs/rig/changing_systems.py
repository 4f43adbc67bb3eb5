"""Systems whose records come in while they are read: late, at one instant, between two pages."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gradeline.sandbox import TRANSPORT, Pace, Request, Response
from gradeline.sandbox.grader.twin import CLIENT, CLIENT_KEY
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.school.school import digest, read_school

_FORM = "%Y-%m-%d %H:%M:%S.%f"
_PASSBACK = (
    "{'oauth_consumer_key': '', 'lis_result_sourcedid': 'course-v1:School+C-1.0+2024:"
    "lms.example.org-%s:%s', 'lis_outcome_service_url': 'https://lms.example.org/grade'}"
)
#: How wrong a clock goes that goes wrong.
MOST_SKEW = timedelta(minutes=9)
Record = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt at the grader: when it was made, and from when on the grader tells of it."""

    number: int
    at: datetime
    visible: datetime

    @property
    def user(self) -> str:
        """Whose it is; no two attempts have one."""
        return digest("changing", self.number)[:32]

    @property
    def row(self) -> Record:
        """As the grader tells it."""
        return {
            "lti_user_id": self.user,
            "passback_params": _PASSBACK % (digest("block", self.number)[:32], self.user),
            "is_correct": None,
            "attempt_type": "run",
            "created_at": self.at.strftime(_FORM),
        }


class ChangingGrader:
    """A grader whose attempts are told of at different times; `now` is what its clock says."""

    name = "grader"
    faults: Mapping[str, bool] = TRANSPORT
    settings: Mapping[str, str] = {"GRADER_CLIENT": CLIENT, "GRADER_CLIENT_KEY": CLIENT_KEY}

    def __init__(self) -> None:
        self.attempts: list[Attempt] = []
        self.now = datetime(2024, 1, 1, tzinfo=UTC)

    def respond(self, request: Request) -> Response:
        """The rows of the window that are visible by now, both ends included, in no order."""
        start, end = (_read(request.param(name)) for name in ("start", "end"))
        rows = [
            each.row
            for each in self.attempts
            if start <= each.at <= end and each.visible <= self.now
        ]
        random.Random(f"{start} {self.now}").shuffle(rows)
        return Response(body=json.dumps(rows).encode())


def _read(text: str) -> datetime:
    return datetime.strptime(text, _FORM).replace(tzinfo=UTC)


def attempts_of_a_day(day: datetime, luck: random.Random, latest: timedelta) -> list[Attempt]:
    """Attempts of a day and a half: some at one instant, some on the hour, all late by some time.

    A quarter bears the stamp of a clock that goes wrong by minutes, either way.
    """
    found: list[Attempt] = []
    while len(found) < 300:
        at = day + timedelta(seconds=luck.randrange(36 * 3600), microseconds=luck.randrange(10**6))
        if luck.random() < 0.2:
            at = at.replace(minute=0, second=0, microsecond=0)
        skew = luck.uniform(-1, 1) * MOST_SKEW if luck.random() < 0.25 else timedelta(0)
        visible = at + luck.random() * (latest - MOST_SKEW)
        for _ in range(luck.choice((1, 1, 1, 2, 3))):  # twins of one instant
            found.append(Attempt(number=len(found), at=at + skew, visible=visible))
    return found


class GrowingSchool(LearnWorldsTwin):
    """A LearnWorlds whose lists of grades grow at their front between one page and the next."""

    def __init__(self, luck: random.Random, grades: int) -> None:
        super().__init__(read_school(), Pace(speed=1000))
        self._luck = luck
        self._grades: dict[str, list[Record]] = {}
        self._many = grades
        self.growing = True
        self.ids: dict[str, set[str]] = {}  #: list → the grades that are in it by now
        self.first: dict[str, set[str]] = {}  #: list → those it held when its reading began

    def respond(self, request: Request) -> Response:
        """As the school, but for grades: 200 a page, and new ones in front before the next."""
        answer = super().respond(request)
        if not request.path.endswith("/grades") or answer.status != 200:
            return answer
        told = json.loads(answer.body if isinstance(answer.body, bytes) else b"")
        if not told["data"]:
            return answer
        found = self._grades.setdefault(request.path, [])
        if not found:
            self._add(request.path, told["data"][0], self._many)
            self.first[request.path] = set(self.ids[request.path])
        page, size = int(request.param("page", "1")), int(request.param("items_per_page", "20"))
        pages = -(-len(found) // size)
        page = min(page, pages)
        told["data"] = found[(page - 1) * size : page * size]
        told["meta"] |= {"page": page, "totalPages": pages, "totalItems": len(told["data"])}
        if self.growing and len(found) < self._many + 30:
            self._add(request.path, found[0], self._luck.choice((0, 1, 1, 2, 7)))
        return Response(body=json.dumps(told).encode())

    def _add(self, path: str, like: Record, many: int) -> None:
        for _ in range(many):
            number = digest("grade", path, len(self._grades[path]))[:24]
            self._grades[path].insert(0, {**like, "id": number})
            self.ids.setdefault(path, set()).add(number)
