"""Practising: questions, answers, hints, the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.entrypoints.bot.rig import Rig

from gradeline.entrypoints.bot.texts.quiz import letters
from gradeline.records.vocabulary import AskedQuestion, Direction, QuestionKind, Quiz
from gradeline.warehouse import Role
from gradeline.warehouse.vocabulary import clients, practice


def open_quiz(rig: Rig, chat: int) -> Quiz | None:
    """The quiz of a chat."""
    with rig.parts.database.connect(Role.APP) as connection:
        clients.show_only_chat(connection, chat)
        client = clients.find_client(connection, chat)
        assert client is not None
        return practice.open_quiz(connection, client.client_id)


def asked(rig: Rig, person) -> AskedQuestion:
    """The question that is open."""
    quiz = open_quiz(rig, person.profile.user_id)
    assert quiz is not None
    assert quiz.next is not None
    return quiz.next


def answer(rig: Rig, person, *, right: bool = True) -> str:
    """Answer the open question, by its button where it has options."""
    question = asked(rig, person)
    if not question.options:
        return rig.tell(person, question.expected[0] if right else "xyz")
    place = question.options.index(question.expected[0])
    return rig.press(person, question.options[place if right else place - 1])


def answer_later(rig: Rig, person, *, right: bool) -> str:
    """Answer after twenty seconds."""
    rig.wait(seconds=20)
    return answer(rig, person, right=right)


def answer_in_writing(rig: Rig, person, change: Callable[[str], str]) -> str:
    """Answer the next question that is to be answered in writing; what is said of it."""
    question = until_typed(rig, person)
    said = rig.tell(person, change(question.expected[0])).partition(":")[0]
    if open_quiz(rig, person.profile.user_id) is None:
        rig.tell(person, "/quiz")
    return said


def until_typed(rig: Rig, person) -> AskedQuestion:
    """Practise until a question is to be answered in writing."""
    while asked(rig, person).options:
        answer(rig, person)
        if open_quiz(rig, person.profile.user_id) is None:
            rig.tell(person, "/quiz")
    return asked(rig, person)


@pytest.fixture
def practised(rig: Rig):
    """Somebody who has answered for some days, so that words are asked in writing, too."""
    person = rig.learner()
    for _ in range(3):
        rig.tell(person, "/quiz")
        while open_quiz(rig, person.profile.user_id) is not None:
            answer(rig, person)
        rig.wait(days=1)
    rig.tell(person, "/quiz")
    return person


def test_a_quiz_ends_with_what_it_changed(rig):
    """Right answers, time, rating, level and days in a row."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    last = [answer_later(rig, person, right=right) for right in (False, True, True, True)][-1]
    assert last.splitlines() == [
        "🏁 Done!",
        "Right answers: 3 of 4",
        "Time: 1 min 20 s",
        "Rating: 3 (+3)",
        "Level: A1; to the next one: 197",
        "🔥 1 day in a row",
    ]


def test_a_wrong_choice_shows_the_right_answer_in_place(rig):
    """The question loses its buttons and says what would have been right."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    question = asked(rig, person)
    answer(rig, person, right=False)
    told = person.arrived[-2]
    assert f"❌ Not right. The answer is: {question.prompt} — {question.expected[0]}" in told.text
    assert told.buttons == ()


def test_a_button_counts_once(rig):
    """A second finger on the same question changes nothing."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    message = person.last
    person.press(message.buttons[0][0], message)
    person.press(message.buttons[0][1], message)
    rig.turn()
    assert asked(rig, person).position == 2
    assert "You have already answered this question." in rig.twin.toasts


def test_a_button_of_an_old_quiz_says_that_it_is_over(rig):
    """A quiz that was ended takes no answers."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    old = person.last
    rig.press(person, "Finish")
    person.press(old.buttons[0][0], old)
    rig.turn()
    assert rig.twin.toasts[-1] == "This quiz is over."


def test_a_hint_takes_half_of_the_wrong_options_and_is_counted(rig):
    """The right one stays, and there is one hint for a choice."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    rig.press(person, "Hint")
    question = asked(rig, person)
    shown = [one.text for row in person.last.buttons for one in row]
    assert question.hints == 1
    assert question.expected[0] in shown
    assert len([text for text in shown if text in question.options]) == 2
    assert not any("Hint" in text for text in shown)


def test_quiz_goes_on_where_it_was(rig):
    """`/quiz` in the middle asks the open question again."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    answer(rig, person)
    again = rig.tell(person, "/quiz")
    assert again.startswith("Back to where you left off.\n\nQuestion 2 of 4")


def test_a_choice_keeps_the_verdict_above_it(rig):
    """What was said of the answer before stays in the message when the next one is chosen."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    before = rig.tell(person, "xyz").partition("\n\n")[0]
    answer(rig, person)
    assert before.startswith("❌ Not right.")
    assert person.arrived[-2].text.startswith(f"{before}\n\nQuestion 2")


@pytest.mark.parametrize(
    ("answer", "hints", "shown"),
    [
        ("el espejo", 1, "el e·····"),
        ("el espejo", 2, "el esp···"),
        ("кот, кошка", 1, "к··"),
        ("да", 2, "да"),
    ],
)
def test_a_hint_shows_letters(answer, hints, shown):
    """The article and a letter, then half of the word; of several translations the first."""
    question = AskedQuestion(
        word_id=1,
        direction=Direction.RU2ES,
        kind=QuestionKind.TYPED,
        prompt="?",
        expected=(answer,),
        activity_id=1,
        position=1,
        asked_at=None,
        hints=hints,
    )
    assert letters(question) == shown


def test_a_commands_help_is_a_word_away(rig):
    """A text outside a quiz is looked up, and what is not found gets an explanation."""
    person = rig.learner()
    assert rig.tell(person, "perro") == "In the dictionary:\nel perro — собака"
    assert "/quiz — Practise words" in rig.tell(person, "qwerty")


def test_written_answers_forgive_accents_and_typos_and_say_so(rig, practised):
    """An accent does not count, a typo is told apart from a wrong word."""
    assert answer_in_writing(rig, practised, str.upper) == "✅ Right"
    typo = answer_in_writing(rig, practised, lambda right: f"{right}{right[-1]}")
    assert typo == "✅ Right, apart from a typo. The spelling is"
    assert answer_in_writing(rig, practised, lambda _: "zzz") == "❌ Not right. The answer is"
