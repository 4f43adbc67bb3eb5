"""Make the pictures of talks with the bot: our rendering of what arrived in a chat.

A learner of each language practises with the real bot over the simulated Telegram; what stands in
the chat afterwards is drawn by Chromium, in a page of ours that resembles Telegram.

    PYTHONPATH=. .venv/bin/python docs/make_bot_pictures.py            # the pictures of the page
    PYTHONPATH=. .venv/bin/python docs/make_bot_pictures.py FOLDER     # into a folder
"""

from __future__ import annotations

import base64
import csv
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from chat_learner import ChatLearner
from page_pictures import draw, shell
from tests.entrypoints.bot.rig import Rig, running_bot

from gradeline.reports.charts.practice import practice_png
from gradeline.sandbox.telegram.chats import TelegramMessage
from gradeline.vocabulary.dictionary import SHIPPED
from gradeline.warehouse import Database, EmbeddedServer, open_warehouse, stop_embedded
from gradeline.warehouse.vocabulary import dictionary

_IMAGES = Path(__file__).parent / "images" / "bot"
_WIDTH = 420
_NAMES = {"ru": "Мария", "es": "Lucía", "en": "Emma"}


def main(folder: Path) -> None:
    """Let a learner of each language practise, and draw their chats."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gl-", dir="/tmp") as home:
        Path(home).chmod(0o711)
        place = EmbeddedServer(home=Path(home) / "home")
        with (
            open_warehouse(place, say=lambda _: None) as database,
            running_bot(database, quiz_words=4) as rig,
        ):
            _add_shipped_words(database)
            rig.parts = replace(rig.parts, draw_progress=practice_png)
            rig.restart()
            for code, name in _NAMES.items():
                page = shell("chat", "".join(_talk(rig, code, name)))
                draw(page, _WIDTH, folder / f"talk-{code}.png")
        stop_embedded(place.home)


def _add_shipped_words(database: Database) -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = [dictionary.NewEntry(**row) for row in csv.DictReader(file)]
    with database.connect() as connection:
        dictionary.add_entries(connection, rows)


def _talk(rig: Rig, code: str, name: str) -> Iterator[str]:
    """Yield what stands in the chat: meeting, and some days later a quiz and the progress."""
    learner = ChatLearner(rig, rig.person(code, name))
    learner.meet()
    yield from map(_bubble, learner.chat)
    yield '<div class="gap">···</div>'
    learner.practise_for_days()
    seen = len(learner.chat)
    learner.show_a_quiz()
    yield from map(_bubble, learner.chat[seen:])


def _bubble(message: TelegramMessage) -> str:
    picture = ""
    if message.content:
        data = base64.b64encode(message.content).decode()
        picture = f'<img src="data:image/png;base64,{data}">'
    text = message.html or escape(message.text)
    own = "" if message.from_bot else " own"
    rows = "".join(
        f'<div class="row">{"".join(f"<span>{escape(one.text)}</span>" for one in row)}</div>'
        for row in message.buttons
    )
    below = f'<div class="buttons">{rows}</div>' if rows else ""
    return f'<div class="bubble{own}">{picture}{text}</div>{below}'


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _IMAGES)
