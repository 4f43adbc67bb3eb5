"""Parse and check records of LearnWorlds and turn them into rows of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from gradeline.records.ids import normalize_id
from gradeline.records.responses import cut_response

Row = dict[str, Any]
T = TypeVar("T")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Unix seconds of the year 2200: what is later was meant as milliseconds, or is nonsense.
_LAST_S = Decimal(7_258_118_400)
_MILLIONTH = Decimal("0.000001")
_FOUR_PLACES = Decimal("0.0001")
_MAX_POINTS = Decimal(10) ** 9
#: Units that are work to be graded. Anything else counts as soon as it has a grade.
_GRADED_TYPES = ("assessment", "assignment", "exam", "quiz")


class BadRecord(Exception):
    """A record is wrong; the message is `code: words`."""


class _Role(msgspec.Struct):
    level: str | None = None


class _User(msgspec.Struct):
    id: str
    email: str | None = None
    username: str | None = None
    is_admin: bool | None = None
    is_instructor: bool | None = None
    is_reporter: bool | None = None
    is_suspended: bool | None = None
    role: _Role | None = None
    created: Decimal | None = None
    last_login: Decimal | None = None
    tags: list[str] | None = None


class _Course(msgspec.Struct):
    id: str
    title: str | None = None
    access: str | None = None
    created: Decimal | None = None


class LearningUnit(msgspec.Struct):
    """A unit as a course's contents or a grade names it."""

    id: str | None = None
    type: str | None = None
    title: str | None = None


class Section(msgspec.Struct, rename={"units": "learningUnits"}):
    """A section of a course."""

    id: str | None = None
    title: str | None = None
    units: list[LearningUnit] = []


class Contents(msgspec.Struct):
    """A course's sections and units."""

    id: str
    title: str | None = None
    sections: list[Section] = []


class _Grade(msgspec.Struct, rename={"unit": "learningUnit", "submitted": "submittedTimestamp"}):
    id: str
    user_id: str
    unit: LearningUnit
    grade: Decimal | None = None
    email: str | None = None
    created: Decimal | None = None
    modified: Decimal | None = None
    submitted: Decimal | None = None


class _Block(msgspec.Struct, rename={"max_points": "blockMaxScore"}):
    points: Decimal | None = None
    max_points: Decimal | None = None
    answer: Any = None  # a text; of another kind it is left out, not the record


class _Response(msgspec.Struct, rename={"submitted": "submittedTimestamp"}):
    id: str
    user_id: str
    email: str | None = None
    grade: Decimal | None = None
    passed: bool | None = None
    created: Decimal | None = None
    modified: Decimal | None = None
    submitted: Decimal | None = None
    answers: list[_Block] | None = None


class Enrolment(msgspec.Struct, omit_defaults=True):
    """When a person came into a course; without `created` the school does not say."""

    user_id: str
    course: str
    created: Decimal | None = None
    expires: Decimal | None = None


#: Made once: threads that use a type for the first time at once can crash the process.
CONTENTS = msgspec.json.Decoder(Contents)
ENROLMENTS = msgspec.json.Decoder(Enrolment)
_COURSES = msgspec.json.Decoder(_Course)
_USERS = msgspec.json.Decoder(_User)
_GRADES = msgspec.json.Decoder(_Grade)
_RESPONSES = msgspec.json.Decoder(_Response)


@dataclass(frozen=True, kw_only=True)
class EnrolmentDays:
    """The days of enrolments, by person and course."""

    by_pair: Mapping[tuple[str, str], Enrolment]  #: the ids of people as `user_row` has them
    timezone: ZoneInfo

    def days(self, user_id: str, course: str) -> Row:
        """Return the columns of an enrolment: enrolled_at, enrolled_on, expires_on."""
        found = self.by_pair.get((user_id, course))
        at = instant(found.created, "created") if found else None
        ends = instant(found.expires, "expires") if found else None
        return {"enrolled_at": at, "enrolled_on": self._day(at), "expires_on": self._day(ends)}

    def of_user(self, user_id: str) -> Iterator[tuple[str, str]]:
        """Return the (user id, course) pairs of a person."""
        return (pair for pair in self.by_pair if pair[0] == user_id)

    def _day(self, at: datetime | None) -> date | None:
        return None if at is None else at.astimezone(self.timezone).date()


def course_row(record: bytes) -> Row:
    """Return the row of a course: its own name, title, access, when it was created."""
    parsed = _decode(record, _COURSES)
    return {
        "course": _required(_text(parsed.id), "id"),
        "title": _text(parsed.title),
        "access": _text(parsed.access),
        "created_at": instant(parsed.created, "created"),
    }


def unit_row(contents: Contents, section: Section, unit: LearningUnit) -> Row:
    """Return the row of a unit of a course, in its section; what is not a page has no id."""
    kind = _text(unit.type)
    return {
        "course_title": _text(contents.title),
        "section_id": _id(section.id),
        "section_title": _text(section.title),
        "unit_id": _id(unit.id),
        "unit_type": kind,
        "unit_title": _text(unit.title),
        "graded": bool(unit.id) and is_graded(kind),
    }


def graded_units(contents: Contents) -> Sequence[str]:
    """Return the ids of the graded units, which have responses; sorted."""
    units = (unit for section in contents.sections for unit in section.units)
    return sorted({unit.id for unit in units if unit.id and is_graded(unit.type)})


def is_graded(kind: str | None) -> bool:
    """Whether a unit of that type is graded work."""
    return kind is not None and kind.lower().startswith(_GRADED_TYPES)


