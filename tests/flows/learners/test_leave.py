"""Who practised with the vocabulary bot can be exported, and is erased when they leave."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest

from gradeline.flows.learners.export import export_learner
from gradeline.flows.learners.leave import erase_one_who_left
from gradeline.records.vocabulary import Answer, NewClient, Verdict
from gradeline.vocabulary.questions import make_questions
from gradeline.warehouse import Role
from gradeline.warehouse.vocabulary import clients, dictionary, practice

from .conftest import no_progress, terms

#: Half a minute of a processor: `make prove` runs it.
pytestmark = pytest.mark.slow

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
TABLES = (
    *("client_info", "client_groups", "client_activity_log", "client_activity_words"),
    *("client_analytics", "client_word_memory"),
)


def practise(parts, chat_id: int) -> None:
    """A learner joins a group and answers two questions."""
    with parts.database.connect(Role.APP) as connection:
        clients.show_only_chat(connection, chat_id)
        new = NewClient(chat_id=chat_id, name=f"Name {chat_id}", language="ru")
        client_id = clients.add_client(connection, new).client_id
        clients.join_group(connection, "go", NOON)
        pool = practice.candidates(connection, client_id, NOON)
        questions = make_questions(pool, 2, random.Random(1))
        quiz = practice.start_quiz(connection, client_id, questions, NOON, "UTC")
        for position in (1, 2):
            answer = Answer(text=f"said by {chat_id}", verdict=Verdict.RIGHT, at=NOON)
            practice.note_answer(connection, quiz.activity_id, position, answer)
        practice.finish_quiz(connection, quiz.activity_id, NOON, "UTC")


def test_who_leaves_the_bot_is_erased_with_all_they_practised(school, tmp_path):
    """Before it, an export has it all; after it, words are rated by the others alone."""
    with school.database.connect() as connection:
        entries = [("sol", "солнце"), ("luna", "луна")]
        new = [dictionary.NewEntry(word=w, translation=t, level="A1") for w, t in entries]
        dictionary.add_entries(connection, new)
        group = clients.JoinedGroup(group_id="c1/all", name="Evening")
        clients.add_code(connection, "go", group, created_by="test")
    practise(school, 1)
    practise(school, 2)
    folder = export_learner(school, "vocabulary:1", tmp_path / "out", no_progress).folder
    assert {table: len(json.loads((folder / f"{table}.json").read_text())) for table in TABLES} == {
        **dict.fromkeys(TABLES, 1),
        "client_activity_words": 2,
        "client_word_memory": 2,
    }
    assert not erase_one_who_left(school, terms(), no_progress, print)
    with school.database.connect(Role.APP) as connection:
        clients.show_only_chat(connection, 1)
        assert clients.stop_client(connection, NOON)
    assert erase_one_who_left(school, terms(), no_progress, print)
    assert not erase_one_who_left(school, terms(), no_progress, print)
    with school.database.connect() as connection:
        left = [
            connection.execute(f"select distinct client_id from {table}".encode()).fetchall()
            for table in TABLES
        ]
        rated = connection.execute("select distinct answers from word_difficulty").fetchall()
    assert left == [[(2,)]] * len(TABLES)
    assert rated == [(1,)]
