"""Signing in: what the staff says of an identity, and one-time links."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from gradeline.access.identities import Identity
from gradeline.access.one_time_links import LIFE, make_code
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.access.sessions import IDLE as SESSION_IDLE
from gradeline.access.sessions import LIFE as SESSION_LIFE
from gradeline.flows.api_tokens import issue_token
from gradeline.flows.staff import find_member, principal_of
from gradeline.records.api_tokens import NewApiToken
from gradeline.records.ids import normalize_email
from gradeline.records.sessions import NewSession, Via
from gradeline.records.staff import StaffMember
from gradeline.warehouse import Connection, sessions, sign_in_links, staff

_log = logging.getLogger(__name__)

#: How long somebody stays signed in by a link.
SESSION = timedelta(hours=12)


def find_principal(connection: Connection, identity: Identity, today: date) -> Principal | None:
    """Return the principal that an identity is by the staff on a school day; None = nobody's.

    Where login and e-mail are two people of the staff, it is nobody's: one of them is somebody
    else.
    """
    if identity.staff_id is not None:
        known = _with_id(connection, identity.staff_id)
        return None if known is None else principal_of(connection, known, today)
    found = staff.find(
        connection, login=normalize_email(identity.login) or None, email=identity.email or None
    )
    if len(found) > 1:
        _log.warning("Login and e-mail of a sign-in are two people of the staff: no rights.")
    return principal_of(connection, found[0], today) if len(found) == 1 else None


def make_sign_in_link(
    connection: Connection, person: str | None, *, public_url: str, made_by: str
) -> str:
    """Return a link that signs a person of the staff in once, within half an hour.

    Args:
        connection: whose transaction it is; the link works once that ends.
        person: their login, e-mail or chat; None = an administrator without a name.
        public_url: where people reach the page.
        made_by: who asks for it.

    Raises:
        WrongUse: nobody of the staff is called so, or several people are.
    """
    staff_id = None if person is None else find_member(connection, person).staff_id
    code = make_code()
    sign_in_links.insert(connection, code.digest, staff_id=staff_id, made_by=made_by, life=LIFE)
    return code.link(public_url)


def first_admin_link(connection: Connection, *, public_url: str, made_by: str) -> str | None:
    """Return a link that signs an administrator in, where the staff has none; None = it has."""
    if any(member.role == Role.ADMIN for member in staff.ls(connection)):
        return None
    return make_sign_in_link(connection, None, public_url=public_url, made_by=made_by)


def redeem_link(connection: Connection, digest: bytes, at: datetime) -> str | None:
    """Use up the link with that hash of its code, and return a token for whom it signs in.

    The token acts as that person for `SESSION`; None = the link signs nobody in.
    """
    redeemed = sign_in_links.redeem(connection, digest)
    if redeemed is None:
        return None
    token = NewApiToken(
        name="sign-in link",
        staff_id=redeemed.staff_id,
        role=Role.ADMIN.value if redeemed.staff_id is None else "",
        expires_at=at + SESSION,
        made_by="sign-in link",
    )
    return issue_token(connection, token)


def redeem_link_to_session(connection: Connection, digest: bytes, session_digest: bytes) -> bool:
    """Use up the link with that hash of its code, and begin a session of whom it signs in.

    Args:
        connection: whose transaction it is: both are done, or none.
        digest: the hash of the code.
        session_digest: the hash of the session's secret.

    Returns:
        False where the link signs nobody in.
    """
    redeemed = sign_in_links.redeem(connection, digest)
    if redeemed is None:
        return False
    session = NewSession(staff_id=redeemed.staff_id, via=Via.LINK)
    sessions.insert(connection, session_digest, session, life=SESSION_LIFE, idle=SESSION_IDLE)
    return True


def _with_id(connection: Connection, staff_id: int) -> StaffMember | None:
    return next((one for one in staff.ls(connection) if one.staff_id == staff_id), None)
