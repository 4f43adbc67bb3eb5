"""Rating: what the words that a learner answered right add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gradeline.records.vocabulary import QuestionKind, Verdict


@dataclass(frozen=True, kw_only=True)
class CountedAnswer:
    """An answer of a quiz that ended, with what the dictionary says about its word."""

    word_id: int
    level_id: int
    weight: int  #: of the word's level
    kind: QuestionKind
    options: int  #: how many there were to choose from; 0 = it was typed
    verdict: Verdict
    hints: int
    at: datetime

    @property
    def guess(self) -> float:
        """The chance to be right without knowing the word."""
        by_options = 1 / self.options if self.options else 0.0
        return max(by_options, 0.5) if self.hints else by_options


def quiz_weight(answers: Iterable[CountedAnswer]) -> int:
    """Return the sum of the weights of words answered right, each word once."""
    weights = {one.word_id: one.weight for one in answers if one.verdict.is_right}
    return sum(weights.values())
