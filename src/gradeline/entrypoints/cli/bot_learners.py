"""Commands below `gradeline bot` about its learners and their groups."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.access.group_codes import code_key, make_code
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.clock import now, school_day
from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import open_connection, screen_of, settings_of
from gradeline.entrypoints.web.database import open_as
from gradeline.records.vocabulary import Client, JoinedGroup
from gradeline.wiring.database import wire_database

if TYPE_CHECKING:
    from gradeline.base.languages import Language
    from gradeline.settings import Settings
    from gradeline.warehouse import Connection, Database

codes = typer.Typer(help="Manage codes by which learners join groups.", no_args_is_help=True)

Person = Annotated[
    str | None,
    typer.Option("--as", help="As this curator, by login, email or chat: own groups alone."),
]

_MOST_DAYS = 3660
#: Characters of a message: Telegram takes 4,096, a line above it included.
_MESSAGE = 3_500


@codes.command("add")
def add_code(
    context: typer.Context,
    group: Annotated[str, typer.Argument(help="Id or name of the group.")],
    days: Annotated[
        int, typer.Option(min=1, max=_MOST_DAYS, help="The code expires after these.")
    ] = 30,
    new: Annotated[
        bool, typer.Option("--new", help="A group of the bot alone, which no other system has.")
    ] = False,
) -> None:
    """Make a code and print it. Learners send it to the bot, or open the bot by its link."""
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        wanted = JoinedGroup(group_id=f"vocabulary:{group}", name=group)
        if not new:
            wanted = _known_group(connection, group)
        code, expires_at = make_code(), now() + timedelta(days=days)
        clients.add_code(connection, code, wanted, getpass.getuser(), expires_at)
    screen.answer(
        f"{code} is the code of {wanted.name} for {count(days, 'day')}.",
        code=code,
        group=wanted.group_id,
        expires_at=expires_at.isoformat(),
    )


@codes.command("ls")
def list_codes(context: typer.Context) -> None:
    """List the codes that are good."""
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        known = clients.codes(connection, now())
    columns = ("code", "group", "name", "expires at", "added by")
    screen.table(columns, [(c.code, c.group_id, c.name, c.expires_at, c.created_by) for c in known])


@codes.command("rm")
def remove_code(
    context: typer.Context, code: Annotated[str, typer.Argument(help="As `ls` prints it.")]
) -> None:
    """Delete a code. Learners who joined by it stay in the group."""
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        if not clients.remove_code(connection, code_key(code)):
            raise WrongUse(f"There is no code {code}.", hint="See `gradeline bot code ls`.")
    screen.answer(f"{code} is no code any more.", code=code)


def learners(context: typer.Context, person: Person = None) -> None:
    """List learners of the bot: their groups, and whose consent waits for a curator."""
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    screen, settings = screen_of(context), settings_of(context)
    with (
        wire_database(settings, screen.say) as database,
        open_as(database, _principal(settings, database, person)) as connection,
    ):
        known = clients.ls(connection)
    columns = ("id", "name", "groups", "language", "consent", "since")
    rows = []
    for one in known:
        groups = list(one.groups) if screen.json else ", ".join(one.groups)
        consent = one.consent_by or ("waits for a curator" if one.is_minor else "not given")
        rows.append((one.client_id, one.name, groups, one.language, consent, one.created_at))
    screen.table(columns, rows)


def consent(
    context: typer.Context,
    client: Annotated[int, typer.Argument(help="Id of the learner, as `learners` prints it.")],
    person: Person = None,
) -> None:
    """Confirm that a minor may practise; the bot tells them."""
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    screen, settings = screen_of(context), settings_of(context)
    with wire_database(settings, screen.say) as database:
        with open_as(database, _principal(settings, database, person)) as connection:
            if not clients.confirm_consent(connection, client, now()):
                raise WrongUse(
                    f"There is no learner {client} of yours.",
                    hint="See `gradeline bot learners`.",
                )
            found = [one for one in clients.ls(connection) if one.client_id == client]
        from gradeline.entrypoints.bot.texts.start import confirmed  # brings Babel

        _tell(database, found, confirmed, key=f"consent {client}")
    screen.answer(f"The consent for learner {client} is confirmed.", client=client)


def send(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What the bot is to write.")],
    group: Annotated[str, typer.Option(help="Id or name of the group whose learners get it.")],
    person: Person = None,
) -> None:
    """Let the bot write to the learners of a group; `gradeline bot` sends it."""
    from gradeline.entrypoints.bot.texts.progress import tutor_text  # brings Babel
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    screen, settings = screen_of(context), settings_of(context)
    if not text.strip() or len(text) > _MESSAGE:
        raise WrongUse(
            f"The text has {len(text)} characters.", hint=f"Write 1 to {_MESSAGE:,} of them."
        )
    with wire_database(settings, screen.say) as database:
        principal = _principal(settings, database, person)
        group_id = _group_of_learners(database, group)
        if principal.role != Role.ADMIN and group_id not in principal.groups:
            raise WrongUse(
                f"{person} does not look after {group}.",
                hint="`gradeline staff grant` gives them the group.",
            )
        with open_as(database, principal) as connection:
            found = [c for c in clients.ls(connection) if group_id in c.groups and c.consent_at]
        told = _tell(database, found, lambda spoken: tutor_text(spoken, text))
    screen.answer(
        f"{count(told, 'learner')} of {group} will get it from the bot.", group=group_id, told=told
    )


def _tell(
    database: Database,
    found: list[Client],
    words: Callable[[Language], str],
    key: str | None = None,
) -> int:
    """Store a message to learners, each in their language; return to how many."""
    from gradeline.base.languages import language  # brings Babel
    from gradeline.entrypoints.bot.calls import send_text  # brings aiogram
    from gradeline.warehouse.bot.messages import Kind, NewBotMessage, put  # brings psycopg

    told = 0
    with database.connect() as connection:
        for one in found:
            method, content = send_text(one.chat_id, words(language(one.language)))
            message = NewBotMessage(
                chat_id=one.chat_id, method=method, content=content, kind=Kind.BROADCAST, key=key
            )
            told += put(connection, message, now())
    return told


def _principal(settings: Settings, database: Database, person: str | None) -> Principal:
    """Return whoever types this as an administrator, or a person of the staff."""
    if person is None:
        return Principal(role=Role.ADMIN, login=getpass.getuser())
    from gradeline.flows.staff import find_member, principal_of  # brings Babel

    with database.connect() as connection:
        member = find_member(connection, person)
        today = school_day(now(), settings.school_timezone)
        return replace(principal_of(connection, member, today), login=str(member))


def _known_group(connection: Connection, named: str) -> JoinedGroup:
    from gradeline.flows.staff import find_groups  # brings Babel
    from gradeline.warehouse import staff  # brings psycopg

    (group_id,) = find_groups(connection, [named])
    names = {one.group_id: one.name for one in staff.groups(connection)}
    return JoinedGroup(group_id=group_id, name=names[group_id] or group_id)


def _group_of_learners(database: Database, named: str) -> str:
    """Return the id of a group, of the bot alone or of another system."""
    from gradeline.warehouse.vocabulary import clients  # brings psycopg

    own = f"vocabulary:{named}"
    with database.connect() as connection:
        joined = {group for one in clients.ls(connection) for group in one.groups}
        for group_id in (named, own):
            if group_id in joined:
                return group_id
        return _known_group(connection, named).group_id
