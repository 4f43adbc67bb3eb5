"""A small school for tests of the API: two courses, four groups, ids with slashes and scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

SCOTLAND, EVENING = "files:s:AAA/2013J/Scotland", "files:s:AAA/2013J/Ñandú вечер"
TINY, WALES = "files:s:AAA/2013J/tiny", "files:s:BBB/2014J/Wales"
COURSE, OTHER_COURSE = "AAA/2013J", "BBB/2014J"
LEVEL, TOPIC = "A 1", "TMA/ñ"
#: Somebody of each group.
OF_SCOTLAND, OF_EVENING, OF_TINY, OF_WALES = (f"files:s:{one}1" for one in "abcd")

_MEMBERS = {
    (COURSE, "AAA/2013J/Scotland"): [f"a{n}" for n in range(1, 8)],
    (COURSE, "AAA/2013J/Ñandú вечер"): [f"b{n}" for n in range(1, 7)],
    (COURSE, "AAA/2013J/tiny"): ["c1", "c2"],
    (OTHER_COURSE, "BBB/2014J/Wales"): [f"d{n}" for n in range(1, 7)],
}
_DAYS = {"starts_on": date(2024, 1, 1), "ends_on": date(2024, 3, 31)}
_ITEMS = (("i/1", LEVEL, TOPIC), ("i 2", LEVEL, "CMA"), ("i3", "B2", TOPIC))

Rows = list[dict[str, Any]]


def school_slices() -> dict[tuple[str, str], Rows]:
    """The facts of the school, by stream and window."""
    courses = sorted({course for course, _ in _MEMBERS})
    return {
        ("courses", "all"): [{"course_id": each, **_DAYS} for each in courses],
        ("items", "all"): [_item(course, *item) for course in courses for item in _ITEMS],
        ("plan", "all"): [
            {"course_id": course, "item_id": "i/1", "due_on": date(2024, 2, 1), "status": "active"}
            for course in courses
        ],
        ("groups", "all"): [
            {"group_id": g, "course_id": c, "name": g.rpartition("/")[2], "rolling": False}
            for c, g in _MEMBERS
        ],
        ("learners", "all"): [
            {"learner_id": who, "name": f"Name of {who}", "email": f"{who}@school.org"}
            for members in _MEMBERS.values()
            for who in members
        ],
        ("memberships", "all"): [
            {"learner_id": who, "group_id": group, "course_id": course, "role": "learner"}
            for (course, group), members in _MEMBERS.items()
            for who in members
        ],
        ("attempts", "all"): list(_attempts()),
    }


def _item(course: str, item: str, level: str, topic: str) -> dict[str, Any]:
    known = {"course_id": course, "item_id": item, "title": f"Title of {item}", "active": True}
    return {**known, "level_id": level, "topic_id": topic}


def _attempts() -> Iterator[dict[str, Any]]:
    dice = Random(7)
    for (course, group), members in _MEMBERS.items():
        for who in members:
            for item, _level, _topic in _ITEMS:
                for number in range(dice.choice((1, 1, 2))):
                    moment = datetime(2024, 1, 5, 10, tzinfo=UTC)
                    score = dice.choice(("0", "0.25", "0.5", "1"))
                    yield {
                        "attempt_id": f"{who}/{course}/{item}/{number}",
                        "learner_id": who,
                        "course_id": course,
                        "group_id": group,
                        "item_id": item,
                        "kind": "answer",
                        "score": Decimal(score),
                        "response": f"<b>{score}",
                        "hints": dice.choice((None, 0, 1, 3)),
                        "duration_s": dice.choice(
                            (None, Decimal(12), Decimal("30.5"), Decimal(5000))
                        ),
                        "at": moment + timedelta(days=dice.randrange(70), minutes=number),
                    }
