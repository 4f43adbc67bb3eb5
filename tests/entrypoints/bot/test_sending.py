"""Sending: Telegram's pace, its waits, its refusals."""

from __future__ import annotations

from datetime import timedelta

from tests.entrypoints.bot.rig import Clock, Rig

from gradeline.entrypoints.bot.pace import Pace
from gradeline.warehouse.bot import messages
from gradeline.warehouse.bot.messages import Kind


def send_now(rig: Rig) -> None:
    """Send what may go out at this instant, and no more."""
    rig.runner.run(rig.sender.send_once())


def test_the_bot_waits_as_long_as_telegram_says(rig):
    """Nothing goes out before the end of `retry_after`, then all of it does."""
    person, other = rig.learner(), rig.learner()
    rig.twin.next_faults = ["retry-after"]
    rig.put(person, "first")
    send_now(rig)
    rig.put(other, "second")
    send_now(rig)
    assert "second" not in [one.text for one in other.arrived]
    rig.wait(seconds=1)  # the simulated Telegram is quicker than life, and asks for a second
    rig.turn()
    assert [person.last.text, other.last.text] == ["first", "second"]


def test_a_bot_that_starts_again_waits_too(rig):
    """How long is kept in the database."""
    person = rig.learner()
    with rig.parts.by_loader.connect() as connection:
        messages.pause(connection, rig.clock() + timedelta(minutes=1))
    rig.put(person, "late")
    rig.restart()
    rig.runner.run(rig.sender.recover())
    send_now(rig)
    assert person.last.text.startswith("Thank you!")
    rig.wait(minutes=2)
    rig.turn()
    assert person.last.text == "late"


def test_answers_pass_broadcasts(rig):
    """Who has asked is answered before those who have not."""
    people = [rig.learner() for _ in range(3)]
    [rig.put(person, "news", Kind.BROADCAST) for person in people]
    rig.put(people[2], "an answer")
    with rig.parts.by_loader.connect() as connection:
        taken = messages.claim(connection, rig.clock(), [], 2)
        connection.rollback()
    assert [(one.chat_id, one.kind) for one in taken] == [
        (people[2].profile.user_id, "answer"),
        (people[0].profile.user_id, "broadcast"),
    ]
    rig.turn()


def test_a_blocked_chat_is_left_alone(rig):
    """After a refusal nothing is sent there, nothing waits for it, and a new message is not put."""
    person = rig.learner()
    person.chat.is_blocked = True
    rig.put(person, "one")
    rig.put(person, "two")
    rig.turn()
    rig.put(person, "three")
    chat = f"chat_id = {person.profile.user_id}"
    assert rig.count("bot_chats", f"{chat} and blocked_at is not null") == 1
    assert rig.count("bot_messages", f"{chat} and status <> 'refused'") == 0
    assert rig.count("bot_messages", chat) == 2


def test_whoever_writes_again_is_answered(rig):
    """A chat that blocked the bot, and says so, is open again with the next message."""
    person = rig.learner()
    person.block()
    rig.turn()
    assert rig.count("bot_chats", f"chat_id = {person.profile.user_id} and blocked_at is not null")
    person.chat.is_blocked = False
    assert rig.tell(person, "/words perro").startswith("In the dictionary")


def test_an_answer_whose_arrival_is_unknown_is_sent_again(rig):
    """Telegram failed after it took the message: the question comes twice, a broadcast does not."""
    person = rig.learner()
    rig.twin.next_faults = ["lost"]
    rig.put(person, "a question")
    send_now(rig)
    rig.wait(seconds=10)
    rig.turn()
    assert [one.text for one in person.arrived[-2:]] == ["a question", "a question"]
    rig.twin.next_faults = ["lost"]
    rig.put(person, "news", Kind.BROADCAST)
    rig.turn()
    assert person.arrived[-1].text == "news"
    assert person.arrived[-2].text == "a question"


def test_a_chat_gets_a_message_a_second_and_all_of_them_thirty():
    """What Telegram takes, whatever waits."""
    clock = Clock()
    pace = Pace(lambda: clock.now.timestamp())
    assert pace.room() == 30
    pace.spend(1, writes=True)
    pace.spend(2, writes=False)
    assert (pace.room(), pace.resting()) == (28, [1])
    clock.now += timedelta(seconds=1)
    assert (pace.room(), pace.resting()) == (30, [])
