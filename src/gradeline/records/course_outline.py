"""What a course consists of, without any figure of learners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class OutlinedItem:
    """An item of a course."""

    item_id: str
    title: str
    topic_id: str | None
    level_id: str | None
    kind: str | None
    due_on: date | None
    weight: float | None


@dataclass(frozen=True, kw_only=True)
class CourseOutline:
    """The days of a course, and its items by name."""

    course_id: str
    title: str
    starts_on: date | None
    ends_on: date | None
    today: date  #: min(school day of as-of, `ends_on`)
    due: int  #: active plan rows due by today
    items: tuple[OutlinedItem, ...]  #: in the order in which they are due
    topic_titles: Mapping[str, str]  #: of topics that have a name beside their id