def user_row(record: bytes, group_tags: Sequence[str] = ()) -> Row:
    """Return the row of a person, without a course.

    Args:
        record: as received.
        group_tags: how tags that are groups begin; the group's name follows.
    """
    parsed = _decode(record, _USERS)
    return {
        "user_id": _required(_id(parsed.id), "id"),
        "email": _id(parsed.email),
        "username": _text(parsed.username),
        "role": _role(parsed),
        "suspended": bool(parsed.is_suspended),
        "created_at": instant(parsed.created, "created"),
        "last_login_at": instant(parsed.last_login, "last_login"),
        "groups": "\n".join(_groups(parsed.tags or (), group_tags)) or None,
    }


def _groups(tags: Sequence[str], begins: Sequence[str]) -> Sequence[str]:
    """Return the names of the groups among tags, each once, in order."""
    found = {
        normalize_id(tag[len(begin) :]).replace("\n", " ")
        for tag in tags
        for begin in begins
        if tag.casefold().startswith(begin.casefold())
    }
    return sorted(found - {""})


def grade_row(record: bytes) -> Row:
    """Return the row of a grade of a unit."""
    parsed = _decode(record, _GRADES)
    grade = _percent(parsed.grade)
    return {
        "grade_id": _required(_id(parsed.id), "id"),
        "unit_type": _text(parsed.unit.type),
        "unit_id": _required(_id(parsed.unit.id), "learningUnit.id"),
        "grade": grade,
        "score": _fraction(grade, Decimal(100)),
        **_common_columns(parsed),
    }


def response_row(record: bytes, unit_id: str) -> Row:
    """Return the row of a response; its score is that of the grade, else that of the points."""
    parsed = _decode(record, _RESPONSES)
    blocks = parsed.answers or []
    points, max_points = _points(blocks)
    grade = _percent(parsed.grade)
    score = _fraction(grade, Decimal(100)) if grade is not None else _fraction(points, max_points)
    return {
        "response_id": _required(_id(parsed.id), "id"),
        "unit_id": _required(_id(unit_id), "assessment"),
        "grade": grade,
        "score": score,
        **_common_columns(parsed),
        "passed": parsed.passed,
        "blocks": len(blocks),
        "points": points,
        "max_points": max_points,
        "answer": _answer(blocks),
    }


def instant(seconds: Decimal | None, name: str) -> datetime | None:
    """Convert Unix seconds, whole or fractional, to an instant, rounded to the microsecond.

    Raises:
        BadRecord: they are before 1970 or after 2200.
    """
    if seconds is None:
        return None
    if not seconds.is_finite() or not 0 <= seconds < _LAST_S:
        raise BadRecord(f"bad_time: {name} is {seconds}")
    return _EPOCH + timedelta(microseconds=int((seconds * 1_000_000).to_integral_value()))


def _decode(record: bytes, decoder: msgspec.json.Decoder[T]) -> T:
    try:
        return decoder.decode(record)
    except msgspec.ValidationError as error:
        raise BadRecord(f"bad_field: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadRecord(f"bad_json: {error}") from error


def _role(user: _User) -> str:
    """Return teacher, staff or learner; only learners are counted."""
    level = (user.role.level or "" if user.role else "").lower()
    if user.is_instructor or level == "instructor":
        return "teacher"
    if user.is_admin or user.is_reporter or level in ("admin", "reporter"):
        return "staff"
    return "learner"


def _common_columns(parsed: _Grade | _Response) -> Row:
    return {
        "user_id": _required(_id(parsed.user_id), "user_id"),
        "email": _id(parsed.email),
        "created_at": instant(parsed.created, "created"),
        "modified_at": instant(parsed.modified, "modified"),
        "submitted_at": instant(parsed.submitted, "submittedTimestamp"),
    }


def _answer(blocks: Sequence[_Block]) -> str | None:
    """Return what was answered, block after block; None where nothing was."""
    texts = [block.answer for block in blocks if isinstance(block.answer, str) and block.answer]
    return cut_response(" | ".join(texts))


def _points(blocks: Sequence[_Block]) -> tuple[Decimal | None, Decimal | None]:
    """Sum points and maximum points of the blocks; None while one is not graded yet."""
    counted = [block for block in blocks if block.max_points]
    if not counted or any(block.points is None for block in counted):
        return None, None
    for told in (each for block in counted for each in (block.points, block.max_points)):
        if told is not None and not (told.is_finite() and 0 <= told < _MAX_POINTS):
            raise BadRecord(f"bad_number: a block has {told} points")
    points = sum((block.points or Decimal(0) for block in counted), Decimal(0))
    max_points = sum((block.max_points or Decimal(0) for block in counted), Decimal(0))
    if not (points < _MAX_POINTS and max_points < _MAX_POINTS):
        raise BadRecord(f"bad_number: the blocks have {points} of {max_points} points")
    return _rounded(points, _FOUR_PLACES), _rounded(max_points, _FOUR_PLACES)


def _percent(grade: Decimal | None) -> Decimal | None:
    if grade is None:
        return None
    if not grade.is_finite() or not 0 <= grade <= 100:
        raise BadRecord(f"bad_number: grade is {grade}, not 0 to 100")
    return _rounded(grade, _FOUR_PLACES)


def _fraction(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return _rounded(min(max(part / whole, Decimal(0)), Decimal(1)), _MILLIONTH)


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_EVEN)


def _required(value: str | None, name: str) -> str:
    if value is None:
        raise BadRecord(f"missing: {name} is empty")
    return value


def _id(value: str | None) -> str | None:
    """Return an id or e-mail in its one spelling; None for an empty one."""
    text = _text(value)
    return None if text is None else normalize_id(text) or None


def _text(value: str | None) -> str | None:
    """Return a text that PostgreSQL can store; None for an empty one."""
    if value is not None and "\0" in value:
        raise BadRecord("bad_text: a NUL character")
    return value or None
