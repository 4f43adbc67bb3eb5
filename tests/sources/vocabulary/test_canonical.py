"""What the bot's answers are to courses: attempts, items, groups and members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gradeline.flows.refresh.canonical import canonical_session
from gradeline.records.tables import CANONICAL
from gradeline.warehouse import Database
from gradeline.warehouse.schema.views import ensure_views

from .conftest import EVENING, Bot, begin, link_ana, practise

#: Tables that the source gives rows of.
TABLES = ("learners", "courses", "items", "groups", "memberships", "attempts")


@pytest.fixture(scope="module")
def collected(module_warehouse: Database, tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The school after its answers were collected; Ana is `ann` at another system, too."""
    bot = begin(module_warehouse, tmp_path_factory.mktemp("vocabulary"))
    practise(bot)
    link_ana(bot)
    bot.collect()
    ensure_views(module_warehouse)
    return bot


@pytest.fixture(scope="module")
def tables(collected: Bot) -> dict[str, list[dict[str, Any]]]:
    """The canonical tables as metrics see them."""
    with canonical_session(collected.parts) as (session, found):
        return {name: session.run(found[name]).to_pylist() for name in TABLES}


def values(rows: Iterable[Mapping[str, Any]], *columns: str) -> set[tuple[Any, ...]]:
    """The distinct values of some columns."""
    return {tuple(row[column] for column in columns) for row in rows}


def written(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Rows as texts, in one order, with the linked learner under the own id."""
    texts = [" ".join(str(value) for value in row) for row in rows]
    return sorted(re.sub(r"\bann\b", "vocabulary:1", text) for text in texts)


@pytest.mark.parametrize("name", TABLES)
def test_sql_users_see_the_same_rows(collected: Bot, tables, name: str) -> None:
    """The views of PostgreSQL agree with what metrics compute from, but for people's links."""
    columns = CANONICAL[name].schema.names
    rows = collected.rows(f"SELECT {', '.join(columns)} FROM {name}")
    assert written(rows) == written(map(tuple, map(dict.values, tables[name])))
    assert len(rows) > 0


def test_a_level_is_a_course_in_plain_words(tables) -> None:
    """Its id is lower case, its title says what it is, its words are its items."""
    courses = values(tables["courses"], "course_id", "category", "course", "title")
    assert ("vocabulary/a1", "vocabulary", "a1", "Vocabulary, level A1") in courses
    items = values(tables["items"], "course_id", "title", "topic_id", "level_id", "weight")
    assert ("vocabulary/a2", "el hogar – дом, очаг", "home", "A2", Decimal(2)) in items


def test_answers_are_attempts_of_the_linked_learner(tables) -> None:
    """A link makes the bot's learner the person whom another system knows."""
    assert values(tables["attempts"], "learner_id") == {("ann",), ("vocabulary:2",)}
    assert values(tables["learners"], "learner_id") == {("ann",), ("vocabulary:2",)}
    assert values(tables["attempts"], "kind", "duration_s", "response") == {
        ("answer", Decimal("1.5"), "x")
    }
    assert values(tables["attempts"], "correct", "score") == {(True, 1), (False, 0)}


def test_a_group_begins_with_its_code(tables) -> None:
    """Before Ana joined she was in the course without a group; Bo never joined one."""
    columns = ("course_id", "learner_id", "group_id", "starts_on", "ends_on")
    course, tuesday = "vocabulary/a1", date(2026, 12, 1)
    members = values(tables["memberships"], *columns)
    assert members >= {
        (course, "ann", None, date(2026, 11, 30), date(2026, 11, 30)),
        (course, "ann", EVENING, tuesday, None),
        (course, "vocabulary:2", None, tuesday, None),
    }
    assert len(members) == len(tables["memberships"])
    assert values(tables["groups"], "group_id", "name") == {(EVENING, "Evening")}
