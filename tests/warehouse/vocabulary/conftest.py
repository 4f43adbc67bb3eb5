"""A school with a small dictionary, and learners who practise with the bot."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from gradeline.records.vocabulary import Answer, Client, NewClient, QuizResult, Verdict
from gradeline.vocabulary.questions import make_questions
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.vocabulary import clients, dictionary, practice

MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
ZONE = "Europe/Madrid"
WORDS = [
    ("la casa", "дом", "A1", "home"),
    ("el hogar", "дом, очаг", "A2", "home"),
    ("el perro", "собака", "A1", "animals"),
    ("el gato", "кот, кошка", "A1", "animals"),
    ("el pájaro", "птица", "A1", "animals"),
    ("el caballo", "лошадь, конь", "A2", "animals"),
    ("el árbol", "дерево", "A1", "nature"),
    ("el río", "река", "A1", "nature"),
    ("la montaña", "гора", "A2", "nature"),
    ("la niebla", "туман", "B1", "nature"),
]


@dataclass(frozen=True)
class School:
    """The bot's way into the database, a chat at a time."""

    database: Database

    @contextmanager
    def chat(self, chat_id: int) -> Iterator[Connection]:
        """A transaction in which the bot answers a chat."""
        with self.database.connect(Role.APP) as connection:
            clients.show_only_chat(connection, chat_id)
            yield connection

    def meet(self, chat_id: int) -> Client:
        """The learner of a chat, met now."""
        with self.chat(chat_id) as connection:
            return clients.add_client(connection, NewClient(chat_id=chat_id, language="ru"))

    def practise(
        self,
        client: Client,
        at: datetime = MONDAY,
        verdict: Callable[[int], Verdict] = lambda _: Verdict.RIGHT,
        count: int = 5,
    ) -> QuizResult:
        """A quiz of that learner from its beginning to its end, answered at one instant."""
        with self.chat(client.chat_id) as connection:
            pool = practice.candidates(connection, client.client_id, at)
            questions = make_questions(pool, count, random.Random(1))
            quiz = practice.start_quiz(connection, client.client_id, questions, at, ZONE)
            for one in quiz.questions:
                answer = Answer(text="x", verdict=verdict(one.position), at=at, duration_ms=1500)
                practice.note_answer(connection, quiz.activity_id, one.position, answer)
            return practice.finish_quiz(connection, quiz.activity_id, at, ZONE)


@pytest.fixture
def school(warehouse: Database) -> School:
    """A school with ten words."""
    with warehouse.connect() as connection:
        entries = [
            dictionary.NewEntry(word=word, translation=translation, level=level, category=category)
            for word, translation, level, category in WORDS
        ]
        dictionary.add_entries(connection, entries)
    return School(warehouse)
