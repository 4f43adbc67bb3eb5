"""The ledger of deliveries: each document goes to each recipient once per occasion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gradeline.records.messages import DocumentDue, MessageState
from gradeline.records.recipients import NewRecipient, What
from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import messages, recipients

NOW = datetime(2100, 1, 1, tzinfo=UTC)
A, B = (DocumentDue(document=name, occasion="v1") for name in ("AAA/2013J", "BBB/2013J"))


@pytest.fixture
def connection(warehouse: Database):
    """A connection as runs use it, each statement its own transaction."""
    with warehouse.connect(autocommit=True) as opened:
        yield opened


@pytest.fixture
def ana(connection) -> int:
    """A recipient of course reports by e-mail."""
    return recipients.put(connection, new())


def new(**changes: object) -> NewRecipient:
    """A recipient, as a command adds it."""
    values = {
        "channel": "email",
        "address": "Ana@School.example",
        "resolved_address": "ana@school.example",
        "what": What.COURSE_REPORT,
        "role": "admin",
        "language": "es",
        "added_by": "cli",
    }
    return NewRecipient(**(values | changes))


def test_a_document_is_due_once_per_occasion(connection, ana):
    """What a recipient has, or waits for, makes no second message; another occasion does."""
    first = messages.put(connection, ana, [A])
    assert messages.put(connection, ana, [A]) is None
    second = messages.put(connection, ana, [A, B])
    assert messages.find(connection, second).documents == (B,)
    assert messages.find(connection, first).documents == (A,)
    assert messages.put(connection, ana, [DocumentDue(document=A.document, occasion="v2")])


def test_a_claim_is_one_session_alone(warehouse, connection, ana):
    """A second session cannot claim a message before the first has released it."""
    number = messages.put(connection, ana, [A])
    with warehouse.connect(autocommit=True) as other:
        assert messages.claim(other, number)
        assert not messages.claim(connection, number)
        messages.release(other, number)
        assert messages.claim(connection, number)


def test_steps_and_ends_of_tries_are_kept(connection, ana):
    """A message tells its tries, the steps that the service took, and how it ended."""
    number = messages.put(connection, ana, [A], {"run": "done"})
    messages.begin_try(connection, number)
    messages.record_step(connection, number, "text", "ts-1")
    messages.end_try(
        connection, number, messages.TryEnd(state=MessageState.SENT, provider_id="ts-1")
    )
    kept = messages.find(connection, number)
    assert (kept.state, kept.tries, kept.done_steps) == (MessageState.SENT, 1, {"text": "ts-1"})
    assert kept.content == {"run": "done"}
    assert kept.sent_at is not None
    assert messages.due(connection, NOW) == []


def test_a_paused_address_gets_nothing_until_a_person_says_so(connection, ana):
    """Messages to a paused address wait; those to others do not."""
    other = recipients.put(connection, new(resolved_address="boris@school.example"))
    first, second = (messages.put(connection, number, [A]) for number in (ana, other))
    assert recipients.pause(connection, "email", "ana@school.example", "550 no such user") == 1
    assert messages.due(connection, NOW) == [second]
    assert recipients.find(connection, ana).paused_because == "550 no such user"
    assert recipients.resume(connection, ana) == 1
    assert messages.due(connection, NOW) == [first, second]


def test_a_later_message_replaces_what_an_earlier_one_brings(connection, ana):
    """The documents of which the recipient gets a newer version are told."""
    first = messages.put(connection, ana, [A, B])
    messages.put(connection, ana, [DocumentDue(document=A.document, occasion="v2")])
    assert messages.newer_documents(connection, first) == {A.document}


@pytest.mark.parametrize(("state", "again"), [("unknown", True), ("sent", False)])
def test_only_what_did_not_arrive_is_sent_again(connection, ana, state, again):
    """A person sends an unknown message again; one that arrived stays."""
    number = messages.put(connection, ana, [A])
    messages.end_try(connection, number, messages.TryEnd(state=MessageState(state)))
    assert messages.retry(connection, number) is again


def test_an_occasion_of_a_schedule_is_taken_once(connection):
    """Of two who take the same due instant one gets it."""
    due = datetime(2026, 12, 1, 8, tzinfo=UTC)
    number = recipients.put(connection, new(cron="0 8 * * *", next_at=due))
    following = {"due_at": due, "next_at": due + timedelta(days=1)}
    assert recipients.advance(connection, number, **following)
    assert not recipients.advance(connection, number, **following)


def test_a_recipient_is_changed_in_place_and_removed(connection, ana):
    """The same channel, address and what is one recipient; its messages outlive it."""
    assert recipients.put(connection, new(language="ru")) == ana
    assert [one.language for one in recipients.ls(connection)] == ["ru"]
    number = messages.put(connection, ana, [A])
    assert recipients.remove(connection, ana)
    assert messages.find(connection, number).recipient_id is None
