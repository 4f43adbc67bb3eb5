"""What a quiz changes: rating, ability, the difficulty of its words, how well they are remembered.

The same steps count a quiz when it ends and recompute everything from the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from gradeline.records.vocabulary import Estimate, Memory
from gradeline.vocabulary import elo, memory
from gradeline.vocabulary.level import LearnerLevel
from gradeline.vocabulary.rating import CountedAnswer, quiz_weight


@dataclass(frozen=True, kw_only=True)
class LearnerState:
    """What the quizzes of a learner told so far, but for the days of activity."""

    level: LearnerLevel
    rating: int = 0
    ability: Estimate = elo.PRIOR
    ability_at: datetime | None = None  #: of the newest answer it was rated by
    answers: int = 0
    right_answers: int = 0
    quizzes: int = 0


@dataclass(frozen=True, kw_only=True)
class QuizOutcome:
    """A learner, the words of a quiz and the memory of them after the quiz."""

    learner: LearnerState
    weight: int
    words: Mapping[int, Estimate] = field(default_factory=dict)  #: by word_id
    memories: Mapping[int, Memory] = field(default_factory=dict)  #: by word_id


def settle(
    learner: LearnerState,
    words: Mapping[int, Estimate],
    memories: Mapping[int, Memory],
    answers: Sequence[CountedAnswer],
) -> QuizOutcome:
    """Return what a quiz changes, all but the level.

    Args:
        learner: before the quiz.
        words: word_id → its difficulty before; of all words answered.
        memories: word_id → its memory before; of those answered before.
        answers: of the quiz, by their position.
    """
    ability, at = learner.ability, learner.ability_at
    rated: dict[int, Estimate] = {}
    kept: dict[int, Memory] = {}
    for one in answers:
        known = memories.get(one.word_id)
        if at is not None:
            ability = elo.pass_days(ability, (one.at - at) / timedelta(days=1))
        at = one.at if at is None else max(at, one.at)
        told = elo.RatedAnswer(
            correct=one.verdict.is_right,
            guess=one.guess,
            times=(known.reviews if known else 0) + 1,
        )
        ability, rated[one.word_id] = elo.rate(ability, words[one.word_id], told)
        kept[one.word_id] = memory.review(known, one.verdict, one.hints, one.at)
    weight = quiz_weight(answers)
    after = LearnerState(
        level=learner.level,
        rating=learner.rating + weight,
        ability=ability,
        ability_at=at,
        answers=learner.answers + len(answers),
        right_answers=learner.right_answers + sum(one.verdict.is_right for one in answers),
        quizzes=learner.quizzes + bool(answers),
    )
    return QuizOutcome(learner=after, weight=weight, words=rated, memories=kept)


def streaks(days: Sequence[date]) -> tuple[int, int]:
    """Return the length of the last run of days in a row, and of the longest one.

    Args:
        days: school days with an answer, each once, the earliest first.
    """
    run = longest = 0
    before: date | None = None
    for day in days:
        run = run + 1 if before is not None and day - before == timedelta(days=1) else 1
        longest, before = max(longest, run), day
    return run, longest
