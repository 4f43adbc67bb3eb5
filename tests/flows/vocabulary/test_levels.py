"""The daily update of levels, and its log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.flows.vocabulary.levels import LevelLog, update_levels
from gradeline.warehouse import Database

NIGHT = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
LEARNER = """
insert into client_info (chat_id, language) values (7, 'ru');
insert into esp2rus_dictionary (word, translation, level) values ('sol', 'солнце', 'A1');
insert into client_activity_log
    (client_id, started_at, finished_at, status, number, words_asked, words_right, hints, quiz_weight)
select client_id, now(), now(), 'finished', 1, 1, 1, 0, 900 from client_info;
insert into client_activity_words
    (activity_id, position, client_id, word_id, direction, question, prompt, expected, answered_at, answer, verdict)
select activity_id, 1, client_id, word_id, 'es2ru', 'typed', 'sol', '{солнце}', now(), 'солнце', 'right'
from client_activity_log, esp2rus_dictionary;
insert into client_analytics (client_id, client_rating, ability, ability_variance)
select client_id, 900, 0, 1 from client_info;
"""


@pytest.fixture
def school(warehouse: Database) -> Database:
    """A school whose only learner has the rating of B1 and the level A1."""
    with warehouse.connect() as connection:
        connection.execute(LEARNER)
    return warehouse


def test_a_level_goes_one_step_a_school_day_and_each_is_logged(school, tmp_path):
    """Two updates of one day make one step; the log of a day has the name that scripts look for."""
    log = LevelLog(folder=tmp_path, keep_days=3)
    done = [update_levels(school, NIGHT + timedelta(hours=n), "Europe/Madrid", log) for n in (0, 1)]
    assert [[(one.before, one.after) for one in each.changes] for each in done] == [[(1, 2)], []]
    text = (tmp_path / "cron" / "level_update_20261202.log").read_text(encoding="utf-8")
    assert [line.split(" ", 1)[1] for line in text.splitlines()] == [
        "learner vocabulary:1: A1 -> A2",
        "1 learner checked, 1 level changed",
        "1 learner checked, 0 levels changed",
    ]
    update_levels(school, NIGHT + timedelta(days=4), "Europe/Madrid", log)
    assert [path.name for path in (tmp_path / "cron").iterdir()] == ["level_update_20261206.log"]


def test_figures_can_be_computed_again_from_the_answers(school, tmp_path):
    """A rating that no answer gives is gone after it."""
    log = LevelLog(folder=tmp_path, keep_days=3)
    update_levels(school, NIGHT, "UTC", log, again=True)
    with school.connect() as connection:
        row = connection.execute(
            "select client_rating, answers, right_answers from client_analytics"
        ).fetchone()
    assert row == (1, 1, 1)
