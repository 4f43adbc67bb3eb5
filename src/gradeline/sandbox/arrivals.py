"""What arrived at the simulated services, in a line each."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.systems import Systems
from gradeline.sandbox.telegram.twin import TelegramTwin
from gradeline.sandbox.webhook.twin import WebhookTwin


def arrivals(systems: Systems) -> Iterator[str]:
    """Yield a line for each message, file and sheet that arrived, service by service."""
    for mail in systems.mail.arrived():
        read = message_from_bytes(mail.content, policy=default)
        files = [part.get_filename() for part in read.iter_attachments()]
        yield f"email to {read['to']}: {read['subject']}{_with(files)}"
    for twin in systems.channels.values():
        match twin:
            case SlackTwin():
                yield from _slack(twin)
            case TelegramTwin():
                yield from _telegram(twin)
            case GoogleTwin():
                yield from _google(twin)
            case WebhookTwin():
                for kept in twin.kept.values():
                    yield f"webhook: {kept['subject']}"


def _slack(twin: SlackTwin) -> Iterator[str]:
    for channel in twin.channels.values():
        for message in channel.messages:
            yield f"slack #{channel.name}: {_first_line(message.text)}"
        for file in twin.files.values():
            if file.channel == channel.channel_id:
                yield f"slack #{channel.name}: {file.name}"


def _telegram(twin: TelegramTwin) -> Iterator[str]:
    for message in twin.messages:
        yield f"telegram {message.chat_id}: {message.file_name or _first_line(message.text)}"


def _google(twin: GoogleTwin) -> Iterator[str]:
    for path, content in sorted(twin.drive.documents().items()):
        yield f"drive {path} ({len(content):,} bytes)"
    for title, grid in twin.sheets.sheets.items():
        if grid:
            yield f"sheets {title!r}: {len(grid) - 1} rows below {', '.join(map(str, grid[0]))}"


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _with(files: list[str | None]) -> str:
    return f", with {', '.join(filter(None, files))}" if any(files) else ""
