"""Which words a quiz asks, and with which options."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.records.vocabulary import Direction, Memory, PoolWord, QuestionKind, WordPool
from gradeline.vocabulary.choose import choose_words
from gradeline.vocabulary.distractors import distractors, is_related
from gradeline.vocabulary.questions import make_questions
from gradeline.vocabulary.spelling import key, keys

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def remembered(days: float, ago: int = 1, reviews: int = 3) -> Memory:
    """The memory of a word that is due so many days after its last answer."""
    last = NOON - timedelta(days=ago)
    return Memory(
        stability=days,
        difficulty=5.0,
        last_review_at=last,
        due_at=last + timedelta(days=days),
        reviews=reviews,
    )


def entry(number: int, word: str, translation: str, **more: object) -> PoolWord:
    """An entry of the dictionary, of level A1 and no category, never asked."""
    values = {"level_id": 1, "category": None, "difficulty": -1.0, "memory": None} | more
    return PoolWord(
        word_id=number,
        word=word,
        translation=translation,
        keys=keys(word),
        translation_keys=keys(translation),
        **values,
    )


def pool(*words: PoolWord, others: tuple[PoolWord, ...] = ()) -> WordPool:
    """A pool for a learner of level A1 and middling ability."""
    return WordPool(at=NOON, level_id=1, ability=0.0, words=words, others=others)


def test_what_is_about_to_be_forgotten_comes_first():
    """Then new words of the level, then words known well, then new words of higher levels."""
    words = [
        entry(1, "uno", "один", memory=remembered(days=400)),
        entry(2, "dos", "два", memory=remembered(days=5, ago=9)),
        entry(3, "tres", "три", level_id=2),
        entry(4, "cuatro", "четыре"),
        entry(5, "cinco", "пять", memory=remembered(days=5, ago=90)),
    ]
    chosen = choose_words(pool(*words), 9, random.Random(1))
    assert [word.word_id for word in chosen] == [5, 2, 4, 1, 3]


def test_new_words_fit_the_ability():
    """Of many new words those are asked of which about seven of ten are known."""
    words = [entry(n, f"w{'abcdefghij'[n]}", f"слово{n}", difficulty=n - 5.0) for n in range(10)]
    chosen = choose_words(pool(*words), 3, random.Random(1))
    assert {word.difficulty for word in chosen} == {-2.0, -1.0, 0.0}


@given(seed=st.integers(0, 10**6), count=st.integers(1, 12))
def test_no_word_is_asked_twice(seed, count):
    """Nor are two entries that look alike in either language."""
    words = [
        entry(1, "el pueblo", "деревня"),
        entry(2, "el pueblo", "народ"),
        entry(3, "la mañana", "утро"),
        entry(4, "mañana", "завтра"),
        entry(5, "el coche", "машина"),
        entry(6, "la máquina", "машина"),
    ]
    questions = make_questions(pool(*words), count, random.Random(seed))
    prompts = [key(one.prompt) for one in questions]
    assert len(set(prompts)) == len(prompts) == min(count, 3)


DICTIONARY = [
    entry(1, "la casa", "дом", category="home"),
    entry(2, "el hogar", "дом, очаг", category="home"),
    entry(3, "la casa", "жилище", category="home"),
    entry(4, "la vivienda", "жилище, жильё", category="home"),
    entry(5, "la mesa", "стол", category="home"),
    entry(6, "la silla", "стул", category="home"),
    entry(7, "el perro", "собака", category="animals"),
    entry(8, "el juez", "судья", category="home", level_id=3),
    entry(9, "el mueble", "стол", category="home"),
]


@pytest.mark.parametrize("direction", Direction)
def test_wrong_options_are_near_and_never_right(direction):
    """Same level and category first; no synonym, nothing that is right for another meaning."""
    options = distractors(DICTIONARY[0], direction, DICTIONARY, 9, random.Random(3))
    assert {"дом", "очаг", "жилище", "la casa", "el hogar"}.isdisjoint(options)
    assert set(options[:2]) <= {"стол", "стул", "la mesa", "la silla", "el mueble"}
    assert len(set(options)) == len(options)
    assert is_related(DICTIONARY[0], DICTIONARY[1])


def right_options(question) -> list[str]:
    """The options that are among the right answers."""
    right = {one for answer in question.expected for one in keys(answer)}
    return [option for option in question.options if right & set(keys(option))]


@given(seed=st.integers(0, 10**6))
def test_a_choice_has_one_right_option(seed):
    """Whatever is drawn, just one option is among the right answers."""
    questions = make_questions(pool(*DICTIONARY), 5, random.Random(seed))
    assert {question.kind for question in questions} == {QuestionKind.CHOICE}
    assert [right_options(question) for question in questions] == [
        [question.expected[0]] for question in questions
    ]


def test_a_word_is_recognised_then_chosen_then_typed():
    """New: from Spanish among options; once answered: into Spanish; after two answers: typed."""
    first, second, third = (
        entry(n, word, translation, memory=remembered(5, 9, reviews) if reviews else None)
        for n, word, translation, reviews in (
            (1, "uno", "один", 0),
            (2, "dos", "два", 1),
            (3, "tres", "три", 2),
        )
    )
    asked = make_questions(pool(first, second, third), 3, random.Random(2))
    kinds = {one.word_id: (one.kind, one.direction) for one in asked}
    assert kinds[1] == (QuestionKind.CHOICE, Direction.ES2RU)
    assert kinds[2] == (QuestionKind.CHOICE, Direction.RU2ES)
    assert kinds[3][0] is QuestionKind.TYPED
