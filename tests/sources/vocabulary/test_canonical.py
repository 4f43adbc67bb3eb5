"""What the bot's answers are to courses: attempts, items, groups and members."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gradeline.flows.refresh.canonical import canonical_session
from gradeline.flows.refresh.refresh import refresh
from gradeline.metrics import Terms
from gradeline.records.tables import CANONICAL
from gradeline.warehouse import Database
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link
from gradeline.warehouse.schema.views import ensure_views

from .conftest import AS_OF, EVENING, ZONE, Bot, begin, practise

#: Tables that the source gives rows of.
TABLES = ("learners", "courses", "items", "groups", "memberships", "attempts")


@pytest.fixture(scope="module")
def counted(module_warehouse: Database, tmp_path_factory) -> Bot:
    """The school after a run; Ana is `ann` at another system, too."""
    bot = begin(module_warehouse, tmp_path_factory.mktemp("vocabulary"))
    practise(bot)
    with module_warehouse.connect() as connection:
        links.put(connection, [Link(source="vocabulary", external_id="1", learner_id="ann")])
    bot.collect()
    ensure_views(module_warehouse)
    refresh(bot.parts, Terms(as_of=AS_OF, timezone=ZONE))
    return bot


@pytest.fixture(scope="module")
def tables(counted: Bot) -> dict[str, list[dict[str, Any]]]:
    """The canonical tables as metrics see them."""
    with canonical_session(counted.parts) as (session, found):
        return {name: session.run(found[name]).to_pylist() for name in TABLES}


def written(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Rows as texts, with the linked learner under the own id."""
    texts = [" ".join(str(value) for value in row) for row in rows]
    return [re.sub(r"\bann\b", "vocabulary:1", text) for text in texts]


@pytest.mark.parametrize("name", TABLES)
def test_sql_users_see_the_same_rows(counted: Bot, tables, name: str) -> None:
    """The views of PostgreSQL agree with what metrics compute from, but for people's links."""
    columns = CANONICAL[name].schema.names
    rows = counted.rows(f"SELECT {', '.join(columns)} FROM {name}")
    expected = [tuple(row[column] for column in columns) for row in tables[name]]
    assert sorted(written(rows)) == sorted(written(expected))
    assert len(rows) > 0


def test_a_level_is_a_course_in_plain_words(tables) -> None:
    """Its id is lower case, its title says what it is, its words are its items."""
    courses = {row["course_id"]: row["title"] for row in tables["courses"]}
    assert courses["vocabulary/a1"] == "Vocabulary, level A1"
    item = next(row for row in tables["items"] if row["title"].startswith("el hogar"))
    told = [item[name] for name in ("course_id", "title", "topic_id", "level_id", "weight")]
    assert told == ["vocabulary/a2", "el hogar – дом, очаг", "home", "A2", Decimal(2)]


def test_answers_are_attempts_of_the_linked_learner(tables) -> None:
    """A link makes the bot's learner the person whom another system knows."""
    assert {row["learner_id"] for row in tables["attempts"]} == {"ann", "vocabulary:2"}
    assert {row["learner_id"] for row in tables["learners"]} == {"ann", "vocabulary:2"}
    one = tables["attempts"][0]
    assert (one["kind"], one["duration_s"], one["response"]) == ("answer", Decimal("1.5"), "x")
    assert all(row["score"] == int(row["correct"]) for row in tables["attempts"])


def test_a_group_begins_with_its_code(tables) -> None:
    """Before Ana joined she was in the course without a group; Bo never joined one."""
    of_a1 = [row for row in tables["memberships"] if row["course_id"] == "vocabulary/a1"]
    spans = {
        (row["learner_id"], row["group_id"]): (row["starts_on"], row["ends_on"]) for row in of_a1
    }
    assert spans == {
        ("ann", None): (date(2026, 11, 30), date(2026, 11, 30)),
        ("ann", EVENING): (date(2026, 12, 1), None),
        ("vocabulary:2", None): (date(2026, 12, 1), None),
    }
    assert {(row["group_id"], row["name"]) for row in tables["groups"]} == {(EVENING, "Evening")}


def test_a_course_counts_what_the_bot_stored(counted: Bot) -> None:
    """Attempts and accuracy of a level equal a count over the bot's own table."""
    expected = counted.rows(
        "SELECT count(*), count(*) FILTER (WHERE correct) FROM client_activity_words"
        " JOIN esp2rus_dictionary USING (word_id) WHERE level = 'A1' AND answered_at IS NOT NULL"
    )
    found = counted.rows(
        "SELECT (metrics->'avg_accuracy'->>'n')::int,"
        " round((metrics->'avg_accuracy'->>'value')::numeric * (metrics->'avg_accuracy'->>'n')::int)::int"
        " FROM materialized_stats WHERE type = 'course' AND entity_id = 'vocabulary/a1'"
    )
    assert found == expected
    assert expected[0][0] > 5


def test_learners_are_ranked_by_level(counted: Bot) -> None:
    """The leaderboard of a level has the bot's learners by the weights of their words."""
    found = counted.rows(
        "SELECT scope_id, rankings FROM leaderboards WHERE scope = 'level' ORDER BY 1"
    )
    assert [scope for scope, _ in found][:2] == ["A1", "A2"]
    assert {row["learner_id"] for row in found[0][1]} == {"ann", "vocabulary:2"}
