"""Private chats of people with the bot: what stands in them, as Telegram shows it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Condition
from typing import Any, TypeVar

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button below a message."""

    text: str
    data: str  #: what the bot gets when it is pressed


@dataclass(frozen=True, kw_only=True)
class TelegramMessage:
    """A message in a chat."""

    message_id: int
    chat_id: str
    text: str = ""  #: as it is shown; of a file, its caption
    html: str = ""  #: as it was sent, if with `parse_mode`
    file_name: str = ""
    content: bytes = b""
    buttons: tuple[tuple[Button, ...], ...] = ()  #: rows of them
    from_bot: bool = True
    edits: int = 0  #: how often the bot changed it


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A person as Telegram shows them to a bot."""

    user_id: int
    name: str
    language: str = ""  #: `language_code`; empty = their app names none
    username: str = ""

    def user(self) -> dict[str, Any]:
        """Return the person as an update has them."""
        user: dict[str, Any] = {"id": self.user_id, "is_bot": False, "first_name": self.name}
        if self.language:
            user["language_code"] = self.language
        if self.username:
            user["username"] = self.username
        return user

    def chat(self) -> dict[str, Any]:
        """Return the private chat with the person as an update has it."""
        return {"id": self.user_id, "type": "private", "first_name": self.name}


@dataclass(kw_only=True)
class PrivateChat:
    """A chat of one person with the bot."""

    profile: Profile
    messages: list[TelegramMessage] = field(default_factory=list)
    is_blocked: bool = False
    sent_at: list[float] = field(default_factory=list)  #: monotonic seconds of the bot's messages


class Chats:
    """All private chats; of any thread."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._chats: dict[str, PrivateChat] = {}

    def open(self, profile: Profile) -> PrivateChat:
        """Open the chat of a person, or return it."""
        with self._changed:
            return self._chats.setdefault(str(profile.user_id), PrivateChat(profile=profile))

    def find(self, chat_id: object) -> PrivateChat | None:
        """Return the chat of that number, if a person opened it."""
        return self._chats.get(str(chat_id))

    def all(self) -> list[PrivateChat]:
        """Return every chat."""
        with self._changed:
            return list(self._chats.values())

    def post(self, chat: PrivateChat, message: TelegramMessage) -> None:
        """Add a message to a chat."""
        with self._changed:
            chat.messages.append(message)
            if message.from_bot:
                chat.sent_at.append(time.monotonic())
            self._changed.notify_all()

    def edit(self, chat: PrivateChat, message_id: int, **changed: Any) -> TelegramMessage | None:
        """Change a message of the bot; None = there is none of that number."""
        with self._changed:
            for place, message in enumerate(chat.messages):
                if message.message_id == message_id and message.from_bot:
                    edited = replace(message, **changed, edits=message.edits + 1)
                    chat.messages[place] = edited
                    self._changed.notify_all()
                    return edited
        return None

    def wait(self, found: Callable[[], _T | None], timeout_s: float) -> _T:
        """Wait until something is found in a chat.

        Raises:
            TimeoutError: it is not, after that many seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: found() is not None, timeout_s):
                raise TimeoutError(f"Nothing of that kind arrived within {timeout_s:g} s.")
            result = found()
        assert result is not None  # noqa: S101 - it was waited for
        return result


def read_buttons(markup: str) -> tuple[tuple[Button, ...], ...] | None:
    """Return the rows of buttons of a `reply_markup`; None = Telegram would not take them."""
    if not markup:
        return ()
    rows = json.loads(markup).get("inline_keyboard", [])
    buttons = tuple(
        tuple(Button(text=one["text"], data=one.get("callback_data", "")) for one in row)
        for row in rows
    )
    each = [one for row in buttons for one in row]
    longest = 64  # bytes of data that Telegram keeps with a button
    return buttons if all(1 <= len(b.data.encode()) <= longest and b.text for b in each) else None
