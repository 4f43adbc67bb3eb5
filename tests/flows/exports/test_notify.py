"""Notices: whoever asked is told once, at their own address or at the webhook that they named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gradeline.access.signing_keys import SigningKeys
from gradeline.base.clock import now
from gradeline.base.errors import DeliveryLater
from gradeline.delivery.outbox import Outbox
from gradeline.flows.exports.notify import send_notices
from gradeline.flows.parts import Links
from gradeline.records.exports import Notice
from gradeline.records.signing_keys import SigningKey
from gradeline.records.staff import NewStaffMember
from gradeline.warehouse import staff

from .conftest import Office

KEYS = SigningKeys(lambda: [SigningKey.of(b"k" * 32)], lambda: now().timestamp())


@pytest.fixture
def box(office: Office) -> Outbox:
    """A channel of Ana's, who is of the staff, and of webhooks."""
    box = Outbox(name="email")
    links = Links(keys=KEYS, public_url="https://school.example")
    delivery = replace(office.parts.delivery, channels={"email": box, "webhook": box}, links=links)
    office.parts = replace(office.parts, delivery=delivery)
    member = NewStaffMember(
        login="ana", email="ana@x.example", role="curator", language="en", added_by="t"
    )
    with office.parts.database.connect() as connection:
        known = staff.find(connection, login="ana")
        _ = known or staff.insert(connection, member)
    return box


@pytest.mark.parametrize("language", ["en", "ru", "es"])
def test_whoever_asked_is_told_once(office: Office, box: Outbox, language: str) -> None:
    """With the link to the file, in the language of the request."""
    office.made(notify=Notice(channel="email", address=""), language=language)
    assert [send_notices(office.parts, now()) for _ in range(2)] == [1, 0]
    (envelope,) = box.arrived
    assert envelope.address == "ana@x.example"
    assert "https://school.example/exports/" in envelope.message.text
    assert "s:Evening A.csv" in envelope.message.text


def test_a_notice_waits_for_a_service_and_goes_to_a_webhook(office: Office, box: Outbox) -> None:
    """A service that takes nothing now is asked again at the next look."""
    address = "https://hook.example/x"
    office.made(notify=Notice(channel="webhook", address=address))
    box.failures.append(DeliveryLater("Not now."))
    assert [send_notices(office.parts, now()) for _ in range(3)] == [0, 1, 0]
    assert box.arrived[-1].address == address


def test_nobody_is_told_of_what_was_asked_without(office: Office, box: Outbox) -> None:
    """An export without a notice."""
    office.made()
    assert send_notices(office.parts, now()) == 0
    assert box.arrived == []
