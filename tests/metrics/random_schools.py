"""Random small schools, as hard on definitions as we can think of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from gradeline.metrics import Terms

Row = dict[str, Any]
FIRST = date(2024, 3, 4)
ZONES = ("UTC", "Europe/Madrid", "America/New_York", "Asia/Kolkata")
COURSES = ("a/1", "a/2", "b/1")
LEARNERS = tuple(f"s:{number}" for number in range(7))


def random_school(seed: int) -> tuple[dict[str, list[Row]], Terms]:
    """A school of three courses and seven people, and the terms to look at it under."""
    dice = Random(seed)
    courses = [_course(dice, course) for course in COURSES]
    # The last of each course's groups stands over all courses.
    groups = [
        {
            "group_id": "s:z" if letter == "z" else f"s:{course}/{letter}",
            "course_id": course,
            "name": None,
            "rolling": dice.random() < 0.3,
        }
        for course in COURSES
        for letter in "xyz"
    ]
    items = [_item(dice, course, f"i{number}") for course in COURSES for number in range(5)]
    school = {
        "courses": courses,
        "groups": groups,
        "items": items,
        "plan": [_planned(dice, item) for item in items if dice.random() < 0.8],
        "learners": [
            {"learner_id": who, "name": who, "email": f"{who[2:]}@x.org", "source": "s"}
            for who in LEARNERS
        ],
        "memberships": _memberships(dice, groups),
        "attempts": [_attempt(dice, number) for number in range(dice.choice((0, 40, 90)))],
        "events": [_event(dice, number) for number in range(dice.choice((0, 30, 60)))],
    }
    if dice.random() < 0.5:
        school["attempts"] += _long_run(dice)
    terms = _terms(dice)
    _leave_out(dice, school)
    return school, terms


def _leave_out(dice: Random, school: dict[str, list[Row]]) -> None:
    """Take what some sources do not tell: of a course all memberships, of one all activity."""
    unlisted, watched = dice.choice((None, *COURSES)), dice.choice((None, *COURSES))
    school["memberships"] = [r for r in school["memberships"] if r["course_id"] != unlisted]
    if watched is not None:
        school["events"] = [r for r in school["events"] if r["course_id"] != watched]
        for row in school["attempts"]:
            row["kind"] = "carried" if row["course_id"] == watched else row["kind"]


def _day(dice: Random, low: int = -5, high: int = 40) -> date:
    return FIRST + timedelta(days=dice.randint(low, high))


def _maybe(dice: Random, value: Any, chance: float = 0.7) -> Any:
    return value if dice.random() < chance else None


def _at(dice: Random) -> datetime:
    # Hours near midnight are where zones differ; equal instants are where order is decided by id.
    hour = dice.choice((0, 0, 3, 4, 12, 18, 22, 23))
    day = _day(dice)
    return datetime(day.year, day.month, day.day, hour, dice.choice((0, 30, 59)), tzinfo=UTC)


def _course(dice: Random, course: str) -> Row:
    return {
        "course_id": course,
        "starts_on": _maybe(dice, FIRST + timedelta(days=dice.randint(0, 4)), 0.85),
        "ends_on": _maybe(dice, FIRST + timedelta(days=dice.randint(5, 33)), 0.85),
    }


def _item(dice: Random, course: str, item: str) -> Row:
    return {
        "course_id": course,
        "item_id": item,
        "topic_id": _maybe(dice, dice.choice("tuv")),
        "level_id": _maybe(dice, dice.choice(("A1", "A2"))),
        "weight": _maybe(dice, Decimal(dice.choice(("0", "0", "0.5", "1", "33.333333")))),
        "active": dice.random() < 0.8,
    }


def _planned(dice: Random, item: Row) -> Row:
    status = "active" if dice.random() < 0.9 else "draft"
    return {
        "course_id": item["course_id"],
        "item_id": item["item_id"],
        "due_on": _day(dice, 0, 30),
        "status": status,
    }


def _memberships(dice: Random, groups: list[Row]) -> list[Row]:
    """Who is in what: often in several groups, sometimes twice in one, sometimes in none."""
    rows = []
    for who in LEARNERS:
        for group in groups:
            for _ in range(dice.choice((0, 0, 0, 1, 1, 1, 2))):
                row = {
                    "learner_id": who,
                    "group_id": _maybe(dice, group["group_id"], 0.9),
                    "course_id": group["course_id"],
                    "role": dice.choice(("learner",) * 14 + ("teacher", "staff")),
                    "starts_on": _maybe(dice, _day(dice, -5, 25)),
                    "ends_on": _maybe(dice, _day(dice, 0, 40), 0.4),
                    "outcome": dice.choice(("pass", "fail", "withdrawn", None)),
                }
                rows.append(row)
    if dice.random() < 0.3:
        _are_of_people(dice.choice(COURSES), rows)
    return rows


def _are_of_people(course: str, rows: list[Row]) -> None:
    """Let all memberships of a course be in people's file."""
    for row in rows:
        if row["course_id"] == course:
            row["group_id"] = f"groups:{row['group_id'] or 'x'}"


