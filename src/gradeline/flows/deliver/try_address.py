"""Try a recipient's address: check it, and send a short message there."""

from __future__ import annotations

from datetime import datetime

from gradeline.base.languages import language as language_of
from gradeline.delivery.channel import Envelope
from gradeline.delivery.message import Message, Receipt
from gradeline.flows.deliver.recipients import find_channel
from gradeline.flows.parts import Delivery
from gradeline.records.recipients import Recipient
from gradeline.reports.messages.render import render_message
from gradeline.reports.messages.values import AddressTestValues


def send_test(delivery: Delivery, recipient: Recipient, now: datetime) -> Receipt | None:
    """Check a recipient's address, then send a short message there, outside the ledger.

    Returns:
        What the service said; None = no message was sent, for the channel keeps files or rows and
        is only checked.

    Raises:
        WrongUse: the channel is not set up.
        DeliveryError: the check found something, or the message did not arrive for certain.
    """
    channel = find_channel(delivery, recipient.channel)
    for problem in channel.check(recipient.resolved_address):
        raise problem
    if channel.traits.keeps_rows or channel.traits.keeps_folders:
        return None
    language = language_of(recipient.language)
    rendered = render_message(
        "test",
        AddressTestValues(
            what=recipient.what,
            address=recipient.address,
            sent_at=language.instant(now, delivery.timezone),
        ),
        recipient.language,
        delivery.templates,
    )
    message = Message(subject=rendered.subject, text=rendered.text, html=rendered.html)
    key = f"gradeline-test-{recipient.recipient_id}-{now:%Y%m%d%H%M%S%f}"
    return channel.send(Envelope(key=key, address=recipient.resolved_address, message=message))
