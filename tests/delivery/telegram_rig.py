"""Telegram's channel with its twin."""

from __future__ import annotations

from collections.abc import Sequence

from tests.delivery.rig import Arrival, Fault

from gradeline.delivery.telegram import TelegramChannel
from gradeline.sandbox.telegram.twin import CHAT, TOKEN, TelegramTwin

_FAULTS = {
    "refused": "blocked",
    "later": "retry-after",
    "unknown": "lost",
    "timed-out": "timed-out",
}


class TelegramRig:
    """A chat of a simulated Telegram."""

    address = CHAT
    unknown_address = "-100999"
    secret = TOKEN
    shows_text = takes_documents = True

    def __init__(self, twin: TelegramTwin, url: str) -> None:
        self.twin = twin
        self.channel = TelegramChannel(TOKEN, base_url=f"{url}/telegram", pause_s=0)

    def arrived(self) -> Sequence[Arrival]:
        """The messages of the chat."""
        return [
            Arrival(text=one.text, documents={one.file_name: one.content} if one.file_name else {})
            for one in self.twin.messages
        ]

    def fail_next(self, fault: Fault) -> None:
        """Let the next message go wrong."""
        self.twin.next_faults.append(_FAULTS[fault])
