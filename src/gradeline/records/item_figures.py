"""How well an item of a course measures, and the form that the items make."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.records.measures import Measure


@dataclass(frozen=True, kw_only=True)
class ItemResponse:
    """An answer that several learners gave to an item at first."""

    response: str  #: its first 200 characters
    learners: int
    strong: int  #: those of them who do better than the average in other items
    is_right: bool


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """The figures of an item over first tries, of a whole course or of a group of it."""

    item_id: str
    title: str
    facility: Measure  #: share of correct first tries
    discrimination: Measure  #: −1 … 1; without a value below 30 learners
    median_time: Measure  #: seconds
    responses: tuple[ItemResponse, ...]  #: the most frequent first


@dataclass(frozen=True, kw_only=True)
class FormFigures:
    """How far the result over the items of a course can be relied on."""

    items: int
    is_binary: bool  #: each first try scored 0 or 1, so that α is KR-20
    alpha: Measure  #: over the learners who tried all items
    sem: float | None  #: standard error of measurement, in items
