"""Everything that quizzes changed, computed again from the answers."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from gradeline.records.vocabulary import Estimate, Memory, StudyLevel
from gradeline.vocabulary import elo
from gradeline.vocabulary.level import (
    LAST_ANSWERS,
    LearnerLevel,
    RecentAnswers,
    reach_level,
    step_level,
)
from gradeline.vocabulary.rating import CountedAnswer
from gradeline.vocabulary.settle import LearnerState, settle
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query
from gradeline.warehouse.vocabulary.counting import counted_answer, put_learner, put_memories
from gradeline.warehouse.vocabulary.words import levels

_FILE = "vocabulary_levels"

#: An answer in the order of the last ones: when, quiz, position; level, whether it is right.
_Past = tuple[datetime, int, int, int, bool]


@dataclass(kw_only=True)
class _Learner:
    """A learner while quizzes are counted again."""

    state: LearnerState
    memories: dict[int, Memory] = field(default_factory=dict)
    past: list[_Past] = field(default_factory=list)
    days: set[date] = field(default_factory=set)


@dataclass(kw_only=True)
class _School:
    """All learners and words while quizzes are counted again."""

    levels: Sequence[StudyLevel]
    zone: ZoneInfo
    learners: dict[int, _Learner] = field(default_factory=dict)
    words: dict[int, Estimate] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)  #: by word
    weights: dict[int, tuple[int, int]] = field(default_factory=dict)  #: quiz → learner, weight


def recompute(connection: Connection, client_id: int | None, at: datetime, zone: str) -> int:
    """Compute all that quizzes changed again from their answers, and store it.

    Nothing changes by it unless answers were erased or the dictionary or the levels changed.
    Abilities follow from the difficulty of words, which all learners tell, so all quizzes are read
    for one learner too.

    Args:
        connection: writes the figures of all learners.
        client_id: whose figures are stored; None = everybody's, and the difficulty of all words.
        at: now.
        zone: the school's time zone.

    Returns:
        Of how many learners figures were stored.
    """
    connection.execute(query(_FILE, "hold_quizzes"))
    school = _School(levels=levels(connection), zone=ZoneInfo(zone))
    answers = _answers(connection)
    for _, learner_id, activity_id, instant in connection.execute(
        query(_FILE, "events")
    ).fetchall():
        if activity_id is None:
            _update_levels(school, instant)
        else:
            told = answers.get(activity_id, [])
            _count(school, learner_id, activity_id, told, instant)
    stored = [one for one in school.learners if client_id in (None, one)]
    for one in stored:
        _store(connection, one, school.learners[one], at)
    for activity_id, (learner_id, weight) in school.weights.items():
        if learner_id in stored:
            values = {"activity_id": activity_id, "weight": weight}
            connection.execute(query(_FILE, "set_weight"), values)
    if client_id is None:
        connection.execute(query(_FILE, "clear_others"), {"client_ids": stored})
        _store_words(connection, school)
    return len(stored)


def _answers(connection: Connection) -> Mapping[int, Sequence[tuple[int, CountedAnswer]]]:
    """Return the answers of all quizzes by quiz, each with its position."""
    rows: Iterator[Any] = iter(connection.execute(query(_FILE, "all_answers")))
    return {
        activity_id: [(row[1], counted_answer(row[2:])) for row in group]
        for activity_id, group in groupby(rows, key=itemgetter(0))
    }


def _count(
    school: _School,
    client_id: int,
    activity_id: int,
    told: Sequence[tuple[int, CountedAnswer]],
    at: datetime,
) -> None:
    """Count a quiz as its end did."""
    new = LearnerState(level=LearnerLevel(level_id=school.levels[0].level_id))
    learner = school.learners.setdefault(client_id, _Learner(state=new))
    answers = [one for _, one in told]
    words = {
        one.word_id: school.words.get(one.word_id, elo.word_prior(one.level_id)) for one in answers
    }
    outcome = settle(learner.state, words, learner.memories, answers)
    for position, one in told:
        insort(learner.past, (one.at, activity_id, position, one.level_id, one.verdict.is_right))
        learner.days.add(one.at.astimezone(school.zone).date())
    school.words |= outcome.words
    school.answers.update(list(outcome.words))
    school.weights[activity_id] = client_id, outcome.weight
    learner.memories |= outcome.memories
    learner.state = outcome.learner
    _step(school, learner, at.astimezone(school.zone).date())


def _update_levels(school: _School, at: datetime) -> None:
    for learner in school.learners.values():
        _step(school, learner, at.astimezone(school.zone).date())


def _step(school: _School, learner: _Learner, today: date) -> None:
    recent = _recent(learner.past, school.levels)
    reached = reach_level(school.levels, learner.state.rating, recent)
    level = step_level(school.levels, learner.state.level, reached, today)
    learner.state = replace(learner.state, level=level)


def _recent(past: Sequence[_Past], all_levels: Sequence[StudyLevel]) -> Mapping[int, RecentAnswers]:
    """Return level → the last answers on words of it and all lower ones."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for *_, level_id, is_right in reversed(past):
        open_levels = [
            level.level_id
            for level in all_levels
            if level.level_id >= level_id and counts[level.level_id][0] < LAST_ANSWERS
        ]
        for one in open_levels:
            counts[one][0] += 1
            counts[one][1] += is_right
        if counts[all_levels[0].level_id][0] == LAST_ANSWERS:
            break
    return {
        level_id: RecentAnswers(answers=answers, right=right)
        for level_id, (answers, right) in counts.items()
    }


def _store(connection: Connection, client_id: int, learner: _Learner, at: datetime) -> None:
    connection.execute(query(_FILE, "clear_memories"), {"client_id": client_id})
    put_memories(connection, client_id, learner.memories)
    put_learner(connection, client_id, learner.state, sorted(learner.days), at)


def _store_words(connection: Connection, school: _School) -> None:
    connection.execute(query(_FILE, "clear_words"))
    rows = [
        {"word_id": word_id, **asdict(one), "answers": school.answers[word_id]}
        for word_id, one in sorted(school.words.items())
    ]
    with connection.cursor() as cursor:
        cursor.executemany(query(_FILE, "put_difficulty"), rows)
