"""Make the pictures of messages in the how-to pages: our rendering of what was sent.

Each message goes through its real channel to the simulator of its service; what arrived there is
drawn by Chromium, which has to be installed, in a page of ours that resembles the service.

    .venv/bin/python docs/make_message_pictures.py            # the pictures of the pages
    .venv/bin/python docs/make_message_pictures.py FOLDER     # every message in every language
    .venv/bin/python docs/make_message_pictures.py FOLDER run-result test     # only these
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.policy import default
from html import escape
from pathlib import Path

from message_samples import SAMPLES, TABLE, sample
from page_pictures import draw, shell

from gradeline.base.languages import LANGUAGES
from gradeline.delivery.channel import Channel, Envelope
from gradeline.delivery.email import Email
from gradeline.delivery.google import GoogleAccount
from gradeline.delivery.mail_server import MailServer
from gradeline.delivery.mailbox import read_mailbox
from gradeline.delivery.message import Message
from gradeline.delivery.sheets import SheetsChannel
from gradeline.delivery.slack import SlackChannel
from gradeline.delivery.telegram import TelegramChannel
from gradeline.sandbox import Journal, Pace
from gradeline.sandbox.google.sheets import SHEET
from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.server.running import running
from gradeline.sandbox.slack.twin import TOKEN as SLACK_TOKEN
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.smtp.inbox import PASSWORD, SENDER
from gradeline.sandbox.smtp.twin import running_mail
from gradeline.sandbox.telegram.twin import CHAT, TelegramTwin
from gradeline.sandbox.telegram.twin import TOKEN as TELEGRAM_TOKEN

_IMAGES = Path(__file__).parent / "images" / "messages"
#: The pictures of the pages: file → service, sample, language, width in pixels.
_PICTURES = {
    "email-daily-figures": ("email", "daily-figures", "en", 640),
    "email-run-failed": ("email", "run-failed", "en", 640),
    "slack-run-result": ("slack", "run-result", "en", 560),
    "telegram-run-failed": ("telegram", "run-failed", "en", 420),
    "sheets-daily-figures": ("sheets", "daily-figures", "en", 760),
}
_MARKUP = re.compile(r"<(?P<url>https?://[^>]*)>|\*(?P<bold>[^*\n]+)\*|`(?P<code>[^`\n]+)`")


def main(folder: Path | None, chosen: Sequence[str]) -> None:
    """Draw the pictures of the pages, or samples in all languages into a folder."""
    if folder is None:
        _IMAGES.mkdir(parents=True, exist_ok=True)
        for name, (service, what, language, width) in _PICTURES.items():
            page = _page(service, sample(what, language))
            draw(page, width, _IMAGES / f"{name}.png")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for what in chosen or SAMPLES:
        for language in LANGUAGES:
            _draw_all(folder, what, language)
    draw(_page("sheets", sample("daily-figures", "en")), 760, folder / "sheets.png")


def _draw_all(folder: Path, what: str, language: str) -> None:
    made = sample(what, language)
    mail = _page("email", made)
    (folder / f"{what}-{language}.txt").write_text(f"{made.subject}\n\n{made.text}\n")
    draw(mail, 700, folder / f"{what}-{language}-email.png")
    draw(mail, 320, folder / f"{what}-{language}-email-320.png")
    draw(mail, 420, folder / f"{what}-{language}-email-dark.png", dark=True)
    for service in ("slack", "telegram"):
        draw(_page(service, made), 480, folder / f"{what}-{language}-{service}.png")


def _page(service: str, made: Message) -> str:
    """Send a message through a service's channel; return a page that shows what arrived."""
    arrived = {"email": _mailed, "slack": _slack, "telegram": _telegram, "sheets": _sheets}
    return arrived[service](made)


def _send(channel: Channel, address: str, made: Message) -> None:
    channel.send(Envelope(key="picture", address=address, message=made))


def _mailed(made: Message) -> str:
    with running_mail(pace=Pace(speed=50), journal=Journal()) as twin:
        server = MailServer(
            host="127.0.0.1",
            port=twin.port,
            sender=read_mailbox(SENDER),
            password=PASSWORD,
            ca_file=twin.ca_file,
        )
        _send(Email(server), "ana@school.example", made)
        mail = message_from_bytes(twin.arrived()[0].content, policy=default)
    return "".join(str(part.get_content()) for part in [mail.get_body(("html",))] if part)


def _slack(made: Message) -> str:
    twin = SlackTwin()
    with running([twin]) as sandbox:
        channel = SlackChannel(SLACK_TOKEN, base_url=f"{sandbox.url}/slack/api/")
        _send(channel, "C0REPORTS1", made)
    (message,) = twin.channels["C0REPORTS1"].messages
    shown = "".join(_slack_block(block) for block in message.blocks)
    head = '<div class="icon">G</div><div><b>Gradeline</b> <small>APP</small>'
    return shell("slack", f"{head}{shown}</div>")


def _slack_block(block: dict) -> str:
    text = block["text"]["text"]
    if block["type"] == "header":
        return f"<h3>{escape(text)}</h3>"
    return f"<p>{_MARKUP.sub(_slack_markup, text)}</p>"


def _slack_markup(found: re.Match[str]) -> str:
    if found["bold"]:
        return f"<b>{found['bold']}</b>"
    return f"<code>{found['code']}</code>" if found["code"] else f"<a>{found['url']}</a>"


def _telegram(made: Message) -> str:
    twin = TelegramTwin()
    with running([twin]) as sandbox:
        url = f"{sandbox.url}/telegram"
        _send(TelegramChannel(TELEGRAM_TOKEN, base_url=url, pause_s=0), CHAT, made)
    bubbles = (
        f'<div class="bubble">{one.html or escape(one.text or one.file_name)}</div>'
        for one in twin.messages
    )
    return shell("telegram", "".join(bubbles))


def _sheets(made: Message) -> str:
    twin = GoogleTwin()
    with running([twin]) as sandbox:
        account = GoogleAccount(twin.account, base_url=f"{sandbox.url}/google")
        _send(SheetsChannel(account), SHEET, made)
    rows = "".join(_sheet_rows(twin.sheets.sheets[TABLE.title]))
    return shell("sheets", f"<table>{rows}</table><span>{TABLE.title}</span>")


def _sheet_rows(grid: list[list]) -> Iterator[str]:
    letters = "".join(f"<th>{chr(65 + number)}</th>" for number in range(len(grid[0])))
    yield f"<tr><th></th>{letters}</tr>"
    for number, row in enumerate(grid, start=1):
        cells = "".join(
            f"<td class={'number' if isinstance(cell, int | float) else 'text'}>{escape(str(cell))}"
            for cell in row
        )
        yield f"<tr><th>{number}</th>{cells}</tr>"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None, sys.argv[2:])
