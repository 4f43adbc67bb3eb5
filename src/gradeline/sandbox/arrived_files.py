"""What arrived at the simulated services, as files that a person can open."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.systems import Systems
from gradeline.sandbox.telegram.twin import TelegramTwin
from gradeline.sandbox.webhook.twin import WebhookTwin

#: What a file system may not keep in a name, or would take for a way out of the folder.
_UNSAFE = re.compile(r'[\x00-\x1f/\\:*?"<>|]|^\.+')


class ArrivedFiles:
    """A folder with everything that arrived: one file for each message, document and sheet."""

    def __init__(self, systems: Systems, folder: Path) -> None:
        self._systems = systems
        self._folder = folder
        self._written: dict[Path, bytes] = {}

    def write(self) -> None:
        """Write what is new or has changed since the last time."""
        for names, content in arrived_files(self._systems):
            path = self._folder.joinpath(*(_UNSAFE.sub("_", name) for name in names))
            if self._written.get(path) != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                self._written[path] = content


def arrived_files(systems: Systems) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """Yield the folders and the name of a file for all that arrived, and its bytes."""
    for number, mail in enumerate(systems.mail.arrived(), start=1):
        yield ("email", f"{number:04}.eml"), mail.content
    for twin in systems.channels.values():
        match twin:
            case SlackTwin():
                yield from _slack(twin)
            case TelegramTwin():
                yield from _telegram(twin)
            case GoogleTwin():
                yield from _google(twin)
            case WebhookTwin():
                for number, kept in enumerate(list(twin.kept.values()), start=1):
                    yield ("webhook", f"{number:04}.json"), _json(kept)


def _slack(twin: SlackTwin) -> Iterator[tuple[tuple[str, ...], bytes]]:
    for channel in twin.channels.values():
        for message in list(channel.messages):
            content = {"text": message.text, "blocks": message.blocks}
            yield ("slack", channel.name, f"{message.ts}.json"), _json(content)
    for file in list(twin.files.values()):
        if file.channel:
            room = twin.channels[file.channel].name
            yield ("slack", room, f"{file.file_id} {file.name}"), file.content


def _telegram(twin: TelegramTwin) -> Iterator[tuple[tuple[str, ...], bytes]]:
    for each in list(twin.messages):
        name = f"{each.message_id:04}"
        if each.file_name:
            yield ("telegram", each.chat_id, f"{name} {each.file_name}"), each.content
        if each.text:
            shown = each.html or each.text
            ending = "html" if each.html else "txt"
            yield ("telegram", each.chat_id, f"{name}.{ending}"), shown.encode()


def _google(twin: GoogleTwin) -> Iterator[tuple[tuple[str, ...], bytes]]:
    for path, content in twin.drive.documents().items():
        yield ("drive", *path.split("/")), content
    for title, grid in list(twin.sheets.sheets.items()):
        if grid:
            rows = io.StringIO()
            csv.writer(rows).writerows(grid)
            yield ("sheets", f"{title}.csv"), rows.getvalue().encode()


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
