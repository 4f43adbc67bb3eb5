"""Memory: the chance that a learner remembers a word today, by FSRS.

Free Spaced Repetition Scheduler 6 with its published parameters, as the library `fsrs` computes
it. A quiz asks a word once, so there are no further repetitions within minutes (learning steps).

FSRS counts days, and the library counts 24 hours for one: who practises at seven in the evening and
at six the next day would have answered twice on one day. So it is told of days, from midnight UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from fsrs import Card, Rating, Scheduler, State

from gradeline.records.vocabulary import Memory, Verdict

#: A word is due where the chance is about to fall below this.
KEPT_CHANCE = 0.9


def review(memory: Memory | None, verdict: Verdict, hints: int, at: datetime) -> Memory:
    """Return how well a word is remembered after an answer.

    Args:
        memory: before the answer; None = it is the first one.
        verdict: a right answer is Good, one with a hint or a typo Hard, a wrong one Again.
        hints: how many were shown.
        at: when it was given; not before the last answer counted, as messages may arrive late.
    """
    moment = at if memory is None else max(at, memory.last_review_at)
    card, _ = _scheduler().review_card(_card(memory), _rating(verdict, hints), _day(moment))
    if card.stability is None or card.difficulty is None:  # the library's types allow it
        raise ValueError("A reviewed card has no stability or difficulty.")
    return Memory(
        stability=card.stability,
        difficulty=card.difficulty,
        last_review_at=moment,
        due_at=card.due,
        reviews=(memory.reviews if memory else 0) + 1,
    )


def recall(memory: Memory, at: datetime) -> float:
    """Return the chance that a word is remembered at an instant, 0 to 1."""
    return float(_scheduler().get_card_retrievability(_card(memory), _day(at)))


def is_due(memory: Memory, at: datetime) -> bool:
    """Whether the chance of remembering falls below 0.9 within a day."""
    return recall(memory, at + timedelta(days=1)) < KEPT_CHANCE


@cache
def _scheduler() -> Scheduler:
    return Scheduler(
        desired_retention=KEPT_CHANCE, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )


def _card(memory: Memory | None) -> Card:
    if memory is None:
        return Card(card_id=0)
    return Card(
        card_id=0,
        state=State.Review,
        step=None,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due_at,
        last_review=_day(memory.last_review_at),
    )


def _day(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _rating(verdict: Verdict, hints: int) -> Rating:
    if not verdict.is_right:
        return Rating.Again
    return Rating.Hard if hints or verdict is Verdict.TYPO else Rating.Good
