"""The SELECTs that ship: each runs as the reader, and says what it says it says."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from gradeline.records.vocabulary import Verdict
from gradeline.warehouse import Role
from gradeline.warehouse.psql import shell_command
from gradeline.warehouse.vocabulary import client_analytics

#: Query → what it finds of the school below: how many rows, and the first of them.
FOUND = {
    "clients_by_level": (6, {"lev_name": "A1", "clients": 2}),
    "ranking": (2, {"rank": 1, "client_id": 1, "client_rating": 5}),
    "next_level": (2, {"client_id": 1, "level_id_next": 2, "rating_missing": 195}),
    "active_clients": (1, {"day": 1, "week": 1, "month": 2, "ever": 2}),
    "activity_by_day": (30, {"clients": 0, "answers": 0, "right_share": None}),
    "activity_by_hour": (1, {"answers": 10, "clients": 2}),
    "quizzes": (1, {"status": "finished", "quizzes": 2, "hints": 0}),
    "answers_by_question": (1, {"direction": "es2ru", "question": "choice", "answers": 10}),
    "hardest_words": (5, {"level": "A1", "answers": 2}),
    "misplaced_words": (0, {}),
    "common_mistakes": (0, {}),
    "words_due": (2, {"words": 5}),
    "dictionary": (7, {"level": "A1", "category": "animals", "words": 3}),
    "retention": (2, {"weeks_later": 0, "clients": 1}),
    "unmapped_levels": (0, {}),
    "unplaced_words": (0, {}),
}


@pytest.fixture
def practised(school):
    """Two learners, each with a quiz of five words: one all right now, one all wrong a week ago."""
    now = datetime.now(UTC)
    school.practise(school.meet(1), now)
    school.practise(school.meet(2), now - timedelta(days=7), lambda _: Verdict.WRONG)
    return school


def shown(connection, name) -> tuple[int, dict[str, object]]:
    """How many rows a query finds; of the first one the columns that the list has."""
    found = client_analytics.run_query(connection, name)
    row = dict(zip(found.columns, next(iter(found.rows), ()), strict=False))
    return len(found.rows), {column: row[column] for column in FOUND[name][1]}


def test_each_query_finds_what_it_tells(practised):
    """All of them are in the list above, and run by the role of people who read."""
    assert list(client_analytics.descriptions()) == list(FOUND)
    with practised.database.connect(Role.READER) as connection:
        assert {name: shown(connection, name) for name in FOUND} == FOUND


def test_the_file_runs_in_psql(practised):
    """From its first line to its last, in a read-only session, without an error."""
    command = shell_command(
        practised.database, ["-v", "ON_ERROR_STOP=1", "-f", str(client_analytics.FILE)]
    )
    done = subprocess.run(
        command.argv, env=command.environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("row") >= len(FOUND)
