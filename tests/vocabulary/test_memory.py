"""Memory: what the reference library computes, asked directly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from gradeline.records.vocabulary import Verdict
from gradeline.vocabulary.memory import is_due, recall, review

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
REFERENCE = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
RATINGS = {
    (Verdict.RIGHT, 0): Rating.Good,
    (Verdict.ACCENT, 0): Rating.Good,
    (Verdict.TYPO, 0): Rating.Hard,
    (Verdict.RIGHT, 1): Rating.Hard,
    (Verdict.WRONG, 0): Rating.Again,
    (Verdict.WRONG, 2): Rating.Again,
}


@given(
    history=st.lists(
        st.tuples(st.sampled_from(list(RATINGS)), st.integers(0, 200 * 24)), min_size=1, max_size=20
    )
)
def test_each_answer_is_a_review_of_the_reference_library(history):
    """Stability, difficulty, the day it is due and the chance of recall are the library's, by day."""
    card, memory, at = Card(card_id=1), None, NOON
    for (verdict, hints), hours in history:
        at += timedelta(hours=hours)
        memory = review(memory, verdict, hints, at)
        day = at.replace(hour=0)
        card, _ = REFERENCE.review_card(card, RATINGS[verdict, hints], day)
        assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
        assert (memory.due_at, memory.last_review_at) == (card.due, at)
        later = REFERENCE.get_card_retrievability(card, day + timedelta(days=9))
        assert recall(memory, at + timedelta(days=9)) == later
    assert memory.reviews == len(history)


def test_a_late_message_is_no_journey_back():
    """An answer from before the last one counts as given with it."""
    memory = review(None, Verdict.RIGHT, 0, NOON)
    late = review(memory, Verdict.RIGHT, 0, NOON - timedelta(days=3))
    assert late == review(memory, Verdict.RIGHT, 0, NOON)


def test_a_word_is_due_a_day_before_it_falls_below_nine_of_ten():
    """A word known well is not due at once; it is once its chance falls below 0.9 tomorrow."""
    memory = review(review(None, Verdict.RIGHT, 0, NOON), Verdict.RIGHT, 0, NOON)
    assert not is_due(memory, NOON)
    days = next(n for n in range(1, 99) if recall(memory, NOON + timedelta(days=n)) < 0.9)
    assert is_due(memory, NOON + timedelta(days=days - 1))
    assert not is_due(memory, NOON + timedelta(days=days - 2))
