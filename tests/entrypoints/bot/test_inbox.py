"""Updates: each counts once, whenever and however often it comes."""

from __future__ import annotations

from random import Random

from tests.entrypoints.bot.rig import Rig

from gradeline.warehouse.bot import chats, messages


def answers(rig: Rig, person) -> int:
    """How many answers of a person are stored."""
    chat = person.profile.user_id
    return rig.count(
        "client_activity_words as w join client_info as c using (client_id)",
        f"c.chat_id = {chat} and w.answered_at is not null",
    )


def test_an_update_counts_once_in_any_order(rig):
    """Telegram repeats updates and mixes them up: every button counts, and counts once."""
    rig.twin.updates.disorder = Random(3)
    people = [rig.learner() for _ in range(3)]
    [rig.tell(person, "/quiz") for person in people]
    [person.press(person.last.buttons[0][0]) for person in people * 3]
    rig.turn()
    rig.twin.updates.disorder = None
    assert [answers(rig, person) for person in people] == [1, 1, 1]


def test_an_update_that_comes_again_is_not_answered_again(rig):
    """The number of an update is known, so nothing is said."""
    person = rig.learner()
    rig.tell(person, "/words perro")
    rig.twin.updates.waiting = [rig.twin.updates.confirmed[-1]]
    before = len(person.arrived)
    rig.turn()
    assert len(person.arrived) == before


def test_a_restart_keeps_the_conversation(rig):
    """Another process goes on with the question that is open."""
    person = rig.learner()
    rig.tell(person, "/quiz")
    rig.restart()
    rig.press_first(person)
    assert person.last.text.startswith("Question 2 of 4")


def test_what_was_stored_and_not_sent_is_sent_after_a_restart(rig):
    """A bot that dies between the commit and the sending answers still, once."""
    person = rig.learner()
    person.say("/words perro")
    rig.runner.run(rig.handle())
    assert person.last.text.startswith("Thank you!")
    rig.restart()
    rig.turn()
    assert [one.text[:17] for one in person.arrived[-2:]] == [
        "Thank you! If you",
        "In the dictionary",
    ]


def test_an_answer_that_was_being_sent_is_sent_again_and_a_broadcast_is_not(rig):
    """Nobody knows whether they arrived: a conversation must go on, a reminder need not come."""
    person, other = rig.learner(), rig.learner()
    rig.put(person, "an answer")
    rig.put(other, "a reminder", messages.Kind.BROADCAST)
    with rig.parts.by_loader.connect() as connection:
        assert len(messages.claim(connection, rig.clock(), [], 9)) == 2
        assert messages.recover(connection, rig.clock()) == 1
    rig.turn()
    assert [person.last.text, other.last.text[:10]] == ["an answer", "Thank you!"]
    assert rig.count("bot_messages", "status = 'unknown'") == 1


def test_a_mistake_of_ours_stops_nobody(rig):
    """An update that cannot be handled is noted, its learner asked to send it again."""
    person = rig.learner()
    rig.clock.breaks = True
    assert rig.tell(person, "/words perro").startswith("Something went wrong on our side.")
    assert rig.count("bot_updates", "error = 'ZeroDivisionError'") == 1
    assert rig.tell(person, "/words perro").startswith("In the dictionary")


def test_an_update_of_a_chat_waits_for_the_one_before(rig):
    """Its row is locked until the transaction ends."""
    with (
        rig.parts.by_loader.connect() as first,
        rig.parts.by_loader.connect() as second,
    ):
        chats.lock(first, 5)
        second.execute("set lock_timeout = '20ms'")
        locked = second.execute("select 1 from bot_chats where chat_id = 5 for update skip locked")
        assert locked.fetchall() == []
