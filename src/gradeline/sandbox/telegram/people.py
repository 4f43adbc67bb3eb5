"""People who talk with the bot: they write, press buttons and read what arrives."""

from __future__ import annotations

import time
from collections.abc import Callable

from gradeline.sandbox.telegram.chats import Button, PrivateChat, Profile, TelegramMessage
from gradeline.sandbox.telegram.twin import TelegramTwin

#: Seconds in which an answer arrives, unless something is wrong.
_WAIT_S = 30.0


class Person:
    """One person at their phone."""

    def __init__(self, twin: TelegramTwin, profile: Profile) -> None:
        self._twin = twin
        self.profile = profile
        self.chat: PrivateChat = twin.chats.open(profile)
        self._read = 0

    def say(self, text: str) -> int:
        """Write a text; return the number of the update."""
        message = self._twin.next_message(self.profile.user_id, text, from_bot=False)
        self._twin.chats.post(self.chat, message)
        content = {**self._message(message), "from": self.profile.user(), "text": text}
        return self._twin.updates.add("message", content)

    def send_photo(self) -> int:
        """Send something that is no text; return the number of the update."""
        message = self._twin.next_message(self.profile.user_id, "", from_bot=False)
        self._twin.chats.post(self.chat, message)
        size = {"file_id": "photo", "file_unique_id": "p", "width": 1, "height": 1}
        content = {**self._message(message), "from": self.profile.user(), "photo": [size]}
        return self._twin.updates.add("message", content)

    def press(self, button: Button, message: TelegramMessage | None = None) -> int:
        """Press a button, of the last message that has it; return the number of the update."""
        below = message or next(
            one for one in reversed(self.chat.messages) if button in _buttons(one)
        )
        query = {
            "id": str(self._twin.next_number()),
            "from": self.profile.user(),
            "chat_instance": "1",
            "message": {**self._message(below), "text": below.text},
            "data": button.data,
        }
        return self._twin.updates.add("callback_query", query)

    def press_text(self, text: str) -> int:
        """Press the button of the last message with buttons whose text contains this one."""
        return self.press(self.button(text))

    def button(self, text: str) -> Button:
        """Return the button with that text of the last message that has buttons.

        Raises:
            LookupError: there is none.
        """
        for message in reversed(self.chat.messages):
            found = [one for one in _buttons(message) if text in one.text]
            if found:
                return found[0]
        raise LookupError(f"No button says {text!r}.")

    def block(self) -> None:
        """Block the bot."""
        self.chat.is_blocked = True
        self._twin.updates.add("my_chat_member", self._membership("member", "kicked"))

    def unblock(self) -> None:
        """Let the bot write again."""
        self.chat.is_blocked = False
        self._twin.updates.add("my_chat_member", self._membership("kicked", "member"))

    def read(self, timeout_s: float = _WAIT_S) -> TelegramMessage:
        """Wait for the bot's next message and return it.

        Raises:
            TimeoutError: none arrives.
        """
        message = self.wait(lambda: self._from_bot(self._read), timeout_s)
        self._read += 1
        return message

    def wait(
        self, found: Callable[[], TelegramMessage | None], timeout_s: float = _WAIT_S
    ) -> TelegramMessage:
        """Wait for a message that `found` returns."""
        return self._twin.chats.wait(found, timeout_s)

    @property
    def arrived(self) -> list[TelegramMessage]:
        """What the bot sent so far."""
        return [one for one in self.chat.messages if one.from_bot]

    @property
    def last(self) -> TelegramMessage:
        """The bot's last message."""
        return self.arrived[-1]

    def _from_bot(self, number: int) -> TelegramMessage | None:
        arrived = self.arrived
        return arrived[number] if number < len(arrived) else None

    def _message(self, message: TelegramMessage) -> dict[str, object]:
        return {
            "message_id": message.message_id,
            "date": int(time.time()),
            "chat": self.profile.chat(),
        }

    def _membership(self, before: str, after: str) -> dict[str, object]:
        bot = self._twin.bot()
        return {
            "chat": self.profile.chat(),
            "from": self.profile.user(),
            "date": int(time.time()),
            "old_chat_member": _member(bot, before),
            "new_chat_member": _member(bot, after),
        }


def _member(user: dict[str, object], status: str) -> dict[str, object]:
    member: dict[str, object] = {"user": user, "status": status}
    return {**member, "until_date": 0} if status == "kicked" else member


def _buttons(message: TelegramMessage) -> list[Button]:
    return [button for row in message.buttons for button in row]
