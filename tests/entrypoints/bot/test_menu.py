"""Progress, words, reminders, languages, and whatever is no text."""

from __future__ import annotations

import pytest
from tests.entrypoints.bot.rig import PICTURE, Rig

from gradeline.entrypoints.bot.handlers.remind import read_time


@pytest.fixture(scope="module")
def learner(rig: Rig):
    """Somebody who has practised a quiz."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    rig.press_first(person, 4)
    return person


def test_progress_comes_with_a_picture(rig, learner):
    """Figures below a picture."""
    text = rig.tell(learner, "/progress")
    assert text.startswith("Your progress\nRating: ")
    assert "🔥 1 day in a row" in text
    assert learner.last.content == PICTURE


def test_words_lists_those_nearest_to_being_forgotten(rig, learner):
    """In memory, to repeat, and the next ones to go."""
    lines = rig.tell(learner, "/words").splitlines()
    assert lines[0] == "4 words learned, 0 words to review"
    assert lines[2] == "About to be forgotten:"
    assert len(lines) == 7


def test_words_looks_a_word_up(rig, learner):
    """`/words река` is a question to the dictionary, in either language."""
    assert rig.tell(learner, "/words река") == "In the dictionary:\nel río — река"
    assert rig.tell(learner, "/words <b>") == "There is no “<b>” in the dictionary."


def test_whoever_has_not_practised_is_told_how(rig):
    """Progress of nothing is no picture."""
    person = rig.learner()
    assert rig.tell(person, "/progress").startswith("You have not practised yet.")
    assert rig.tell(person, "/words").startswith("You have not practised yet.")


def test_a_reminder_is_chosen_by_button_or_text(rig, learner):
    """A time of day on the school's clock; what is none is said to be none."""
    assert "Europe/Madrid" in rig.tell(learner, "/remind")
    assert rig.press(learner, "20:00").startswith("I will remind you every day at 20:00")
    rig.tell(learner, "/remind")
    assert rig.tell(learner, "soon").startswith("That does not look like a time.")
    assert rig.tell(learner, "7:05").startswith("I will remind you every day at 07:05")
    rig.tell(learner, "/remind")
    assert rig.press(learner, "No reminder") == "I will not remind you."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *(("19:30", "19:30"), (" 7.05 ", "07:05"), ("0800", "08:00"), ("24:00", None)),
        *(("8", None), ("12:60", None), ("noon", None), ("١٢:٣٠", None)),
    ],
)
def test_times_are_read_as_people_write_them(text, read):
    """Hours and minutes, with a colon, a point or nothing."""
    at = read_time(text)
    assert (f"{at:%H:%M}" if at else None) == read


def test_a_language_is_changed(rig):
    """From then on everything is in it."""
    person = rig.learner()
    rig.tell(person, "/language")
    assert rig.press(person, "Español").startswith("A partir de ahora, en español.")
    assert rig.tell(person, "/quiz").startswith("Pregunta 1 de 4")


def test_a_photo_is_answered(rig, learner):
    """Whatever is no text gets a word, too."""
    learner.send_photo()
    rig.turn()
    assert learner.last.text.startswith("I only understand text and buttons.")


def test_a_group_is_none_of_its_business(rig):
    """The bot may be in the chat of the staff, where it is silent."""
    before = rig.count("bot_messages")
    chat = {"id": -5, "type": "group", "title": "Staff"}
    user = {"id": 7, "is_bot": False, "first_name": "Bo"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "/start"}
    rig.twin.updates.add("message", message)
    rig.turn()
    assert rig.count("bot_messages") == before
