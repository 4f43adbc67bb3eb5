"""What people are told and not told when a service, a course or a run fails."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from gradeline.base.errors import DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope
from gradeline.delivery.message import Receipt
from gradeline.delivery.outbox import Outbox
from gradeline.flows.deliver.recipients import find_recipient
from gradeline.records.messages import MessageState
from gradeline.records.recipients import What
from gradeline.records.run_summary import RunProblem
from gradeline.warehouse.deliveries import messages, recipients

from .conftest import NOW, School, put_day

ANA, BORIS = "ana@school.example", "boris@school.example"
BROKEN = RunProblem(what="a/1 failed", reason="no such column", course_id="a/1")


class MovingOutbox(Outbox):
    """A channel whose chat `old` became `new`, as a group of Telegram that became a supergroup."""

    def send(self, envelope: Envelope) -> Receipt:
        """Take the message; say where it went."""
        receipt = super().send(envelope)
        return replace(receipt, moved_to="new" if envelope.address == "old" else "")


def chat_of(school: School) -> Outbox:
    """The channel `chat`, in memory."""
    channel = school.parts.delivery.channels["chat"]
    assert isinstance(channel, Outbox)
    return channel


def tried_since(school: School, days: float) -> None:
    """Let every message be tried for so many days already, and be due."""
    with school.parts.database.connect() as connection:
        connection.execute(
            "UPDATE messages SET next_try_at = now(), tried_since = now() - %s * interval '1 day'",
            (days,),
        )


def test_a_4xx_is_tried_after_5_15_and_60_minutes_for_a_day_and_a_5xx_never(school: School):
    """Waits grow, after a day of them it has failed, and a refusal ends the tries at once."""
    school.add()
    waits = []
    for days in (0, 0, 0, 1.1):
        school.outbox.failures.append(DeliveryLater("451 greylisted"))
        tried_since(school, days)
        school.deliver()
        (stored,) = school.stored()
        waits.append(round((stored.next_try_at - stored.tried_since) / timedelta(minutes=1)))
    assert waits[:3] == [5, 15, 60]
    assert stored.state is MessageState.FAILED
    school.add(address=BORIS)
    school.outbox.failures.append(DeliveryRefused("550 No such user."))
    school.deliver()
    assert [one.state for one in school.stored()] == [MessageState.FAILED, MessageState.REFUSED]


def test_a_429_pauses_nothing(school: School):
    """However often a service asks to wait, the recipient is not paused, and gets it in the end."""
    number = school.add()
    for _ in range(5):
        school.outbox.failures.append(DeliveryLater("429", retry_after_s=3600))
        tried_since(school, 0.5)
        school.deliver()
    with school.parts.database.connect() as connection:
        assert find_recipient(connection, number).paused_because is None
    tried_since(school, 0.5)
    assert school.deliver(2).total == 1


@pytest.mark.parametrize(
    ("failure", "days"),
    [
        (DeliveryLater("The server is away."), 1.1),
        (DeliveryRefused("550 No such user."), 0),
        (DeliveryUnknown("The connection was cut."), 0),
    ],
)
def test_after_the_last_try_who_gets_alerts_hears_once(school: School, failure, days):
    """A message that nobody tries again is told by another channel, not each try, and once."""
    school.add(address=ANA)
    school.add(What.ALERT, channel="chat", address="C1")
    school.outbox.failures.append(DeliveryLater("The server is away."))
    school.deliver()
    assert chat_of(school).arrived == []
    school.outbox.failures.append(failure)
    tried_since(school, days)
    school.deliver(2)
    tried_since(school, days)
    school.deliver(3)
    (told,) = chat_of(school).arrived
    assert ANA in told.message.text
    assert str(failure.what) in told.message.text


@pytest.mark.parametrize("known", [False, True])
def test_a_chat_that_moved_gets_nothing_twice(school: School, known: bool):
    """What went to a chat's old number is not due to its new one, whoever knew that already."""
    channel = MovingOutbox(name="moving")
    delivery = replace(school.parts.delivery, channels={"moving": channel})
    moved = School(replace(school.parts, delivery=delivery))
    moved.add(channel="moving", address="old")
    if known:
        moved.add(channel="moving", address="new")
    moved.deliver(1)
    moved.deliver(2)
    assert {one.address for one in moved.stored()} == {"new"}
    with school.parts.database.connect() as connection:
        assert [one.resolved_address for one in recipients.ls(connection)] == ["new"]
    # A person added the chat twice, so each of both was due before it was known to be one.
    assert len(channel.arrived) == (2 if known else 1)


