"""Figures of the learners of the vocabulary bot: progress, and the daily update of levels."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.rows import dict_row

from gradeline.records.vocabulary import LevelChange, PracticeDay, Progress
from gradeline.vocabulary.level import LearnerLevel, reach_level, step_level
from gradeline.vocabulary.memory import KEPT_CHANCE, recall
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query
from gradeline.warehouse.vocabulary.counting import recent_answers
from gradeline.warehouse.vocabulary.recompute import recompute
from gradeline.warehouse.vocabulary.words import levels, memory_of

__all__ = ["progress", "recompute", "set_levels"]

_QUIZZES = "vocabulary_quizzes"
_LEVELS = "vocabulary_levels"
#: School days that the picture of progress shows.
_DAYS_SHOWN = 30


def progress(connection: Connection, client_id: int, at: datetime, zone: str) -> Progress:
    """Return how far a learner got.

    Args:
        connection: sees the learner.
        client_id: of the learner.
        at: now.
        zone: the school's time zone.
    """
    values = {"client_id": client_id}
    cursor = connection.cursor(row_factory=dict_row)
    row = cursor.execute(query(_QUIZZES, "figures"), values).fetchone()
    today = at.astimezone(ZoneInfo(zone)).date()
    known: dict[str, Any] = row or _nothing_yet(connection)
    memories = [
        memory_of(one) for one in connection.execute(query(_QUIZZES, "all_memories"), values)
    ]
    kept = sum(recall(one, at) >= KEPT_CHANCE for one in memories)
    active_on: date | None = known.pop("last_active_on")
    is_running = active_on is not None and active_on >= today - timedelta(days=1)
    if not is_running:
        known["streak_days"] = 0
    return Progress(
        **known,
        words_known=kept,
        words_due=len(memories) - kept,
        days=_practice_days(connection, client_id, today, zone),
    )


def set_levels(connection: Connection, at: datetime, zone: str) -> tuple[int, list[LevelChange]]:
    """Let each learner's level go one step towards the one reached, unless it changed today.

    Args:
        connection: writes the figures of all learners.
        at: now.
        zone: the school's time zone; its day is that of the steps.

    Returns:
        How many learners have figures, and what changed.
    """
    today = at.astimezone(ZoneInfo(zone)).date()
    all_levels = levels(connection)
    learners = connection.execute(query(_LEVELS, "lock_learners")).fetchall()
    if learners:
        connection.execute(query(_LEVELS, "note_update"), {"at": at, "day": today})
    recent = recent_answers(connection, [row[0] for row in learners])
    changes = []
    for client_id, rating, level_id, changed_on in learners:
        before = LearnerLevel(level_id=level_id, changed_on=changed_on)
        reached = reach_level(all_levels, rating, recent.get(client_id, {}))
        after = step_level(all_levels, before, reached, today)
        if after != before:
            values = {
                "client_id": client_id,
                "level_id": after.level_id,
                "changed_on": today,
                "at": at,
            }
            connection.execute(query(_LEVELS, "set_level"), values)
            changes.append(
                LevelChange(client_id=client_id, before=level_id, after=after.level_id, on=today)
            )
    return len(learners), changes


def _nothing_yet(connection: Connection) -> dict[str, Any]:
    first, *higher = levels(connection)
    return {
        "client_rating": 0,
        "level_id": first.level_id,
        "level_name": first.lev_name,
        "next_level_rating": higher[0].min_rating if higher else None,
        **dict.fromkeys(("answers", "right_answers", "quizzes"), 0),
        **dict.fromkeys(("streak_days", "longest_streak_days"), 0),
        **dict.fromkeys(("last_active_on", "ability", "ability_uncertainty"), None),
    }


def _practice_days(
    connection: Connection, client_id: int, today: date, zone: str
) -> tuple[PracticeDay, ...]:
    values = {
        "client_id": client_id,
        "zone": zone,
        "since": today - timedelta(days=_DAYS_SHOWN - 1),
        "until": today,
    }
    rows = connection.execute(query(_QUIZZES, "practice_days"), values)
    return tuple(
        PracticeDay(day=day, answers=answers, right_answers=right, rating=int(rating))
        for day, answers, right, rating in rows
    )
