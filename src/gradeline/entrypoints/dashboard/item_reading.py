"""Judge items by their figures: what to say of each in words, and which to look at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gradeline.base.languages import message
from gradeline.records.intervals import rate
from gradeline.records.item_figures import ItemFigures, ItemResponse
from gradeline.records.measures import Measure

#: Below it an item tells strong learners from weak ones too little.
_LOW_DISCRIMINATION = 0.2
_EASY, _HARD = 0.95, 0.2
#: Strong learners are counted by answer from so many learners of the item on.
_LEAST_STRONG = 30


class Doubt(StrEnum):
    """Why an item is suspicious; the gravest first."""

    KEY = "key"
    NEGATIVE = "negative"
    LOW = "low"
    HARD = "hard"
    EASY = "easy"


#: Doubt → what is said of the item.
SENTENCES = {
    Doubt.KEY: message(
        "Strong learners choose a wrong answer more often than the right one: check the key."
    ),
    Doubt.NEGATIVE: message(
        "Learners who do well elsewhere do worse here: check the wording and the key."
    ),
    Doubt.LOW: message("This assessment does not tell strong from weak learners."),
    Doubt.HARD: message("Most learners get this wrong."),
    Doubt.EASY: message("Nearly everybody gets this right: it says little about anybody."),
}
_WORKS = message("This assessment tells strong from weak learners.")
_UNKNOWN = message("Too few learners to say whether it tells strong from weak ones.")


@dataclass(frozen=True, kw_only=True)
class ChosenAnswer:
    """An answer that learners gave."""

    response: ItemResponse
    share: Measure  #: of those who tried the item


@dataclass(frozen=True, kw_only=True)
class JudgedItem:
    """An item with what is said of it."""

    figures: ItemFigures
    topic: str  #: its title; empty = it has none
    doubts: tuple[Doubt, ...]  #: the gravest first
    sentences: tuple[str, ...]  #: messages
    answers: tuple[ChosenAnswer, ...]  #: the most frequent first
    others: int  #: learners with another answer, or whose answer is not known


def judge(figures: ItemFigures, topic: str) -> JudgedItem:
    """Say of an item what its figures mean."""
    doubts = tuple(doubt for doubt in Doubt if doubt in _doubts(figures))
    sentences = [SENTENCES[doubt] for doubt in doubts]
    if figures.discrimination.value is None:
        sentences.append(_UNKNOWN)
    elif not {Doubt.NEGATIVE, Doubt.LOW} & {*doubts}:
        sentences.append(_WORKS)
    tried = figures.facility.n
    return JudgedItem(
        figures=figures,
        topic=topic,
        doubts=doubts,
        sentences=tuple(sentences),
        answers=tuple(
            ChosenAnswer(response=each, share=rate(each.learners, tried))
            for each in figures.responses
        ),
        others=tried - sum(each.learners for each in figures.responses),
    )


def _doubts(figures: ItemFigures) -> set[Doubt]:
    found = set()
    facility, discrimination = figures.facility.value or 0, figures.discrimination.value
    if discrimination is not None and discrimination < 0:
        found.add(Doubt.NEGATIVE)
    elif discrimination is not None and discrimination < _LOW_DISCRIMINATION:
        found.add(Doubt.LOW)
    if facility > _EASY:
        found.add(Doubt.EASY)
    if facility < _HARD:
        found.add(Doubt.HARD)
    if figures.facility.n >= _LEAST_STRONG and _misleads(figures.responses):
        found.add(Doubt.KEY)
    return found


def _misleads(responses: Sequence[ItemResponse]) -> bool:
    """Whether strong learners chose one wrong answer more often than all right ones together.

    By more than one standard error of the difference, so that chance alone seldom says so.
    """
    right = sum(each.strong for each in responses if each.is_right)
    return any(
        each.strong > right and (each.strong - right) ** 2 > each.strong + right
        for each in responses
        if not each.is_right
    )


def in_order(items: Sequence[JudgedItem]) -> tuple[JudgedItem, ...]:
    """Return the suspicious ones first, the gravest doubt before others; then the hardest."""
    grave = {doubt: place for place, doubt in enumerate(Doubt)}

    def place(item: JudgedItem) -> tuple[int, float, str]:
        first = grave[item.doubts[0]] if item.doubts else len(grave)
        return first, item.figures.facility.value or 0, item.figures.item_id

    return tuple(sorted(items, key=place))