def _attempt(dice: Random, number: int) -> Row:
    score = dice.choice((None, "0", "0.05", "0.1", "0.4", "0.399999", "0.333333", "0.95", "1"))
    return {
        "attempt_id": f"{dice.randint(0, 9)}-{number}",
        "learner_id": dice.choice(LEARNERS),
        "course_id": dice.choice((*COURSES, *COURSES, None)),
        "group_id": _maybe(dice, f"s:{dice.choice(COURSES)}/x", 0.1),
        "item_id": _maybe(dice, f"i{dice.randint(0, 5)}", 0.95),
        "topic_id": _maybe(dice, "own", 0.1),
        "level_id": _maybe(dice, "B1", 0.1),
        "kind": dice.choice(("answer", "answer", "answer", "carried", "run")),
        "correct": dice.choice((None, True, False)),
        "score": None if score is None else Decimal(score),
        "hints": dice.choice((None, 0, 0, 1, 3)),
        "duration_s": dice.choice((None, Decimal("0.001"), Decimal("61.5"), Decimal(99999))),
        "at": _at(dice),
        "source": dice.choice(("s", "grader")),
        "response": dice.choice((None, "a", "b", "б")),
    }


def _long_run(dice: Random) -> list[Row]:
    """One learner with enough answers to drop or to lean on hints."""
    who, turning = dice.choice(LEARNERS), dice.randint(20, 45)
    rows = []
    for number in range(dice.choice((21, 39, 40, 60))):
        early = number < turning
        at = datetime(2024, 3, 5, tzinfo=UTC) + timedelta(hours=5 * number)
        rows.append(
            _attempt(dice, 1000 + number)
            | {
                "learner_id": who,
                "course_id": COURSES[0],
                "kind": "answer",
                "correct": dice.random() < (0.8 if early else 0.4),
                "hints": dice.choice((0, 0, 1) if early else (0, 1, 2, None)),
                "at": at,
            }
        )
    return rows


def _event(dice: Random, number: int) -> Row:
    return {
        "event_id": str(number),
        "learner_id": dice.choice(LEARNERS),
        "course_id": dice.choice((*COURSES, None)),
        "type": "click",
        "count": dice.randint(1, 9),
        "at": _at(dice),
    }


def _terms(dice: Random) -> Terms:
    return Terms(
        as_of=_at(dice) + timedelta(days=dice.choice((0, 10, 90))),
        timezone=dice.choice(ZONES),
        pass_mark=dice.choice((40, Decimal("33.3333"), 100)),
        grade_zero_threshold=dice.choice((0, 5, Decimal("39.9999"))),
        time_max_minutes=dice.choice((60, 1)),
        ignored_users=dice.choice(((), ("s:1",), ("2@X.ORG", "S:3"))),
    )
