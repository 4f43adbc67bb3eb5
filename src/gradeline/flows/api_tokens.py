"""Tokens for scripts: made for a person of the staff or with rights of their own, and revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gradeline.access.api_tokens import make_token
from gradeline.access.permissions import Role
from gradeline.base.errors import WrongUse
from gradeline.flows.staff import find_groups, find_member
from gradeline.records.api_tokens import ApiToken, NewApiToken, WarehouseAccess
from gradeline.warehouse import Connection, api_tokens

#: The roles that a token may have of its own.
TOKEN_ROLES = (Role.ADMIN, Role.CURATOR, Role.READER, Role.GUEST)
_WITH_GROUPS = (Role.CURATOR, Role.READER)


@dataclass(frozen=True, kw_only=True)
class WantedToken:
    """A token as a person asks for it."""

    name: str  #: what it is for
    person: str | None = None  #: login, e-mail or chat of whom it acts as
    role: Role | None = None  #: without a person: guest, if none is given
    groups: tuple[str, ...] = ()  #: ids or names
    warehouse: WarehouseAccess = WarehouseAccess.NONE
    life: timedelta
    made_by: str


def add_token(connection: Connection, wanted: WantedToken, at: datetime) -> str:
    """Make a token and return its text, which is kept nowhere.

    Raises:
        WrongUse: nothing is permitted to it, it has rights twice, or a name in it is unknown.
    """
    name = wanted.name.strip()
    if not name or not name.isprintable():
        raise WrongUse("A token needs a name.", hint="Write what it is for.")
    staff_id, role = _whom(connection, wanted)
    if staff_id is None and role is Role.GUEST and wanted.warehouse is WarehouseAccess.NONE:
        raise WrongUse(
            "This token would be permitted nothing.",
            hint="Give --as, --role or --warehouse.",
        )
    if wanted.groups and role not in _WITH_GROUPS:
        raise WrongUse(
            "Groups belong to tokens with the role curator or reader.", hint="Leave them out."
        )
    token = NewApiToken(
        name=name,
        staff_id=staff_id,
        role="" if role is None else role.value,
        groups=find_groups(connection, wanted.groups),
        warehouse=wanted.warehouse,
        expires_at=at + wanted.life,
        made_by=wanted.made_by,
    )
    return issue_token(connection, token)


def issue_token(connection: Connection, token: NewApiToken) -> str:
    """Store a token and return its text, which is kept nowhere."""
    secret = make_token()
    api_tokens.insert(connection, token, shown_as=secret.shown_as, digest=secret.digest)
    return secret.text


def revoke_token(connection: Connection, named: str) -> ApiToken:
    """Revoke the token with that beginning or, where only one has it, that name.

    Raises:
        WrongUse: there is none that is not revoked, or there are several.
    """
    living = [one for one in api_tokens.ls(connection) if one.revoked_at is None]
    found = [one for one in living if one.shown_as == named[: len(one.shown_as)]]
    found = found or [one for one in living if one.name == named.strip()]
    if len(found) != 1:
        what = "Several tokens have that name." if found else "There is no such token."
        raise WrongUse(what, hint="`gradeline token ls` lists them; name one by its beginning.")
    api_tokens.revoke(connection, found[0].token_id)
    return found[0]


def _whom(connection: Connection, wanted: WantedToken) -> tuple[int | None, Role | None]:
    """Return the person as whom a token acts, or its own role."""
    if wanted.person is None:
        return None, wanted.role or Role.GUEST
    if wanted.role is not None:
        raise WrongUse(
            "A token acts as a person or has a role of its own.", hint="Give --as or --role."
        )
    return find_member(connection, wanted.person).staff_id, None
