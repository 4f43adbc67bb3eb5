"""Telegram's own ways, beside what every channel promises."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gradeline.base.errors import DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.bot_api import BotApi
from gradeline.delivery.channel import Envelope
from gradeline.delivery.message import Document, Message
from gradeline.sandbox.exchange import Request, Response
from gradeline.sandbox.server.running import running
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


def document(*folder: str) -> Document:
    """A file of a course, or of none."""
    return Document(
        name="a.pdf", media_type="application/pdf", content=b"%PDF", key="a.pdf", folder=folder
    )


def test_a_document_says_which_course_it_is_of(telegram_rig: TelegramRig):
    """Below a report stands its course, and below the whole of a long text what it is about."""
    files = (document("AAA", "2013J"), document(), document("я" * 2_000))
    message = Message(subject="Reports of 2 courses", text="t", documents=files)
    telegram_rig.channel.send(Envelope(key="k", address=CHAT, message=message))
    captions = [one.text for one in telegram_rig.twin.messages if one.file_name]
    assert captions[:2] == ["AAA · 2013J", "Reports of 2 courses"]
    assert len(captions[2]) == 500


class Answering:
    """A server that is no Telegram, or one with bad news: it gives every request one answer."""

    name = "telegram"
    faults: Mapping[str, bool] = {}
    settings: Mapping[str, str] = {}

    def __init__(self, status: int, body: bytes) -> None:
        self._answer = Response(status=status, body=body)

    def respond(self, request: Request) -> Response:
        """Give the answer."""
        return self._answer


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"<html>Log in to the hotel's network</html>", DeliveryUnknown),
        (200, b"[1]", DeliveryUnknown),
        (502, b"", DeliveryUnknown),
        (500, b'{"ok": false, "description": "Internal Server Error"}', DeliveryUnknown),
        (429, b'{"ok": false, "parameters": {"retry_after": 3}}', DeliveryLater),
        (400, b'{"ok": false, "description": "Bad Request: message is too long"}', DeliveryRefused),
        (400, b'{"ok": false, "description": "Bad Request: chat not found"}', DeliveryRefused),
        (413, b'{"ok": false, "description": "Request Entity Too Large"}', DeliveryRefused),
        (404, b'{"ok": false, "description": "Not Found"}', DeliveryRefused),
    ],
)
def test_whatever_answers_is_one_of_our_errors(status, body, error):
    """Only Telegram's own words say that it took nothing, or never will; the token is in no error."""
    with running([Answering(status, body)]) as sandbox, pytest.raises(error) as caught:
        BotApi("1:a-secret", f"{sandbox.url}/telegram").send_text(CHAT, "t")
    assert "a-secret" not in f"{caught.value!r}{caught.value.__cause__!r}{caught.value.hint}"
