"""`/quiz`: questions, answers, hints, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from gradeline.entrypoints.bot.keyboards import menu
from gradeline.entrypoints.bot.keyboards.buttons import (
    EndButton,
    HintButton,
    OptionButton,
    QuizButton,
)
from gradeline.entrypoints.bot.keyboards.quiz import below_question, has_hint
from gradeline.entrypoints.bot.states.quiz import Quiz as QuizStates
from gradeline.entrypoints.bot.talk import Talk
from gradeline.entrypoints.bot.texts import quiz as texts
from gradeline.records.vocabulary import Answer, AskedQuestion, Quiz, Verdict
from gradeline.vocabulary.questions import make_questions
from gradeline.warehouse.vocabulary import analytics, practice, words

#: Whoever answers later than that did something else meanwhile.
_LONGEST = timedelta(minutes=10)
#: Where the data of the conversation keep what stands before the open question.
_BEFORE = "before"
#: Characters of an answer that are kept.
_ANSWER = 200


def router() -> Router:
    """Return what takes `/quiz`, answers, hints and the end."""
    made = Router(name="quiz")
    made.message.register(_command, Command("quiz"))
    made.callback_query.register(_button, QuizButton.filter())
    made.callback_query.register(_choose, OptionButton.filter())
    made.callback_query.register(_hint, HintButton.filter())
    made.callback_query.register(_end, EndButton.filter())
    made.message.register(
        _write, StateFilter(QuizStates.answering), F.text, ~F.text.startswith("/")
    )
    return made


async def _command(_message: Message, talk: Talk, state: FSMContext) -> None:
    await _begin(talk, state)


async def _button(query: CallbackQuery, talk: Talk, state: FSMContext) -> None:
    await talk.note_press(query.id)
    await _begin(talk, state)


async def _begin(talk: Talk, state: FSMContext) -> None:
    """Go on with the quiz that is open, or begin one."""
    number = _client_id(talk)
    quiz = await talk.call(practice.open_quiz, number)
    if quiz is not None and quiz.next is not None:
        await _ask(talk, state, quiz, texts.resumed(talk.language))
        return
    pool = await talk.call(words.candidates, number, talk.at)
    questions = make_questions(pool, talk.terms.quiz_words, talk.parts.dice)
    if not questions:
        await talk.say(texts.no_words(talk.language))
        return
    quiz = await talk.call(practice.start_quiz, number, questions, talk.at, talk.terms.zone)
    await _ask(talk, state, quiz)


async def _ask(talk: Talk, state: FSMContext, quiz: Quiz, before: str = "") -> None:
    """Ask the next question."""
    asked = quiz.next
    assert asked is not None  # noqa: S101 - the caller looked
    await state.set_state(QuizStates.answering)
    await state.set_data({_BEFORE: before})
    await talk.call(practice.note_asked, asked.activity_id, asked.position, talk.at)
    text = await _shown(talk, state, quiz, asked)
    await talk.say(text, below_question(talk.language, asked))


async def _shown(talk: Talk, state: FSMContext, quiz: Quiz, asked: AskedQuestion) -> str:
    """Return a question with what stands before it in its message, such as the last verdict."""
    before = (await state.get_data()).get(_BEFORE)
    said = texts.question(talk.language, quiz, asked)
    return f"{before}\n\n{said}" if before else said


async def _choose(
    query: CallbackQuery, callback_data: OptionButton, talk: Talk, state: FSMContext
) -> None:
    quiz = await _quiz_of(talk, callback_data.quiz)
    if quiz is None:
        await talk.note_press(query.id, texts.quiz_over(talk.language))
        return
    asked = quiz.next
    if asked is None or callback_data.position != asked.position:
        await talk.note_press(query.id, texts.already_answered(talk.language))
        return
    given = asked.options[callback_data.option]
    said = await _take_answer(talk, asked, given)
    await talk.note_press(query.id)
    if query.message is not None:
        question = await _shown(talk, state, quiz, asked)
        await talk.change(query.message.message_id, f"{question}\n{said}")
    await _go_on(talk, state)


async def _write(message: Message, talk: Talk, state: FSMContext) -> None:
    quiz = await talk.call(practice.open_quiz, _client_id(talk))
    asked = quiz.next if quiz is not None else None
    if asked is None:
        await state.set_state(None)
        await talk.say(texts.quiz_over(talk.language), menu.practise(talk.language))
        return
    said = await _take_answer(talk, asked, (message.text or "")[:_ANSWER])
    await _go_on(talk, state, said)


async def _take_answer(talk: Talk, asked: AskedQuestion, given: str) -> str:
    """Judge an answer and store it; return what to say of it."""
    worth: Verdict = await talk.call(practice.judge, asked, given)
    answer = Answer(text=given, verdict=worth, at=talk.at, duration_ms=_took_ms(talk, asked))
    await talk.call(practice.note_answer, asked.activity_id, asked.position, answer)
    return texts.verdict(talk.language, asked, given, worth)


async def _go_on(talk: Talk, state: FSMContext, said: str = "") -> None:
    """Ask the next question, or end the quiz."""
    quiz = await talk.call(practice.open_quiz, _client_id(talk))
    if quiz is None:
        return
    if quiz.next is not None:
        await _ask(talk, state, quiz, said)
        return
    await _finish(talk, state, quiz, said)


async def _finish(talk: Talk, state: FSMContext, quiz: Quiz, said: str = "") -> None:
    """End the quiz, and say what it changed."""
    result = await talk.call(practice.finish_quiz, quiz.activity_id, talk.at, talk.terms.zone)
    progress = await talk.call(analytics.progress, _client_id(talk), talk.at, talk.terms.zone)
    await state.clear()
    end = texts.summary(talk.language, result, progress, complete=quiz.next is None)
    text = f"{said}\n\n{end}" if said else end
    await talk.say(text, menu.practise(talk.language))


async def _hint(
    query: CallbackQuery, callback_data: HintButton, talk: Talk, state: FSMContext
) -> None:
    quiz = await _quiz_of(talk, callback_data.quiz)
    asked = quiz.next if quiz is not None else None
    if quiz is None or asked is None or callback_data.position != asked.position:
        await talk.note_press(query.id, texts.already_answered(talk.language))
        return
    if not has_hint(asked):
        await talk.note_press(query.id, texts.no_hint(talk.language))
        return
    await talk.call(practice.note_hint, asked.activity_id, asked.position)
    await talk.note_press(query.id)
    helped = replace(asked, hints=asked.hints + 1)
    if query.message is not None:
        question = await _shown(talk, state, quiz, helped)
        buttons = below_question(talk.language, helped)
        await talk.change(query.message.message_id, question, buttons)


async def _end(
    query: CallbackQuery, callback_data: EndButton, talk: Talk, state: FSMContext
) -> None:
    quiz = await _quiz_of(talk, callback_data.quiz)
    if quiz is None:
        await talk.note_press(query.id, texts.quiz_over(talk.language))
        return
    await talk.note_press(query.id)
    await _finish(talk, state, quiz)


async def _quiz_of(talk: Talk, number: int) -> Quiz | None:
    """Return the open quiz if it has that number; None = that one is over."""
    quiz = await talk.call(practice.open_quiz, _client_id(talk))
    return quiz if quiz is not None and quiz.activity_id == number else None


def _took_ms(talk: Talk, asked: AskedQuestion) -> int | None:
    """Return how long an answer took; None = nobody knows."""
    took = talk.at - asked.asked_at if asked.asked_at is not None else None
    if took is None or not timedelta() <= took <= _LONGEST:
        return None
    return round(took / timedelta(milliseconds=1))


def _client_id(talk: Talk) -> int:
    assert talk.client is not None  # noqa: S101 - whoever has not consented does not come here
    return talk.client.client_id
