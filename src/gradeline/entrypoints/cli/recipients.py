"""`gradeline recipients`: who gets what, through which channel, and when."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from gradeline.access.permissions import Role
from gradeline.base.clock import now
from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import (
    MOST_ROWS,
    open_connection,
    open_run,
    screen_of,
    settings_of,
)
from gradeline.records.recipients import NewRecipient, Recipient, What
from gradeline.warehouse.deliveries import recipients

app = typer.Typer(help="Manage who gets reports and figures, and where.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="As `ls` prints it.", max=MOST_ROWS)]
RoleOption = Annotated[
    Role | None,
    typer.Option(
        help="What they may see: a curator own groups, a reader no names. By default admin; for"
        " group-report curator."
    ),
]
OfWhom = Annotated[
    str,
    typer.Option(
        "--for",
        help="The person of the staff whose groups a curator gets; by default the one whose email"
        " or chat the address is.",
    ),
]
Groups = Annotated[
    list[str] | None,
    typer.Option(help="Of group reports only this group, by ID or name; may be repeated."),
]


class Language(StrEnum):
    """Languages of messages and documents."""

    EN = "en"
    RU = "ru"
    ES = "es"


@app.command("add")
def add(
    context: typer.Context,
    channel: Annotated[
        str, typer.Argument(help="email, slack, telegram, drive, sheets or webhook.")
    ],
    address: Annotated[
        str, typer.Argument(help="An email address, a channel, a chat, a folder, a sheet, a URL.")
    ],
    what: Annotated[What, typer.Option(help="What they get.")] = What.COURSE_REPORT,
    role: RoleOption = None,
    of_whom: OfWhom = "",
    group: Groups = None,
    category: Annotated[
        list[str] | None, typer.Option(help="Only courses of this category; may be repeated.")
    ] = None,
    course: Annotated[
        list[str] | None,
        typer.Option(help="Only this course, as category/course; may be repeated."),
    ] = None,
    language: Annotated[
        Language | None, typer.Option(help="Of text and documents; by default GRADELINE_LANG.")
    ] = None,
    when: Annotated[
        str, typer.Option(help="A cron line in school time; by default after each run.")
    ] = "",
) -> None:
    """Add a recipient, or change the one with the same channel, address and --what."""
    from gradeline.flows.deliver.recipients import add_rights, new_recipient  # brings Babel

    settings, screen = settings_of(context), screen_of(context)
    wanted = NewRecipient(
        channel=channel,
        address=address,
        resolved_address="",
        what=what,
        role=role.value if role else "",
        categories=tuple(category or ()),
        courses=tuple(course or ()),
        language=language or settings.gradeline_lang,
        cron=when,
        added_by=getpass.getuser(),
    )
    with open_run(settings, screen) as parts:
        with parts.database.connect() as connection:
            wanted = add_rights(connection, wanted, of_whom=of_whom, groups=group or ())
        recipient = new_recipient(parts.delivery, wanted, now())
        with parts.database.connect() as connection:
            number = recipients.put(connection, recipient)
    screen.answer(
        f"Recipient {number} gets {what} by {channel} at {address},"
        f" {f'at {when}' if when else 'after each run'}."
        f" `gradeline recipients test {number}` tries it.",
        number=number,
        address=recipient.resolved_address,
    )


@app.command("ls")
def ls(
    context: typer.Context,
    channel: Annotated[str | None, typer.Option(help="Only those of this channel.")] = None,
) -> None:
    """List recipients; those that settings name are known from the first run on."""
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        known = recipients.ls(connection, channel=channel)
    if not known and not screen.json:
        screen.answer("There are no recipients. `gradeline recipients add` adds one.")
        return
    columns = ("number", "channel", "address", "what", "role", "scope", "language", "when")
    screen.table(
        (*columns, "next", "added by", "paused because"),
        [
            (
                one.recipient_id,
                one.channel,
                one.address,
                one.what,
                one.role,
                _scope(one),
                one.language,
                one.cron or "after each run",
                one.next_at.isoformat(timespec="minutes") if one.next_at else None,
                one.added_by,
                "They unsubscribed." if one.is_unsubscribed else one.paused_because,
            )
            for one in known
        ],
    )


@app.command("rm")
def rm(context: typer.Context, number: Number) -> None:
    """Remove a recipient. What they got stays in `gradeline deliveries ls`."""
    from gradeline.flows.deliver.recipients import find_recipient  # brings Babel

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        known = find_recipient(connection, number)
        recipients.remove(connection, number)
    screen.answer(f"{known} gets nothing any more.", number=number)
    if known.origin == "settings":
        screen.say("A setting names this address: the next run adds it again unless you unset it.")


@app.command("test")
def test(context: typer.Context, number: Number) -> None:
    """Check a recipient's address and send a short message; if it arrives, a pause ends."""
    from gradeline.flows.deliver.recipients import find_recipient, resume_recipient  # brings Babel
    from gradeline.flows.deliver.try_address import send_test  # brings the templates

    screen = screen_of(context)
    with (
        open_run(settings_of(context), screen) as parts,
        parts.database.connect(autocommit=True) as connection,
    ):
        known = find_recipient(connection, number)
        receipt = send_test(parts.delivery, known, now())
        queued = resume_recipient(connection, known)
        moved_to = receipt.moved_to if receipt is not None else ""
        if moved_to:
            recipients.move(connection, known.channel, known.resolved_address, moved_to)
    did = "A test message was sent to" if receipt is not None else "Nothing is wrong with"
    answer = {"number": number, "sent": receipt is not None, "queued": queued}
    screen.answer(f"{did} {known}.", **answer, moved_to=moved_to)
    if moved_to:
        screen.say(f"{known.channel} knows it as {moved_to} now; messages go there from here on.")
    if queued:
        screen.say(f"The next run sends {count(queued, 'message')} that it had refused.")


@app.command("webhook-key")
def webhook_key(context: typer.Context) -> None:
    """Print the key that receivers of webhooks verify signatures with."""
    from gradeline.delivery.webhook import key_of  # brings the HTTP client

    secret = settings_of(context).signing_secret
    if secret is None:
        raise WrongUse(
            "Webhooks are off: SIGNING_SECRET is not set.",
            hint="Set it to 32 random characters or more.",
        )
    key = key_of(secret.get_secret_value()).hex()
    screen_of(context).answer(key, key=key)


def _scope(recipient: Recipient) -> str:
    """Describe which courses a recipient gets."""
    names = [*(f"{category}/*" for category in recipient.categories), *recipient.courses]
    names += [f"group {group_id}" for group_id in recipient.groups]
    everything = "own groups" if recipient.role == Role.CURATOR else "all"
    return ", ".join(names) or everything
