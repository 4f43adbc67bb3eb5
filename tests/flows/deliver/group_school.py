"""A school of two courses and four groups whose learners' names are found wherever they appear."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

Rows = list[dict[str, Any]]

#: Group → how many learners it has; the first one stands over both courses.
SIZES = {"files:s:Evening A": 6, "files:s:Evening B": 9, "files:s:Few": 3, "files:s:More": 5}
OWN, OTHER, FEW, MORE = SIZES
BOTH = ("M/one", "M/two")
_FIRST = date(2029, 11, 5)


def name_of(group_id: str) -> str:
    """The name of a group, which is its id in its source."""
    return group_id.rpartition(":")[2]


def learners_of(group_id: str) -> list[str]:
    """The names of a group's learners, which appear in nothing else."""
    return [
        f"Zq{name_of(group_id).replace(' ', '')}{number}qZ" for number in range(SIZES[group_id])
    ]


def group_school() -> dict[str, Rows]:
    """The rows of the school's canonical tables."""
    places = [(group, course) for group in SIZES for course in BOTH[: 2 if group == OWN else 1]]
    people = [(name, group) for group in SIZES for name in learners_of(group)]
    items = [(course, f"i{number}") for course in BOTH for number in range(4)]
    work = [
        (name, course, item, number)
        for name, group in people
        for course, item in items
        if (group, course) in places
        for number in [int(name[-3])]
        if int(item[1]) <= number
    ]
    return {
        "courses": [
            {"course_id": course, "category": "M", "course": course[2:], "starts_on": _FIRST}
            for course in BOTH
        ],
        "groups": [
            {"group_id": name_of(group), "course_id": course, "name": name_of(group)}
            for group, course in places
        ],
        "items": [
            {"course_id": c, "item_id": i, "topic_id": f"t{i}", "level_id": "A1"} for c, i in items
        ],
        "plan": [
            {"course_id": c, "item_id": i, "due_on": _FIRST + timedelta(days=14)} for c, i in items
        ],
        "learners": [
            {"learner_id": f"s:{name}", "name": name, "email": f"{name}@x.example"}
            for name, _ in people
        ],
        "memberships": [
            {"learner_id": f"s:{name}", "group_id": name_of(group), "course_id": course}
            for name, group in people
            for course in BOTH
            if (group, course) in places
        ],
        "attempts": [
            {
                "attempt_id": f"{name}-{course}-{item}",
                "learner_id": f"s:{name}",
                "course_id": course,
                "item_id": item,
                "correct": number % 2 == 0,
                "score": Decimal(number) / 10 + Decimal("0.05"),
                "at": datetime(2029, 11, 6 + 7 * (number % 3), tzinfo=UTC),
            }
            for name, course, item, number in work
        ],
        "events": [],
    }
