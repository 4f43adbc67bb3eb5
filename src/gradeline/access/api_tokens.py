"""Tokens of our own, for scripts: made at random, kept as a hash, scoped, ending."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from gradeline.access.expiring import Clock
from gradeline.access.identities import Identity
from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal
from gradeline.base.errors import SignInNeeded
from gradeline.records.api_tokens import ApiToken, WarehouseAccess

#: How our tokens begin, so that they are known where they leak.
PREFIX = "gl_"
_TOKEN = re.compile(r"gl_[A-Za-z0-9_-]{43}")
_BYTES = 32
_SHOWN = len(PREFIX) + 8
#: Seconds for which the database is not asked again: so long a token works after its revocation.
_KNOWN_S = 5.0
#: How exactly the last use is noted: a write for each request would cost more than it tells.
_NOTED = timedelta(hours=1)
_GRANTED = {
    WarehouseAccess.NONE: frozenset[Permission](),
    WarehouseAccess.READ: frozenset({Permission.READ_WAREHOUSE}),
    WarehouseAccess.WRITE: frozenset({Permission.READ_WAREHOUSE, Permission.WRITE_WAREHOUSE}),
}


@dataclass(frozen=True, kw_only=True)
class SecretToken:
    """A token just made; its text is shown once and kept nowhere."""

    text: str
    shown_as: str  #: how it begins, which lists show
    digest: bytes  #: what is kept


def make_token() -> SecretToken:
    """Return a new token."""
    text = PREFIX + secrets.token_urlsafe(_BYTES)
    return SecretToken(text=text, shown_as=text[:_SHOWN], digest=sha256(text.encode()).digest())


def public_part(token: str) -> tuple[str, ...]:
    """Return the part of a token of ours that is no secret; none of any other token."""
    return (token[:_SHOWN],) if token.startswith(PREFIX) else ()


class ApiTokens:
    """Verifies tokens of ours.

    Args:
        find: the hash of a token → the token; None = there is none.
        note_use: writes down that the token with that number is used.
        clock: seconds of Unix time.
    """

    def __init__(
        self,
        find: Callable[[bytes], ApiToken | None],
        note_use: Callable[[int], None],
        clock: Clock,
    ) -> None:
        self._find, self._note_use, self._clock = find, note_use, clock

    def identify(self, token: str) -> Identity:
        """Return whom a token stands for; see `Verifier`."""
        found = self._find(sha256(token.encode()).digest()) if _TOKEN.fullmatch(token) else None
        if found is None:
            raise SignInNeeded("There is no such token.", hint="`gradeline token ls` lists them.")
        now = self._clock()
        if found.revoked_at is not None or found.expires_at.timestamp() <= now:
            ending = "was revoked" if found.revoked_at is not None else "has expired"
            raise SignInNeeded(f"The token {ending}.", hint="`gradeline token add` makes another.")
        used_at = found.last_used_at
        if used_at is None or now - used_at.timestamp() >= _NOTED.total_seconds():
            self._note_use(found.token_id)
        return _identity(found, min(now + _KNOWN_S, found.expires_at.timestamp()))


def _identity(token: ApiToken, valid_until: float) -> Identity:
    granted = _GRANTED[token.warehouse]
    if token.staff_id is not None:
        return Identity(
            login=token.staff_name,
            staff_id=token.staff_id,
            granted=granted,
            valid_until=valid_until,
        )
    login = f"token {token.shown_as}"
    principal = Principal(
        role=Role(token.role), groups=frozenset(token.groups), login=login, granted=granted
    )
    return Identity(login=login, principal=principal, valid_until=valid_until)
