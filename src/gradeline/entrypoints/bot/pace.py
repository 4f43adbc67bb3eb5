"""How fast the bot may write: about 30 messages a second in all, one a second to a chat."""

from __future__ import annotations

from collections.abc import Callable

#: What Telegram takes: messages a second in all, and seconds between two to one chat.
_A_SECOND, _CHAT_S = 30.0, 1.0


class Pace:
    """Says when a message may go out.

    Args:
        clock: seconds, from any instant on.
        speed: how much faster than life a simulated Telegram is.
    """

    def __init__(self, clock: Callable[[], float], speed: float = 1.0) -> None:
        self._clock = clock
        self._a_second = _A_SECOND * speed
        self._chat_s = _CHAT_S / speed
        self._left, self._at = self._a_second, clock()
        self._free_at: dict[int, float] = {}

    def room(self) -> int:
        """Return how many messages may go out now."""
        now = self._clock()
        gained = (now - self._at) * self._a_second
        self._left, self._at = min(self._a_second, self._left + gained), now
        return int(self._left)

    def resting(self) -> list[int]:
        """Return the chats to which nothing may go out now."""
        now = self._clock()
        self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
        return list(self._free_at)

    def spend(self, chat_id: int, *, writes: bool) -> None:
        """Count a message that goes out.

        Args:
            chat_id: where it goes.
            writes: whether it puts a message into the chat; else it changes what is there.
        """
        self._left -= 1
        if writes:
            self._free_at[chat_id] = self._clock() + self._chat_s
