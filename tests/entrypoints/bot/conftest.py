"""The bot over a database of its own; each test has people of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.entrypoints.bot.rig import Rig, running_bot

from gradeline.warehouse import Database


@pytest.fixture(scope="module")
def rig(module_warehouse: Database) -> Iterator[Rig]:
    """The bot, its Telegram, and nobody yet."""
    with running_bot(module_warehouse) as made:
        yield made
