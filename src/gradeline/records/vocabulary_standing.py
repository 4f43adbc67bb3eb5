"""How far a learner of the vocabulary bot is, for whoever looks after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class VocabularyStanding:
    """What the quizzes of one learner tell."""

    rating: int  #: sum of the weights of words answered right
    level: str  #: its name
    cefr: str
    rating_missing: int | None  #: to the next level; None = it is the highest one
    ability: float  #: logits: a word of equal difficulty is known with chance 0.5
    ability_uncertainty: float  #: half of its 95% interval
    answers: int
    right_answers: int
    quizzes: int
    streak_days: int  #: up to last_active_on
    last_active_on: date | None