@pytest.mark.parametrize("asked_s", [1e300, math.inf])
def test_a_wait_without_end_is_a_wait_of_a_day(school: School, asked_s: float):
    """A service may ask to wait for more seconds than a date can have."""
    school.add()
    school.outbox.failures.append(DeliveryLater("busy", retry_after_s=asked_s))
    school.deliver()
    (stored,) = school.stored()
    assert stored.state is MessageState.WAITING
    assert stored.next_try_at - stored.tried_since < timedelta(days=1, minutes=5)


def test_an_alert_that_cannot_be_sent_gives_rise_to_no_other(school: School):
    """The alert's own channel is down: it is named once, and nothing goes round in circles."""
    school.add(What.ALERT)
    school.outbox.failures += [DeliveryRefused("550 No such user.")] * 3
    result = school.deliver(1, BROKEN)
    assert len(result.problems) == 1
    assert len(school.stored()) == 1


def test_a_hundred_at_eight_all_arrive_and_each_row_has_its_reason(school: School):
    """A hundred schedules of one minute: what does not arrive is listed with why."""
    for number in range(100):
        name = f"reader-{number}@school.example"
        school.add(What.RUN_RESULT, address=name, cron="0 8 * * *")
    with school.parts.database.connect() as connection:
        connection.execute("UPDATE recipients SET next_at = %s", (NOW,))
    school.outbox.failures += [DeliveryLater("421 too many connections")] * 7
    assert school.deliver(1).total == 93
    stored = school.stored(200)
    assert [one.error for one in stored if one.state is MessageState.WAITING] == [
        "421 too many connections"
    ] * 7
    tried_since(school, 0)
    school.deliver(2, run=None)
    assert len({one.address for one in school.outbox.arrived}) == 100
    assert len(school.outbox.arrived) == 100


def test_an_error_is_not_an_empty_report(school: School):
    """Daily figures after a failed run say that it failed and why, with the figures there are."""
    school.add(What.DAILY_FIGURES)
    with school.parts.database.connect() as connection:
        put_day(connection, NOW.date() - timedelta(days=1))
    school.deliver(1, BROKEN)
    (told,) = school.outbox.arrived
    assert "the run had problems" in told.message.subject
    assert "a/1 failed: no such column" in told.message.text


def test_what_has_nothing_to_say_is_named_in_one_line(school: School):
    """A course whose results are gone is no empty section: the message names it."""
    school.add()
    with school.parts.database.connect() as connection:
        connection.execute("DELETE FROM course_figures WHERE course_id = 'a/2'")
    school.deliver()
    (told,) = school.outbox.arrived
    assert "No figures yet: a/2." in told.message.text
    assert not any("a_2" in document.name for document in told.message.documents)


def test_equal_scopes_are_rendered_once(school: School):
    """Two readers of one course get the same copy; it is made once."""
    for address in (ANA, BORIS):
        school.add(address=address, role="reader", courses=("a/1",))
    school.deliver()
    first, second = (one.message.documents for one in school.outbox.arrived)
    assert [a.content is b.content for a, b in zip(first, second, strict=True)] == [True, True]


def test_a_person_s_retry_sends_what_failed(school: School):
    """`deliveries retry` lets a message that failed be sent again, for a day more."""
    school.add()
    school.outbox.failures.append(DeliveryLater("away"))
    school.deliver()
    tried_since(school, 1.1)
    school.outbox.failures.append(DeliveryLater("away"))
    school.deliver(2)
    with school.parts.database.connect() as connection:
        assert messages.retry(connection, school.stored()[0].message_id)
    assert school.deliver(3).total == 1
