"""Quizzes: begun, answered, ended; an end changes rating, level, ability and memory with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from psycopg.rows import dict_row

from gradeline.records.vocabulary import (
    Answer,
    AskedQuestion,
    Direction,
    LevelChange,
    NewQuestion,
    QuestionKind,
    Quiz,
    QuizResult,
    QuizStatus,
    Verdict,
)
from gradeline.vocabulary.judge import judge as judge_answer
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query
from gradeline.warehouse.vocabulary import words
from gradeline.warehouse.vocabulary.counting import count_quiz
from gradeline.warehouse.vocabulary.words import candidates

__all__ = [
    "candidates",
    "finish_quiz",
    "judge",
    "note_answer",
    "note_asked",
    "note_hint",
    "open_quiz",
    "start_quiz",
]

_FILE = "vocabulary_quizzes"


def start_quiz(
    connection: Connection,
    client_id: int,
    questions: Sequence[NewQuestion],
    at: datetime,
    zone: str,
) -> Quiz:
    """Begin a quiz, after the end of the one that is open.

    Args:
        connection: shows the learner of one chat.
        client_id: of that learner.
        questions: at least one, each about another word.
        at: now.
        zone: the school's time zone.
    """
    if before := open_quiz(connection, client_id):
        finish_quiz(connection, before.activity_id, at, zone)
    values = {"client_id": client_id, "at": at, "words_asked": len(questions)}
    ((activity_id,),) = connection.execute(query(_FILE, "start"), values).fetchall()
    rows = [
        {**asdict(one), "activity_id": activity_id, "client_id": client_id, "position": position}
        for position, one in enumerate(questions, 1)
    ]
    for row in rows:
        row["expected"], row["options"] = list(row["expected"]), list(row["options"])
    with connection.cursor() as cursor:
        cursor.executemany(query(_FILE, "ask"), rows)
    quiz = open_quiz(connection, client_id)
    assert quiz is not None  # noqa: S101 - it was just begun
    return quiz


def open_quiz(connection: Connection, client_id: int) -> Quiz | None:
    """Return the quiz of a learner that did not end; None = there is none."""
    row = connection.execute(query(_FILE, "open"), {"client_id": client_id}).fetchone()
    if row is None:
        return None
    activity_id, client_id, started_at, status = row
    cursor = connection.cursor(row_factory=dict_row)
    found = cursor.execute(query(_FILE, "questions"), {"activity_id": activity_id})
    return Quiz(
        activity_id=activity_id,
        client_id=client_id,
        started_at=started_at,
        status=QuizStatus(status),
        questions=tuple(map(_question, found)),
    )


def judge(connection: Connection, question: NewQuestion, text: str) -> Verdict:
    """Return what an answer is worth; a typo that makes another word of the dictionary is wrong.

    Args:
        connection: sees the dictionary.
        question: that is answered.
        text: as the learner wrote it, or the option chosen.
    """
    spanish = question.direction is Direction.RU2ES
    return judge_answer(
        text, question, lambda text_key: words.is_word(connection, text_key, spanish=spanish)
    )


def note_asked(connection: Connection, activity_id: int, position: int, at: datetime) -> None:
    """Note when a question was shown first."""
    values = {"activity_id": activity_id, "position": position, "at": at}
    connection.execute(query(_FILE, "note_asked"), values)


def note_hint(connection: Connection, activity_id: int, position: int) -> None:
    """Count a hint to a question that has no answer."""
    values = {"activity_id": activity_id, "position": position}
    connection.execute(query(_FILE, "note_hint"), values)


def note_answer(connection: Connection, activity_id: int, position: int, answer: Answer) -> bool:
    """Store an answer.

    Returns:
        False = the question was answered before or the quiz ended, and nothing changed.
    """
    values = {"activity_id": activity_id, "position": position, **asdict(answer)}
    return connection.execute(query(_FILE, "note_answer"), values).rowcount == 1


def finish_quiz(connection: Connection, activity_id: int, at: datetime, zone: str) -> QuizResult:
    """End a quiz, and count its answers: rating, level, ability and memory change with it.

    One that ended before stays as it is.

    Args:
        connection: shows the learner of one chat.
        activity_id: of the quiz.
        at: now; a step of the level is of this school day.
        zone: the school's time zone.

    Raises:
        LookupError: there is no such quiz, or it is somebody else's.
    """
    values = {"activity_id": activity_id}
    row = connection.execute(query(_FILE, "lock_quiz"), values).fetchone()
    if row is None:
        raise LookupError(f"There is no quiz {activity_id}.")
    client_id, status = row
    change = None
    if status == QuizStatus.OPEN:
        change = count_quiz(connection, activity_id, client_id, at, zone)
    return _result(connection, activity_id, change)


def _result(connection: Connection, activity_id: int, change: LevelChange | None) -> QuizResult:
    cursor = connection.cursor(row_factory=dict_row)
    row = cursor.execute(query(_FILE, "result"), {"activity_id": activity_id}).fetchone()
    assert row is not None  # noqa: S101 - the quiz was counted
    known: dict[str, Any] = {
        **row,
        "status": QuizStatus(row["status"]),
        "level_change": change,
    }
    return QuizResult(**known)


def _question(row: dict[str, Any]) -> AskedQuestion:
    known = {
        **row,
        "direction": Direction(row["direction"]),
        "kind": QuestionKind(row["kind"]),
        "expected": tuple(row["expected"]),
        "options": tuple(row["options"]),
        "verdict": Verdict(row["verdict"]) if row["verdict"] else None,
    }
    return AskedQuestion(**known)
