"""Telegram's own ways, beside what every channel promises."""

from __future__ import annotations

from gradeline.delivery.channel import Envelope
from gradeline.delivery.message import Message
from gradeline.sandbox.telegram.twin import CHAT, OLD_CHAT

from .telegram_rig import TelegramRig


def test_a_group_that_became_a_supergroup_is_followed(telegram_rig: TelegramRig):
    """A message to the old number of a group arrives in the new chat, and the new number is told."""
    message = Message(subject="Daily figures", text="12 attempts")
    receipt = telegram_rig.channel.send(Envelope(key="k", address=OLD_CHAT, message=message))
    assert receipt.moved_to == CHAT
    assert [one.text for one in telegram_rig.arrived()] == ["Daily figures\n\n12 attempts"]
