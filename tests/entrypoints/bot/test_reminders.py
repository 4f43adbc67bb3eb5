"""What the bot says by itself: reminders and weeks, each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.entrypoints.bot.rig import Rig

from gradeline.entrypoints.bot.reminders import put_due
from gradeline.sandbox.telegram.people import Person

#: 18:00 in Madrid, a Sunday.
SUNDAY = datetime(2026, 12, 13, 17, tzinfo=UTC)


def put(rig: Rig, at: datetime) -> int:
    """Store what is due at that instant, and send it."""
    rig.clock.now = at
    with rig.parts.by_loader.connect() as connection:
        due = put_due(connection, rig.parts.terms, at)
    rig.turn()
    return due


def practise(rig: Rig, person: Person, at: datetime) -> None:
    """Answer one question, wrongly, and end the quiz."""
    rig.clock.now = at
    rig.tell(person, "/quiz")
    rig.tell(person, "xyz")
    rig.press(person, "Terminar")


@pytest.fixture(scope="module")
def learner(rig: Rig):
    """Somebody who is to be reminded at 19:30 in Madrid."""
    person = rig.learner("es")
    rig.tell(person, "/remind")
    rig.tell(person, "19:30")
    return person


def test_a_reminder_comes_once_a_day_at_its_time(rig, learner):
    """Not before, not twice, and again on the next day."""
    day = datetime(2026, 12, 1, 18, 29, 59, tzinfo=UTC)
    dues = [put(rig, day + timedelta(seconds=s)) for s in (0, 1, 60, 86_401)]
    assert dues == [0, 1, 0, 1]
    assert learner.last.text == "¡Hora de practicar!"


def test_a_reminder_that_is_late_by_hours_is_left_out(rig, learner):
    """The bot was down: at half past ten nobody is asked to practise."""
    assert put(rig, datetime(2026, 12, 3, 20, 31, tzinfo=UTC)) == 0


def test_whoever_has_practised_is_not_reminded(rig, learner):
    """The day has its answers."""
    practise(rig, learner, datetime(2026, 12, 4, 10, tzinfo=UTC))
    assert put(rig, datetime(2026, 12, 4, 18, 31, tzinfo=UTC)) == 0
    assert put(rig, datetime(2026, 12, 5, 18, 31, tzinfo=UTC)) == 1
    assert "1\u00a0día seguido" in learner.last.text


def test_a_week_is_told_once_in_the_language_of_the_learner(rig, learner):
    """On Sunday evening, also by a bot that was down at that instant, and never twice."""
    practise(rig, learner, SUNDAY - timedelta(hours=5))
    dues = [put(rig, SUNDAY + timedelta(minutes=m)) for m in (-1, 30, 45)]
    assert dues == [0, 1, 0]
    assert learner.last.text.splitlines()[:2] == [
        "Su semana, Ana",
        "1\u00a0respuesta esta semana; aciertos: 0\u00a0%",
    ]


def test_a_week_that_is_a_day_old_is_not_told(rig, learner):
    """News of Sunday is no news on Tuesday."""
    assert put(rig, SUNDAY + timedelta(days=7, hours=25)) == 0
