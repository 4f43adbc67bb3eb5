"""Which words a quiz asks: those about to be forgotten first, then what fits the ability."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from gradeline.records.vocabulary import PoolWord, WordPool
from gradeline.vocabulary.memory import is_due, recall
from gradeline.vocabulary.spelling import key

#: A learner knows words so much easier than the own ability in seven of ten cases: ln(7 / 3).
_EASIER_BY = 0.8473
#: Logits by which chance moves a word in the order, so that not every quiz asks the same.
_SHUFFLED_BY = 0.25


def choose_words(pool: WordPool, count: int, chance: random.Random) -> list[PoolWord]:
    """Return the words of a quiz, the most urgent first, at most `count`.

    First words whose chance of being remembered falls below 0.9 within a day, the lowest first;
    then new words of the learner's level or below whose difficulty fits the ability, so that
    seven of ten are known; then further words asked before, by the same fit; then new words of
    higher levels. No word comes twice, nor two entries that are spelled alike.
    """
    due = [word for word in pool.words if word.memory and is_due(word.memory, pool.at)]
    due.sort(key=lambda word: (_recall(word, pool), word.word_id))
    rest = sorted(
        (word for word in pool.words if word not in due),
        key=lambda word: (_group(word, pool), _misfit(word, pool) + chance.random() * _SHUFFLED_BY),
    )
    return [word for word, _ in zip(_each_once([*due, *rest]), range(count), strict=False)]


def _recall(word: PoolWord, pool: WordPool) -> float:
    return recall(word.memory, pool.at) if word.memory else 0.0


def _group(word: PoolWord, pool: WordPool) -> int:
    if word.memory is not None:
        return 1
    return 0 if word.level_id <= pool.level_id else 2


def _misfit(word: PoolWord, pool: WordPool) -> float:
    return abs(pool.ability - _EASIER_BY - word.difficulty)


def _each_once(words: Iterable[PoolWord]) -> Iterator[PoolWord]:
    seen: set[str] = set()
    for word in words:
        names = {key(word.word), key(word.translation)}
        if not names & seen:
            seen |= names
            yield word
