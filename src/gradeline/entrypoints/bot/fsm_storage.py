"""aiogram's storage of states, and its isolation of events, on PostgreSQL.

Both work in the transaction of the update that is being handled, so the state of a conversation
changes together with what the learner did.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import (
    BaseEventIsolation,
    BaseStorage,
    DefaultKeyBuilder,
    StateType,
    StorageKey,
)

from gradeline.warehouse import Connection
from gradeline.warehouse.bot import chats, states

#: aiogram hands a storage nothing but the key; the transaction comes beside it.
_CONNECTION: ContextVar[Connection] = ContextVar("connection")


@contextmanager
def connection_in_use(connection: Connection) -> Iterator[None]:
    """Let storage and isolation use the transaction of an update, in this task."""
    token = _CONNECTION.set(connection)
    try:
        yield
    finally:
        _CONNECTION.reset(token)


class PostgresStorage(BaseStorage):
    """Keeps the states and data of conversations; data are JSON."""

    def __init__(self) -> None:
        self._keys = DefaultKeyBuilder(
            with_bot_id=True, with_business_connection_id=True, with_destiny=True
        )

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Set the state of a conversation."""
        text = state.state if isinstance(state, State) else state
        await asyncio.to_thread(
            states.set_state, _CONNECTION.get(), self._keys.build(key), key.chat_id, text
        )

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state of a conversation; None = none."""
        state, _ = await self._read(key)
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the data of a conversation."""
        await asyncio.to_thread(
            states.set_data, _CONNECTION.get(), self._keys.build(key), key.chat_id, data
        )

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return a copy of the data of a conversation."""
        _, data = await self._read(key)
        return data

    async def close(self) -> None:
        """Close nothing: connections are the pool's."""

    async def _read(self, key: StorageKey) -> tuple[str | None, dict[str, Any]]:
        return await asyncio.to_thread(states.read, _CONNECTION.get(), self._keys.build(key))


class PostgresIsolation(BaseEventIsolation):
    """Handles one update of a chat at a time, in whichever process it arrives."""

    @asynccontextmanager
    async def lock(self, key: StorageKey) -> AsyncGenerator[None, None]:
        """Hold the chat until the transaction of the update ends."""
        await asyncio.to_thread(chats.lock, _CONNECTION.get(), key.chat_id)
        yield

    async def close(self) -> None:
        """Close nothing: the lock is the transaction's."""
