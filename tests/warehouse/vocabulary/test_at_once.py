"""Learners who practise at once share words, and lose nothing by it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from gradeline.warehouse.vocabulary import analytics

from .conftest import MONDAY, ZONE
from .test_recompute import read


def test_quizzes_that_end_at_once_are_counted_one_after_another(school):
    """Four learners end quizzes about the same words at once: all count, in the order stored."""
    people = [school.meet(chat) for chat in (1, 2, 3, 4)]
    with ThreadPoolExecutor(4) as pool:
        results = [
            result
            for at in (MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(days=1))
            for result in pool.map(lambda one, at=at: school.practise(one, at), people)
        ]
    assert [result.words_right for result in results] == [5] * 12
    with school.database.connect() as connection:
        before = read(connection)
        analytics.recompute(connection, None, MONDAY, ZONE)
        assert read(connection) == before
        total = connection.execute("select sum(answers) from word_difficulty").fetchone()
    assert total == (60,)
