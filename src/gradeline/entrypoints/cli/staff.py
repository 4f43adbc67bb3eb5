"""`gradeline staff`: who works at the school, as what, and which groups they look after."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from gradeline.access.permissions import Role
from gradeline.base.clock import now, school_day
from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import open_connection, screen_of, settings_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.records.staff import NewStaffMember, StaffMember

app = typer.Typer(help="Manage who works at the school, and what they see.", no_args_is_help=True)

Person = Annotated[str, typer.Argument(help="Their login, email or chat.")]
Groups = Annotated[list[str], typer.Argument(help="Ids or names of groups.")]


@app.command("add")
def add(
    context: typer.Context,
    person: Annotated[str, typer.Argument(help="Their email; without @, their login.")],
    role: Annotated[
        Role | None, typer.Option(help="admin, curator or reader; curator at first.")
    ] = None,
    login: Annotated[str | None, typer.Option(help="The name they sign in with.")] = None,
    chat: Annotated[str | None, typer.Option(help="The id of their Telegram chat.")] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="A group they look after; may be repeated.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="en, ru or es; by default GRADELINE_LANG.")
    ] = None,
) -> None:
    """Add a person, or change the one with that email, login or chat."""
    from gradeline.flows.staff import add_member  # brings Babel

    is_email = "@" in person
    if login and not is_email:
        raise WrongUse("The login is given twice.", hint="Give an email, or --login alone.")
    wanted = NewStaffMember(
        login=login if is_email else person,
        email=person if is_email else None,
        chat=chat,
        role=role or "",
        language=language or "",
        groups=tuple(group or ()),
        added_by=getpass.getuser(),
    )
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        member = add_member(connection, wanted, settings_of(context).gradeline_lang)
    _answer(screen, member)


@app.command("grant")
def grant(context: typer.Context, person: Person, groups: Groups) -> None:
    """Let a curator look after groups."""
    from gradeline.flows.staff import grant_groups  # brings Babel

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        member = grant_groups(connection, person, groups)
    _answer(screen, member)


@app.command("revoke")
def revoke(
    context: typer.Context,
    person: Person,
    groups: Annotated[list[str] | None, typer.Argument(help="Ids or names of groups.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every right: the person is of the staff no more.")
    ] = False,
) -> None:
    """Take groups from a curator, or with --all every right from a person."""
    from gradeline.flows.staff import remove_member, revoke_groups  # brings Babel

    if bool(groups) == everything:
        raise WrongUse("What is to be revoked?", hint="Name groups, or give --all.")
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        if everything:
            member = remove_member(connection, person)
        else:
            member = revoke_groups(connection, person, groups or ())
    if everything:
        screen.answer(f"{member} is of the staff no more.", person=str(member))
    else:
        _answer(screen, member)


@app.command("ls")
def ls(context: typer.Context) -> None:
    """List everybody with their groups, those that groups.csv gives included."""
    from gradeline.flows.staff import groups_of  # brings Babel
    from gradeline.warehouse import staff  # brings psycopg

    screen = screen_of(context)
    today = school_day(now(), settings_of(context).school_timezone)
    with open_connection(context, screen) as connection:
        known = [(one, sorted(groups_of(connection, one, today))) for one in staff.ls(connection)]
    if not known and not screen.json:
        screen.answer("Nobody is of the staff. `gradeline staff add` adds somebody.")
        return
    columns = ("email", "login", "chat", "role", "groups", "language", "added by")
    rows = []
    for one, groups in known:
        shown = groups if screen.json else ", ".join(groups)
        rows.append((one.email, one.login, one.chat, one.role, shown, one.language, one.added_by))
    screen.table(columns, rows)


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help="A CSV file: login, email, chat, role, language, groups (a;b)."),
    ],
) -> None:
    """Add the people of a CSV file, all or none."""
    from gradeline.flows.staff import import_members  # brings Babel

    screen, settings = screen_of(context), settings_of(context)
    with open_connection(context, screen) as connection:
        added = import_members(
            connection, file, language=settings.gradeline_lang, added_by=getpass.getuser()
        )
    screen.answer(f"{count(len(added), 'staff member')} added or changed.", people=len(added))


def _answer(screen: Screen, member: StaffMember) -> None:
    groups = f" of {', '.join(member.groups)}" if member.groups else ""
    screen.answer(
        f"{member} is {member.role}{groups}.",
        person=str(member),
        role=member.role,
        groups=list(member.groups),
    )
