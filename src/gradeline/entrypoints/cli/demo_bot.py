"""The demo's vocabulary bot: its dictionary, and people of the school who practised with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from gradeline.base.clock import now
from gradeline.flows.parts import Parts
from gradeline.flows.vocabulary.import_dictionary import ImportFolders, import_dictionary
from gradeline.records.bot_answers import BOT_ANSWERS
from gradeline.records.groups import PEOPLES_GROUPS
from gradeline.records.vocabulary import Answer, Client, JoinedGroup, NewClient, Quiz
from gradeline.sandbox.school.school import School
from gradeline.sandbox.school.vocabulary import (
    QUESTIONS,
    THRESHOLDS,
    Practiser,
    practisers,
    reply,
)
from gradeline.settings import Settings
from gradeline.vocabulary.dictionary import SHIPPED
from gradeline.vocabulary.questions import make_questions
from gradeline.warehouse import Connection, Role
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link
from gradeline.warehouse.vocabulary import clients, practice, words
from gradeline.wiring.home import logs_of


def bring_bot_learners(parts: Parts, school: School, settings: Settings, by: str) -> None:
    """Let people of the school practise, all of them or none; who practised before does nothing.

    They do so by the functions that the bot calls, in the weeks before the demo's last course
    ended.

    Args:
        parts: the wired Gradeline.
        school: whose people they are.
        settings: of the demo.
        by: who links them with the ids that other systems have for them.
    """
    people = practisers(school)
    with parts.database.connect() as connection:
        if clients.ls(connection):
            return
    import_dictionary(
        parts.database,
        [SHIPPED],
        ImportFolders(logs=logs_of(settings)),
        at=now(),
        zone=settings.school_timezone,
        hold_percent=settings.quarantine_hold_percent,
    )
    codes = _add_codes(parts, people, by)
    with parts.database.connect() as connection:
        for level, rating in THRESHOLDS.items():
            words.set_threshold(connection, level, rating)
    with parts.database.connect(Role.APP) as connection:
        known = {one: _practise(connection, one, codes, settings) for one in people}
    with parts.database.connect() as connection:
        made = [
            Link(
                source=BOT_ANSWERS,
                external_id=str(client.client_id),
                learner_id=one.learner.username,
            )
            for one, client in known.items()
            if one.learner is not None
        ]
        links.put(connection, made, by=by)


def _add_codes(parts: Parts, people: Sequence[Practiser], by: str) -> Mapping[str, str]:
    """Store a code for each group of these people; return group → code."""
    groups = sorted({one.group for one in people if one.group is not None})
    codes = {group: f"demo{number}" for number, group in enumerate(groups, 1)}
    with parts.database.connect() as connection:
        for name, code in codes.items():
            group = JoinedGroup(group_id=f"{PEOPLES_GROUPS}:{name}", name=name)
            clients.add_code(connection, code, group, by)
    return codes


def _practise(
    connection: Connection, who: Practiser, codes: Mapping[str, str], settings: Settings
) -> Client:
    """Let somebody meet the bot and answer all their quizzes."""
    clients.show_only_chat(connection, who.chat_id)
    new = NewClient(chat_id=who.chat_id, name=who.name, language=who.language)
    client = clients.add_client(connection, new)
    begins = who.quizzes[0] - timedelta(minutes=5)
    clients.set_minor(connection, client.client_id, is_minor=False)
    clients.give_consent(connection, client.client_id, begins)
    if who.group is not None:
        clients.join_group(connection, codes[who.group], begins)
    for number in range(len(who.quizzes)):
        _answer_quiz(connection, who, client.client_id, number, settings.school_timezone)
    return client


def _answer_quiz(
    connection: Connection, who: Practiser, client_id: int, number: int, zone: str
) -> None:
    """Let somebody answer one of their quizzes, from its first question to its end."""
    dice, at = who.dice(number), who.quizzes[number]
    pool = practice.candidates(connection, client_id, at)
    levels = {word.word_id: word.level_id for word in pool.words}
    questions = make_questions(pool, QUESTIONS, dice)
    quiz: Quiz = practice.start_quiz(connection, client_id, questions, at, zone)
    for question in quiz.questions:
        told = reply(who, question, levels[question.word_id], dice)
        practice.note_asked(connection, quiz.activity_id, question.position, at)
        if told.hint:
            practice.note_hint(connection, quiz.activity_id, question.position)
        at += timedelta(seconds=told.seconds)
        answer = Answer(
            text=told.text,
            verdict=practice.judge(connection, question, told.text),
            at=at,
            duration_ms=round(told.seconds * 1000),
        )
        practice.note_answer(connection, quiz.activity_id, question.position, answer)
        at += timedelta(seconds=1)
    practice.finish_quiz(connection, quiz.activity_id, at, zone)
