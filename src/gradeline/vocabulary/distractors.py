"""Wrong options of a choice: words that could be meant and are not right."""

from __future__ import annotations

import random
from collections.abc import Iterable

from gradeline.records.vocabulary import Direction, PoolWord
from gradeline.vocabulary.spelling import key, split_answers


def answer_text(word: PoolWord, direction: Direction) -> str:
    """Return the text of a word in the language of the answer."""
    return word.translation if direction is Direction.ES2RU else word.word


def distractors(
    word: PoolWord,
    direction: Direction,
    words: Iterable[PoolWord],
    count: int,
    chance: random.Random,
) -> list[str]:
    """Return wrong options, at most `count`, none of them twice.

    Words of the same level and category come first, then the same level, then the same category.
    A word that shares a spelling or a translation with the asked one, or with such a word, is a
    synonym and may be right; it is left out, and so is every text that is right.

    Args:
        word: that is asked.
        direction: of the question.
        words: of the dictionary.
        count: how many options.
        chance: chooses among words that are equally near.
    """
    words = list(words)
    right = {key(answer) for answer in right_answers(word, direction, words)}
    family = [word, *(other for other in words if is_related(word, other))]
    near = sorted(
        (
            other
            for other in words
            if right.isdisjoint(_answer_keys(other, direction))
            and not any(is_related(one, other) for one in family)
        ),
        key=lambda other: (
            (other.level_id != word.level_id) * 2 + (other.category != word.category),
            chance.random(),
        ),
    )
    found: dict[str, str] = {}
    for other in near:
        text = answer_text(other, direction)
        found.setdefault(key(text), text)
        if len(found) == count:
            break
    return list(found.values())


def is_related(word: PoolWord, other: PoolWord) -> bool:
    """Whether two entries share a spelling or a translation, so that one may be right for both."""
    return bool(
        set(word.keys) & set(other.keys) or set(word.translation_keys) & set(other.translation_keys)
    )


def right_answers(
    word: PoolWord, direction: Direction, words: Iterable[PoolWord]
) -> tuple[str, ...]:
    """Return all texts that are right: the entry's own first, its parts, those of other entries.

    Args:
        word: that is asked.
        direction: of the question.
        words: of the dictionary; those that are the same in the language of the question count.
    """
    own = answer_text(word, direction)
    texts = [own, *split_answers(own)]
    asked = _asked_keys(word, direction)
    for other in words:
        if asked & _asked_keys(other, direction):
            texts += split_answers(answer_text(other, direction))
    return tuple(dict.fromkeys(texts))


def _answer_keys(word: PoolWord, direction: Direction) -> tuple[str, ...]:
    return word.translation_keys if direction is Direction.ES2RU else word.keys


def _asked_keys(word: PoolWord, direction: Direction) -> set[str]:
    return set(word.keys if direction is Direction.ES2RU else word.translation_keys)
