"""Telegram's own ways, beside what every channel promises."""

from __future__ import annotations

import pytest

from gradeline.base.errors import DeliveryLater
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


def test_a_chat_that_moved_is_found_by_its_old_number(telegram_rig: TelegramRig):
    """Who adds a group by the number it had before is told the one it has."""
    assert telegram_rig.channel.resolve(OLD_CHAT) == CHAT


def test_a_chat_that_moves_on_and_on_is_tried_later(telegram_rig: TelegramRig):
    """A second new number in a row is no answer to follow for ever."""
    telegram_rig.twin.moved[CHAT] = OLD_CHAT
    with pytest.raises(DeliveryLater, match="on and on"):
        telegram_rig.channel.send(
            Envelope(key="k", address=OLD_CHAT, message=Message(subject="s", text="t"))
        )
