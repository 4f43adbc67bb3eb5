"""`gradeline token`: tokens for scripts, and one-time links that sign a person in."""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import Annotated

import typer

from gradeline.access.permissions import Role
from gradeline.base.clock import now
from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import open_connection, screen_of, settings_of
from gradeline.records.api_tokens import ApiToken, WarehouseAccess

app = typer.Typer(help="Manage tokens for scripts, and sign-in links.")

_MOST_DAYS = 3660


@app.callback(invoke_without_command=True)
def link(
    context: typer.Context,
    link: Annotated[
        bool, typer.Option("--link", help="Print a link that signs a person in once.")
    ] = False,
    person: Annotated[
        str | None,
        typer.Option("--as", help="With --link: whom, by login, email or chat; or an admin."),
    ] = None,
) -> None:
    """Manage tokens for scripts, and sign-in links."""
    if context.invoked_subcommand is not None:
        if link or person:
            raise WrongUse("--link takes no command.", hint="Leave one of them out.")
        return
    if not link:
        raise WrongUse("What about tokens?", hint="Give a command (add, ls, revoke), or --link.")
    from gradeline.flows.sign_in import make_sign_in_link  # brings Babel

    screen, settings = screen_of(context), settings_of(context)
    with open_connection(context, screen) as connection:
        made = make_sign_in_link(
            connection, person, public_url=str(settings.public_url), made_by=getpass.getuser()
        )
    screen.say("This link signs in once, within half an hour. It is not shown again.")
    screen.answer(made, link=made)


@app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    person: Annotated[
        str | None,
        typer.Option("--as", help="It acts as this person of the staff: login, email or chat."),
    ] = None,
    role: Annotated[
        Role | None,
        typer.Option(help="Or it has a role of its own: admin, curator, reader or guest."),
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="A group of that role; may be repeated.")
    ] = None,
    warehouse: Annotated[
        WarehouseAccess, typer.Option(help="Tables and files of the warehouse.")
    ] = WarehouseAccess.NONE,
    days: Annotated[int, typer.Option(min=1, max=_MOST_DAYS, help="It expires after these.")] = 90,
) -> None:
    """Make a token and print it, once."""
    from gradeline.flows.api_tokens import TOKEN_ROLES, WantedToken, add_token  # brings Babel

    if role is not None and role not in TOKEN_ROLES:
        raise WrongUse(f"No token has the role {role}.", hint=f"Roles: {', '.join(TOKEN_ROLES)}.")
    wanted = WantedToken(
        name=name,
        person=person,
        role=role,
        groups=tuple(group or ()),
        warehouse=warehouse,
        life=timedelta(days=days),
        made_by=getpass.getuser(),
    )
    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        text = add_token(connection, wanted, now())
    screen.say("Keep this token; it is not shown again. Send it as `Authorization: Bearer …`.")
    screen.answer(text, token=text)


@app.command("ls")
def ls(context: typer.Context) -> None:
    """List tokens: how each begins, never the token."""
    from gradeline.warehouse import api_tokens  # brings psycopg

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        known = api_tokens.ls(connection)
    if not known and not screen.json:
        screen.answer("There are no tokens. `gradeline token add` makes one.")
        return
    columns = ("token", "name", "acts as", "warehouse", "state", "expires", "last used", "made by")
    rows = [
        (
            one.shown_as,
            one.name,
            _acts_as(one),
            one.warehouse.value,
            _state(one),
            one.expires_at.date(),
            one.last_used_at,
            one.made_by,
        )
        for one in known
    ]
    screen.table(columns, rows)


@app.command("revoke")
def revoke(
    context: typer.Context,
    token: Annotated[str, typer.Argument(help="How the token begins, or its name.")],
) -> None:
    """End a token; it is refused within seconds."""
    from gradeline.flows.api_tokens import revoke_token  # brings Babel

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        ended = revoke_token(connection, token)
    screen.answer(f"{ended.shown_as}… ({ended.name}) is revoked.", token=ended.shown_as)


def _acts_as(token: ApiToken) -> str:
    groups = f" of {', '.join(token.groups)}" if token.groups else ""
    return token.staff_name or f"{token.role}{groups}"


def _state(token: ApiToken) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_at <= now() else "valid"
