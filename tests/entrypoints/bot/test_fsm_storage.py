"""The promise of aiogram's storages, kept by its own in memory and by ours on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseEventIsolation, BaseStorage, StorageKey
from aiogram.fsm.storage.memory import MemoryStorage, SimpleEventIsolation

from gradeline.entrypoints.bot.fsm_storage import (
    PostgresIsolation,
    PostgresStorage,
    connection_in_use,
)
from gradeline.warehouse import Database, Role
from gradeline.warehouse.vocabulary import clients

KEY = StorageKey(bot_id=5, chat_id=7, user_id=7)
OTHERS = [
    StorageKey(bot_id=6, chat_id=7, user_id=7),
    StorageKey(bot_id=5, chat_id=7, user_id=8),
    StorageKey(bot_id=5, chat_id=7, user_id=7, destiny="other"),
    StorageKey(bot_id=5, chat_id=7, user_id=7, thread_id=3),
]


class Talk(StatesGroup):
    """States of the tests."""

    asked = State()


@pytest.fixture(params=["memory", "postgres"])
def storage(request: pytest.FixtureRequest) -> Iterator[BaseStorage]:
    """A storage that has nothing, in the transaction of an update where it needs one."""
    if request.param == "memory":
        yield MemoryStorage()
        return
    database: Database = request.getfixturevalue("module_warehouse")
    with database.connect(Role.APP) as connection:
        clients.show_only_chat(connection, KEY.chat_id)
        with connection_in_use(connection):
            yield PostgresStorage()
        connection.rollback()


@pytest.fixture(params=["memory", "postgres"])
def isolation(request: pytest.FixtureRequest) -> Iterator[BaseEventIsolation]:
    """An isolation of events."""
    if request.param == "memory":
        yield SimpleEventIsolation()
        return
    database: Database = request.getfixturevalue("module_warehouse")
    with database.connect(Role.APP) as connection:
        clients.show_only_chat(connection, KEY.chat_id)
        with connection_in_use(connection):
            yield PostgresIsolation()


def test_an_unknown_conversation_has_neither_state_nor_data(storage):
    """Nothing is there until something is set."""
    assert asyncio.run(storage.get_state(KEY)) is None
    assert asyncio.run(storage.get_data(KEY)) == {}


@pytest.mark.parametrize("state", [Talk.asked, "Talk:asked"])
def test_a_state_is_kept_by_its_name(storage, state):
    """Set as a state or as its text, it is read as text, and taken away by None."""
    asyncio.run(storage.set_state(KEY, state))
    assert asyncio.run(storage.get_state(KEY)) == "Talk:asked"
    asyncio.run(storage.set_state(KEY, None))
    assert asyncio.run(storage.get_state(KEY)) is None


def test_data_are_replaced_updated_and_apart_from_the_state(storage):
    """`set_data` replaces, `update_data` adds, and a state changes neither."""
    asyncio.run(storage.set_data(KEY, {"a": 1, "б": ["ñ", None]}))
    asyncio.run(storage.set_state(KEY, Talk.asked))
    assert asyncio.run(storage.update_data(KEY, {"c": True})) == {
        "a": 1,
        "б": ["ñ", None],
        "c": True,
    }
    asyncio.run(storage.set_data(KEY, {"d": 1.5}))
    assert asyncio.run(storage.get_data(KEY)) == {"d": 1.5}
    assert asyncio.run(storage.get_value(KEY, "d")) == 1.5
    assert asyncio.run(storage.get_state(KEY)) == "Talk:asked"


def test_what_is_read_is_a_copy(storage):
    """Changing it changes nothing that is kept."""
    asyncio.run(storage.set_data(KEY, {"a": 1}))
    asyncio.run(storage.get_data(KEY)).clear()
    assert asyncio.run(storage.get_data(KEY)) == {"a": 1}


@pytest.mark.parametrize("other", OTHERS)
def test_conversations_are_told_apart(storage, other):
    """By bot, user, thread and purpose."""
    asyncio.run(storage.set_state(KEY, Talk.asked))
    asyncio.run(storage.set_data(KEY, {"a": 1}))
    assert asyncio.run(storage.get_state(other)) is None
    assert asyncio.run(storage.get_data(other)) == {}


def test_an_isolation_lets_its_block_run(isolation):
    """The lock is held inside the block, and given back."""

    async def hold() -> str:
        """Hold the lock twice, one after the other."""
        async with isolation.lock(KEY):
            held = "held"
        async with isolation.lock(KEY):
            await isolation.close()
        return held

    assert asyncio.run(hold()) == "held"
