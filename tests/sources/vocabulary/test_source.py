"""The bot's answers become slices by day: nothing twice, nothing missed, nobody who left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.warehouse.vocabulary.conftest import MONDAY

from gradeline.base.errors import SourceError
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.warehouse import Role
from gradeline.warehouse.vocabulary import clients

from .conftest import EVENING, Bot

WEDNESDAY = "vocabulary/answers/2026-12-02"
STORED = "SELECT count(*) FROM vocabulary_answers"
WHO = "SELECT DISTINCT client_id FROM vocabulary_answers ORDER BY 1"


def windows(bot: Bot) -> list[str]:
    """The slices that the ledger knows as loaded."""
    found = bot.rows("SELECT name FROM slices WHERE state = 'loaded' ORDER BY name")
    return [name for (name,) in found]


def texts(bot: Bot) -> str:
    """All raw bytes that loaded slices name."""
    found = bot.rows("SELECT unnest(raw_keys) FROM slices")
    return "".join(bot.parts.lake.get(key).decode() for (key,) in found)


def summary(outcome: CollectOutcome) -> tuple[int, int, int]:
    """Slices that were read, rows stored, records in quarantine."""
    return outcome.done, outcome.counts.stored, outcome.counts.quarantined


def test_a_run_brings_every_answer_and_a_rerun_nothing(bot: Bot) -> None:
    """Three quizzes on two days of UTC are two slices of answers and one of learners."""
    assert summary(bot.collect()) == (3, 18 + 2, 0)
    assert windows(bot) == [
        "vocabulary/answers/2026-11-30", WEDNESDAY, "vocabulary/learners/all",
    ]  # fmt: skip
    assert summary(bot.collect()) == (0, 0, 0)


def test_what_lies_here_is_what_the_bot_stored(bot: Bot) -> None:
    """Each answer with its word, level and verdict, on its day at school."""
    bot.collect()
    own = """
        SELECT w.client_id::text, w.activity_id, w.position, d.level, lower(d.level),
            d.word || ' – ' || d.translation, d.category, w.answered_at,
            (w.answered_at AT TIME ZONE 'Europe/Madrid')::date, w.verdict <> 'wrong', w.hints,
            w.duration_ms / 1000.0, w.answer
        FROM client_activity_words AS w JOIN esp2rus_dictionary AS d USING (word_id)"""
    kept = """
        SELECT client_id, activity_id, number, level, course, word_title, category, answered_at,
            answered_on, correct, hints, duration_s, response FROM vocabulary_answers"""
    assert sorted(bot.rows(kept)) == sorted(bot.rows(own))
    assert date(2026, 12, 1) in {row[8] for row in bot.rows(kept)}


def test_a_day_that_changed_is_read_again(bot: Bot) -> None:
    """A late answer, another verdict, a word of another level: only their days are read."""
    bot.collect()
    bot.change(
        "UPDATE client_activity_words SET verdict = 'wrong'"
        " WHERE answered_at > '2026-12-02' AND position = 1"
    )
    assert summary(bot.collect())[0] == 1
    bot.school.practise(bot.school.meet(2), MONDAY + timedelta(hours=1), count=3)
    assert summary(bot.collect())[0] == 1
    assert bot.rows(STORED) == [(21,)]
    bot.change("UPDATE esp2rus_dictionary SET level = 'B2' WHERE word = 'la casa'")
    assert bot.collect().done >= 1
    assert bot.rows(
        "SELECT DISTINCT course FROM vocabulary_answers WHERE word_title LIKE 'la casa%'"
    ) == [("b2",)]


def test_who_leaves_is_gone_with_the_next_run(bot: Bot) -> None:
    """Nothing of whoever wrote /stop is in raw objects or rows that count; their day is empty."""
    bot.collect()
    with bot.school.chat(1) as connection:
        clients.stop_client(connection, MONDAY + timedelta(days=3))
    assert '"client_id":1,' in texts(bot)
    bot.collect()
    assert '"client_id":1,' not in texts(bot)
    assert bot.rows(WHO) == [("2",)]
    assert bot.rows("SELECT client_id FROM vocabulary_learners") == [("2",)]
    assert WEDNESDAY not in windows(bot)


def test_impossible_answers_wait_in_quarantine(bot: Bot) -> None:
    """A level that nobody studies, an answer before its question, a time of years."""
    bot.change("UPDATE client_activity_words SET duration_ms = 1e12 WHERE position = 2")
    bot.change("UPDATE client_activity_words SET asked_at = '2027-01-01' WHERE position = 1")
    bot.change(
        "UPDATE esp2rus_dictionary SET level = 'Z9' WHERE word_id = ("
        "SELECT word_id FROM client_activity_words WHERE activity_id = 1 AND position = 3)"
    )
    done = bot.collect()
    codes = bot.rows("SELECT DISTINCT split_part(reason, ':', 1) FROM quarantine ORDER BY 1")
    assert codes == [("contradiction",), ("out_of_range",), ("unknown_level",)]
    assert done.counts.received == done.counts.stored + done.counts.quarantined


def test_learners_are_in_their_groups(bot: Bot) -> None:
    """A row for each group joined by code, with its day at school; nobody who only looked."""
    bot.school.meet(3)
    bot.collect()
    rows = bot.rows(
        "SELECT client_id, group_id, group_name, joined_on FROM vocabulary_learners ORDER BY 1"
    )
    assert rows == [("1", EVENING, "Evening", date(2026, 12, 1)), ("2", None, None, None)]


def test_tables_whose_rows_wait_in_a_backup_are_not_read(bot: Bot) -> None:
    """An installation under way does not look as if all answers were gone."""
    bot.collect()
    bot.change("DROP TABLE client_activity_words", Role.OWNER)
    with pytest.raises(SourceError, match="not whole"):
        bot.collect()
    assert bot.rows(STORED) == [(18,)]
