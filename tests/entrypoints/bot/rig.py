"""The bot in this process, over a real database and the simulated Telegram, one step at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from tests.warehouse.vocabulary.conftest import WORDS

from gradeline.entrypoints.bot.app import bot as bot_of
from gradeline.entrypoints.bot.calls import send_text
from gradeline.entrypoints.bot.parts import BotParts, BotTerms
from gradeline.entrypoints.bot.polling import Poller
from gradeline.entrypoints.bot.sending import Sender
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.server.running import running
from gradeline.sandbox.telegram.chats import Profile
from gradeline.sandbox.telegram.people import Person
from gradeline.sandbox.telegram.twin import TOKEN, TelegramTwin
from gradeline.warehouse import Database, Role
from gradeline.warehouse.bot.messages import Kind, NewBotMessage, put
from gradeline.warehouse.connect.pool import open_pool
from gradeline.warehouse.vocabulary import dictionary

ZONE = "Europe/Madrid"
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
PICTURE = b"\x89PNG a picture of progress"
SPEED = 200


@dataclass
class Clock:
    """A clock that goes on when a test says so."""

    now: datetime = MONDAY
    breaks: bool = False  #: whether it breaks when it is asked next: a mistake of ours

    def __call__(self) -> datetime:
        """Return the time."""
        if self.breaks:
            self.breaks = False
            raise ZeroDivisionError
        return self.now


@dataclass
class Rig:
    """The bot, its Telegram, and people."""

    twin: TelegramTwin
    url: str
    parts: BotParts
    clock: Clock
    runner: asyncio.Runner
    people: list[Person] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the bot."""
        self.runner.run(self._start())

    def restart(self) -> None:
        """End the bot as it is, and start another over the same database."""
        self.runner.run(self.bot.session.close())
        self.runner.run(self._start())

    async def _start(self) -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(self.url))
        self.bot = Bot(TOKEN, session=session)
        self.sender = Sender(self.parts, self.bot, SPEED)
        self.dispatcher = bot_of(self.parts, self.sender.wake)
        self.poller = Poller(self.bot, self.dispatcher)

    def person(self, language: str = "en", name: str = "Ana") -> Person:
        """Somebody new."""
        number = 1001 + len(self.people)
        profile = Profile(user_id=number, name=name, language=language, username=f"u{number}")
        self.people.append(Person(self.twin, profile))
        return self.people[-1]

    def learner(self, language: str = "en") -> Person:
        """Somebody who has consented and is in no group."""
        person = self.person(language)
        person.say("/start")
        self.turn()
        person.press(person.last.buttons[0][0])
        self.turn()
        return person

    def turn(self) -> None:
        """Let the bot handle what waits, and send what it answers."""
        self.runner.run(self._turn())

    def tell(self, person: Person, text: str) -> str:
        """Say something and return the last answer."""
        person.say(text)
        self.turn()
        return person.last.text

    def tell_all(self, person: Person, *texts: str) -> list[str]:
        """Say one after the other; the answers."""
        return [self.tell(person, text) for text in texts]

    def press(self, person: Person, text: str) -> str:
        """Press the button with that text, and return the last answer."""
        person.press_text(text)
        self.turn()
        return person.last.text

    def press_first(self, person: Person, times: int = 1) -> str:
        """Press the first button of the last message, so many times; the last answer."""
        for _ in range(times):
            person.press(person.last.buttons[0][0])
            self.turn()
        return person.last.text

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self.clock.now += timedelta(**time)

    def put(self, person: Person, text: str, kind: Kind = Kind.ANSWER) -> None:
        """Store a message to a person."""
        method, content = send_text(person.profile.user_id, text)
        message = NewBotMessage(
            chat_id=person.profile.user_id, method=method, content=content, kind=kind
        )
        with self.parts.by_loader.connect() as connection:
            put(connection, message, self.clock())

    def count(self, table: str, where: str = "true") -> int:
        """How many rows a table has."""
        with self.parts.by_loader.connect() as connection:
            ((rows,),) = connection.execute(f"select count(*) from {table} where {where}")
        return rows

    async def handle(self) -> None:
        """Handle what waits, and confirm it."""
        while self.twin.updates.waiting:
            await self.poller.step(asyncio.Event())
            await self.bot.get_updates(offset=self.poller.offset, timeout=0)

    async def _turn(self) -> None:
        await self.handle()
        while self.count("bot_messages", f"status = 'waiting' and due_at <= '{self.clock.now}'"):
            await self.sender.send_once()
            await asyncio.sleep(0.01)  # a chat rests for a moment after each message


def add_words(database: Database) -> None:
    """Put a small dictionary into a database."""
    entries = [
        dictionary.NewEntry(word=word, translation=translation, level=level, category=category)
        for word, translation, level, category in WORDS
    ]
    with database.connect() as connection:
        dictionary.add_entries(connection, entries)


@contextmanager
def running_bot(database: Database, quiz_words: int = 4) -> Iterator[Rig]:
    """A bot over a database with a small dictionary."""
    add_words(database)
    twin, clock = TelegramTwin(pace=Pace(speed=SPEED)), Clock()
    terms = BotTerms(
        zone=ZONE, language="en", consent_age=14, quiz_words=quiz_words, weekly="0 18 * * 0"
    )
    with (
        open_pool(database) as pooled,
        open_pool(pooled, Role.LOADER, size=2) as opened,
        running([twin], pace=Pace(speed=SPEED)) as sandbox,
        asyncio.Runner() as runner,
    ):
        parts = BotParts(
            database=opened,
            by_loader=opened,
            terms=terms,
            clock=clock,
            draw_progress=lambda _progress, _language: PICTURE,
            dice=Random(5),
        )
        url = f"{sandbox.url}/telegram"
        rig = Rig(twin=twin, url=url, parts=parts, clock=clock, runner=runner)
        yield rig
        runner.run(rig.bot.session.close())
