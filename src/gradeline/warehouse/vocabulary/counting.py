"""What a quiz changes, stored with its end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gradeline.records.vocabulary import (
    Estimate,
    LevelChange,
    Memory,
    QuestionKind,
    StudyLevel,
    Verdict,
)
from gradeline.vocabulary import elo
from gradeline.vocabulary.level import (
    LAST_ANSWERS,
    LearnerLevel,
    RecentAnswers,
    reach_level,
    step_level,
)
from gradeline.vocabulary.rating import CountedAnswer
from gradeline.vocabulary.settle import LearnerState, settle, streaks
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query
from gradeline.warehouse.vocabulary.words import levels, memory_of

_FILE = "vocabulary_quizzes"


def count_quiz(
    connection: Connection, activity_id: int, client_id: int, at: datetime, zone: str
) -> LevelChange | None:
    """End an open quiz and store what its answers change; return the step of the level, if any.

    The learner is locked, then the words in their order, then the quiz takes its number: of two
    quizzes that share one of these, the later one has the larger number, and `recompute` counts
    them in that order.
    """
    all_levels = levels(connection)
    answers = _answers(connection, activity_id)
    before = _lock_learner(connection, client_id, all_levels)
    words = _lock_words(connection, answers)
    memories = _memories(connection, client_id, list(words))
    outcome = settle(before, words, memories, answers)
    ended = {"activity_id": activity_id, "at": at, "weight": outcome.weight}
    connection.execute(query(_FILE, "end"), ended)
    today = at.astimezone(ZoneInfo(zone)).date()
    recent = recent_answers(connection, [client_id]).get(client_id, {})
    reached = reach_level(all_levels, outcome.learner.rating, recent)
    level = step_level(all_levels, before.level, reached, today)
    days = [row[0] for row in connection.execute(*_days(client_id, zone))]
    put_words(connection, outcome.words)
    put_memories(connection, client_id, outcome.memories)
    put_learner(connection, client_id, replace(outcome.learner, level=level), days, at)
    if level == before.level:
        return None
    return LevelChange(
        client_id=client_id, before=before.level.level_id, after=level.level_id, on=today
    )


def recent_answers(
    connection: Connection, client_ids: Collection[int]
) -> Mapping[int, Mapping[int, RecentAnswers]]:
    """Return the last answers of learners: client_id → level → of it and all lower ones."""
    values = {"client_ids": list(client_ids), "last": LAST_ANSWERS}
    found: dict[int, dict[int, RecentAnswers]] = {}
    for client_id, level_id, answers, right in connection.execute(query(_FILE, "recent"), values):
        known = found.setdefault(client_id, {})
        known[level_id] = RecentAnswers(answers=answers, right=right)
    return found


def put_words(connection: Connection, rated: Mapping[int, Estimate]) -> None:
    """Store the difficulty of words, each after one more answer."""
    rows = [{"word_id": word_id, **asdict(one)} for word_id, one in rated.items()]
    with connection.cursor() as cursor:
        cursor.executemany(query(_FILE, "put_word"), rows)


def put_memories(connection: Connection, client_id: int, memories: Mapping[int, Memory]) -> None:
    """Store how well a learner remembers words."""
    rows = [
        {"client_id": client_id, "word_id": word_id, **asdict(one)}
        for word_id, one in memories.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(query(_FILE, "put_memory"), rows)


def put_learner(
    connection: Connection,
    client_id: int,
    learner: LearnerState,
    days: Sequence[date],
    at: datetime,
) -> None:
    """Store the figures of a learner.

    Args:
        connection: may write them.
        client_id: of the learner.
        learner: after all quizzes counted.
        days: school days with an answer, the earliest first.
        at: now.
    """
    run, longest = streaks(days)
    values = {
        "client_id": client_id,
        "rating": learner.rating,
        "level_id": learner.level.level_id,
        "changed_on": learner.level.changed_on,
        **asdict(learner.ability),
        "ability_at": learner.ability_at,
        "answers": learner.answers,
        "right_answers": learner.right_answers,
        "quizzes": learner.quizzes,
        "streak": run,
        "longest": longest,
        "last_active_on": days[-1] if days else None,
        "at": at,
    }
    connection.execute(query(_FILE, "put_learner"), values)


def counted_answer(row: Sequence[Any]) -> CountedAnswer:
    """Return the answer in a row of `answers`."""
    word_id, level_id, weight, kind, options, verdict, hints, at = row
    return CountedAnswer(
        word_id=word_id,
        level_id=level_id,
        weight=weight,
        kind=QuestionKind(kind),
        options=options,
        verdict=Verdict(verdict),
        hints=hints,
        at=at,
    )


def _answers(connection: Connection, activity_id: int) -> list[CountedAnswer]:
    rows = connection.execute(query(_FILE, "answers"), {"activity_id": activity_id})
    return [counted_answer(row) for row in rows]


def _lock_learner(
    connection: Connection, client_id: int, all_levels: Sequence[StudyLevel]
) -> LearnerState:
    new = {"client_id": client_id, "level_id": all_levels[0].level_id, **asdict(elo.PRIOR)}
    connection.execute(query(_FILE, "meet_learner"), new)
    ((rating, level_id, changed_on, mean, variance, at, answers, right, quizzes),) = (
        connection.execute(query(_FILE, "lock_learner"), {"client_id": client_id}).fetchall()
    )
    return LearnerState(
        level=LearnerLevel(level_id=level_id, changed_on=changed_on),
        rating=rating,
        ability=Estimate(mean=mean, variance=variance),
        ability_at=at,
        answers=answers,
        right_answers=right,
        quizzes=quizzes,
    )


def _lock_words(connection: Connection, answers: Sequence[CountedAnswer]) -> Mapping[int, Estimate]:
    priors = {one.word_id: elo.word_prior(one.level_id) for one in answers}
    new = {
        "word_ids": list(priors),
        "means": [one.mean for one in priors.values()],
        "variances": [one.variance for one in priors.values()],
    }
    connection.execute(query(_FILE, "meet_words"), new)
    rows = connection.execute(query(_FILE, "lock_words"), {"word_ids": list(priors)})
    return {word_id: Estimate(mean=mean, variance=variance) for word_id, mean, variance in rows}


def _memories(
    connection: Connection, client_id: int, word_ids: Sequence[int]
) -> Mapping[int, Memory]:
    values = {"client_id": client_id, "word_ids": list(word_ids)}
    rows = connection.execute(query(_FILE, "memories"), values)
    return {row[0]: memory_of(row[1:]) for row in rows}


def _days(client_id: int, zone: str) -> tuple[Any, dict[str, object]]:
    return query(_FILE, "active_days"), {"client_id": client_id, "zone": zone}
