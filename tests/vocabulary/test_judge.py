"""What an answer is worth, as a table."""

from __future__ import annotations

import pytest

from gradeline.records.vocabulary import Direction, NewQuestion, QuestionKind, Verdict
from gradeline.vocabulary.judge import judge
from gradeline.vocabulary.spelling import distance, key, keys, split_answers

#: What is asked for, what is answered, what it is worth.
ANSWERS = """
la casa          | la casa          | right
la casa          | casa             | right
la casa          | una casa         | right
la casa          | LA  Casa!        | right
la casa          | el casa          | typo
la casa          | cas              | typo
la casa          | caza             | wrong
la casa          | perro            | wrong
el árbol         | arbol            | accent
el árbol         | el arból         | accent
el árbol         | el abrol         | typo
el año           | ano              | accent
el niño          | NIÑO             | right
por qué          | porque           | typo
por qué          | ¿Por qué?        | right
la contaminación | contaminasion    | typo
la contaminación | contaminacoin    | typo
la contaminación | contamincoin     | typo
la contaminación | contamicon       | wrong
sí               | si               | accent
sí               | so               | wrong
sol              | sal              | wrong
кот, кошка       | кошка            | right
кот, кошка       | кошка, кот       | right
кот, кошка       | кот/собака       | wrong
кот, кошка       | Кот.             | right
дом; здание      | здание           | right
ребёнок          | ребенок          | right
ребенок          | РЕБЁНОК          | right
лёгкий (по весу) | легкий           | right
мой              | мои              | wrong
домо́й            | домой            | accent
кино             |                  | wrong
кино             | (кино)           | wrong
"""


def ask(expected: str, kind: QuestionKind = QuestionKind.TYPED) -> NewQuestion:
    """A question with one right answer."""
    return NewQuestion(
        word_id=1, direction=Direction.RU2ES, kind=kind, prompt="?", expected=(expected,)
    )


@pytest.mark.parametrize("line", ANSWERS.strip().splitlines())
def test_an_answer_is_worth_what_the_table_says(line):
    """Case, articles, punctuation and ё do not matter; accents and typos are forgiven and said."""
    right, given, worth = (cell.strip() for cell in line.split("|"))
    assert judge(given, ask(right), {"caza"}.__contains__) is Verdict(worth)


def test_a_choice_is_right_or_wrong():
    """No option is nearly right."""
    question = ask("кот, кошка", QuestionKind.CHOICE)
    assert judge("кот, кошка", question, bool) is Verdict.RIGHT
    assert judge("кот", question, bool) is Verdict.WRONG


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [("", "", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("kitten", "sitting", 3), ("ca", "abc", 3)],
)
def test_edits_are_counted_as_far_as_they_matter(left, right, edits):
    """Missing, added, wrong and swapped letters count one each, up to the most that is asked."""
    assert distance(left, right, 3) == edits
    assert distance(left, right, 1) == min(edits, 2)


def test_a_text_lists_answers_that_are_compared_by_their_keys():
    """Brackets explain, an article alone is no answer, й is not и with an accent."""
    assert split_answers("el/la estudiante, (раз) alumno") == ("la estudiante", "alumno")
    assert keys("la Canción; чай (горячий)") == ("cancion", "чай")
    assert key("и\u0306") == "й"
