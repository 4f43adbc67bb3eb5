"""The questions of a quiz."""

from __future__ import annotations

import random
from collections.abc import Sequence

from gradeline.records.vocabulary import Direction, NewQuestion, PoolWord, QuestionKind, WordPool
from gradeline.vocabulary.choose import choose_words
from gradeline.vocabulary.distractors import answer_text, distractors, right_answers

#: Options of a choice, the right one included.
_OPTIONS = 4


def make_questions(pool: WordPool, count: int, chance: random.Random) -> list[NewQuestion]:
    """Return the questions of a quiz, at most `count`, each about another word.

    A new word is recognised first (a choice, Spanish to Russian), then chosen the other way round;
    after two answers it is typed, either way.

    Args:
        pool: what the words are chosen from.
        count: how many questions.
        chance: shuffles words and options; a seed makes the same quiz again.
    """
    known = [*pool.words, *pool.others]
    return [_ask(word, known, chance) for word in choose_words(pool, count, chance)]


def _ask(word: PoolWord, known: Sequence[PoolWord], chance: random.Random) -> NewQuestion:
    reviews = word.memory.reviews if word.memory else 0
    direction = Direction.ES2RU if reviews == 0 else Direction.RU2ES
    if reviews >= 2:
        direction = chance.choice(tuple(Direction))
    wrong = distractors(word, direction, known, _OPTIONS - 1, chance) if reviews < 2 else []
    right = answer_text(word, direction)
    options = [right, *wrong] if wrong else []
    chance.shuffle(options)
    return NewQuestion(
        word_id=word.word_id,
        direction=direction,
        kind=QuestionKind.CHOICE if options else QuestionKind.TYPED,
        prompt=word.word if direction is Direction.ES2RU else word.translation,
        expected=right_answers(word, direction, known),
        options=tuple(options),
    )
