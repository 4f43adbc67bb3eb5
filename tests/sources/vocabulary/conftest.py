"""A school whose learners practise with the bot, and what runs make of their answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from proofs.rig.in_process import parts_in
from tests.warehouse.vocabulary.conftest import MONDAY, WORDS, ZONE, School

from gradeline.flows.collect.collect import collect
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.parts import Parts
from gradeline.records.vocabulary import Client, JoinedGroup, Verdict
from gradeline.settings import read_settings
from gradeline.sources.source import PlanRequest
from gradeline.warehouse import Database, Role
from gradeline.warehouse.learners import links
from gradeline.warehouse.learners.links import Link
from gradeline.warehouse.vocabulary import clients, dictionary
from gradeline.wiring.vocabulary import wire_vocabulary

EVENING = "groups:Evening"
AS_OF = datetime(2026, 12, 3, tzinfo=UTC)
#: Late in the evening of Monday in UTC, Tuesday in Madrid.
NIGHT = MONDAY.replace(hour=23, minute=30)


@dataclass(frozen=True)
class Bot:
    """The bot's tables, and runs that collect them."""

    parts: Parts
    school: School
    folder: Path

    def collect(self) -> CollectOutcome:
        """What a run does; a school without answers has no source."""
        settings = read_settings(home=self.folder, overrides={"SCHOOL_TIMEZONE": ZONE})
        sources = wire_vocabulary(settings, self.parts.database)
        wired = replace(self.parts, sources=sources)
        return collect(sources["vocabulary"], PlanRequest(), wired, lambda *_: None)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database answers to the loader."""
        with self.parts.database.connect() as connection:
            return connection.execute(sql).fetchall()

    def change(self, sql: str, role: Role = Role.LOADER) -> None:
        """Change the tables behind the bot's back."""
        with self.parts.database.connect(role) as connection:
            connection.execute(sql)


def wrong_from_third(position: int) -> Verdict:
    """Two right answers of five."""
    return Verdict.RIGHT if position < 3 else Verdict.WRONG


def begin(database: Database, folder: Path) -> Bot:
    """A school with ten words, where nobody practised yet."""
    with database.connect() as connection:
        entries = [
            dictionary.NewEntry(word=word, translation=translation, level=level, category=category)
            for word, translation, level, category in WORDS
        ]
        dictionary.add_entries(connection, entries)
        clients.add_code(connection, "e7", JoinedGroup(group_id=EVENING, name="Evening"), "ana")
    return Bot(parts_in(folder, database), School(database), folder)


def practise(bot: Bot) -> tuple[Client, Client]:
    """Ana on two days, in a group since the second; Bo on the second, late."""
    ana, bo = bot.school.meet(1), bot.school.meet(2)
    bot.school.practise(ana, MONDAY, wrong_from_third)
    with bot.school.chat(1) as connection:
        clients.join_group(connection, "e7", MONDAY + timedelta(days=1))
    bot.school.practise(ana, MONDAY + timedelta(days=2), count=8)
    bot.school.practise(bo, NIGHT, wrong_from_third)
    return ana, bo


def link_ana(bot: Bot) -> None:
    """Make the first learner the person `ann`."""
    with bot.parts.database.connect() as connection:
        links.put(connection, [Link(source="vocabulary", external_id="1", learner_id="ann")])


@pytest.fixture
def bot(warehouse: Database, tmp_path: Path) -> Bot:
    """A school where two learners practised."""
    made = begin(warehouse, tmp_path)
    practise(made)
    return made
