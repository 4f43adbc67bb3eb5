"""`gradeline deliveries`: what went to whom, and what did not."""

from __future__ import annotations

from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import MOST_ROWS, open_connection, screen_of
from gradeline.records.messages import MessageState, StoredMessage
from gradeline.warehouse.deliveries import messages

app = typer.Typer(help="List what was sent to whom, and send again.", no_args_is_help=True)

_SHOWN = 3


@app.command("ls")
def ls(
    context: typer.Context,
    state: Annotated[MessageState | None, typer.Option(help="Only messages in this state.")] = None,
    channel: Annotated[str | None, typer.Option(help="Only messages of this channel.")] = None,
    limit: Annotated[
        int, typer.Option(min=1, max=MOST_ROWS, help="At most so many, the newest first.")
    ] = 50,
) -> None:
    """List messages with their state, the newest first."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        found = messages.ls(connection, state=state, channel=channel, limit=limit)
    if not found and not screen.json:
        screen.answer("Nothing was sent yet.")
        return
    screen.table(
        ("number", "created", "channel", "address", "what", "documents", "state", "tries", "error"),
        [
            (
                one.message_id,
                one.created_at.isoformat(timespec="seconds"),
                one.channel,
                one.address,
                one.what,
                _documents(one),
                one.state,
                one.tries,
                one.error,
            )
            for one in found
        ],
    )


@app.command("show")
def show(
    context: typer.Context,
    number: Annotated[
        int, typer.Argument(metavar="NUMBER", help="As `ls` prints it.", max=MOST_ROWS)
    ],
) -> None:
    """Show all about one message: what it brought, when, and what the service said."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        found = messages.find(connection, number)
    if found is None:
        raise _no_message(number)
    values = {
        "number": found.message_id,
        "channel": found.channel,
        "address": found.address,
        "what": found.what.value,
        "recipient": found.recipient_id,
        "state": found.state.value,
        "tries": found.tries,
        "created": found.created_at.isoformat(),
        "next try": found.next_try_at.isoformat() if found.state in _OPEN else None,
        "sent": found.sent_at.isoformat() if found.sent_at else None,
        "build": found.build_id,
        "id at the service": found.provider_id,
        "url": found.url,
        "documents": [f"{due.document} ({due.occasion})" for due in found.documents],
        "steps done": dict(found.done_steps),
        "error": found.error,
    }
    if screen.json:
        screen.answer("", **values)
        return
    shown = {name: _text(value) for name, value in values.items() if value not in (None, [], {})}
    screen.table(("", ""), list(shown.items()))


@app.command("retry")
def retry(
    context: typer.Context,
    numbers: Annotated[
        list[int], typer.Argument(metavar="NUMBER...", help="As `ls` prints them.", max=MOST_ROWS)
    ],
) -> None:
    """Let the next run send messages again that are unknown, refused or failed."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        for number in numbers:
            if messages.find(connection, number) is None:
                raise _no_message(number)
        queued = [number for number in numbers if messages.retry(connection, number)]
    left = len(numbers) - len(queued)
    arrived = f" {count(left, 'message')} arrived already, or is on its way." if left else ""
    screen.answer(
        f"The next run sends {count(len(queued), 'message')}; `gradeline run --upload-only` does"
        f" so at once.{arrived}",
        queued=queued,
        arrived=left,
    )


_OPEN = (MessageState.WAITING, MessageState.SENDING)


def _no_message(number: int) -> WrongUse:
    return WrongUse(f"There is no message {number}.", hint="`gradeline deliveries ls` lists them.")


def _documents(one: StoredMessage) -> str:
    names = [due.document for due in one.documents]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, dict):
        return "\n".join(f"{name}: {each}" for name, each in value.items())
    return str(value)
