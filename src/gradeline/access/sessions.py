"""Sessions of the page: a random secret in a cookie, kept as a hash, that ends by itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Protocol

from gradeline.access.expiring import Clock, ExpiringCache
from gradeline.access.guesses import Guesses, name_of_client
from gradeline.access.identities import Identity, StaffLookUp
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import SignInNeeded
from gradeline.records.sessions import NewSession, StoredSession, Via

#: A session that nobody uses for so long is over: it outlives a weekend and a short holiday.
IDLE = timedelta(days=7)
#: So long after signing in it is over even while it is used.
LIFE = timedelta(days=30)
#: How exactly the last use is noted: a write for each request would cost more than it tells.
_NOTED_S = 600.0
#: Seconds for which neither the session nor the staff is asked about again.
_KNOWN_S = 5.0
_BYTES = 32
_LONGEST = 64
#: What limits and the audit call an administrator who came by a link of nobody.
_NAMELESS = "sign-in link"


class SessionStore(Protocol):
    """Keeps sessions by the hashes of their secrets."""

    def insert(self, digest: bytes, session: NewSession) -> None:
        """Begin a session."""

    def redeem(self, link: bytes, digest: bytes) -> bool:
        """Use up the one-time link with that hash, and begin a session of whom it signs in.

        False = the link signs nobody in. Both are done, or none.
        """

    def find(self, digest: bytes) -> StoredSession | None:
        """Find a session; None = there is none, or it is over."""

    def note_use(self, digest: bytes) -> None:
        """Write down that a session is used."""

    def delete(self, digest: bytes) -> None:
        """End a session."""

    def delete_all(self, digest: bytes) -> None:
        """End every session of whose one of them is."""


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who is signed in, and in which language they want to read."""

    principal: Principal
    name: str  #: login, e-mail or chat; empty = an administrator without a name
    language: str  #: as the staff says; empty = it says none


class Sessions:
    """Begins, finds and ends sessions; threads may share it.

    What a session stands for is remembered for 5 s: so long it works after its end elsewhere, and
    so long a right is there after it was taken away.

    Args:
        store: keeps them.
        staff: finds people of the staff.
        guesses: counts wrong one-time links; shared with the sign-in of the API.
        clock: seconds of Unix time.
    """

    def __init__(
        self, store: SessionStore, *, staff: StaffLookUp, guesses: Guesses, clock: Clock
    ) -> None:
        self._store, self._staff, self._guesses, self._clock = store, staff, guesses, clock
        self._known: ExpiringCache[bytes, SignedIn] = ExpiringCache(clock)

    def find(self, secret: str) -> SignedIn | None:
        """Return who is signed in by the secret of a cookie; None = nobody.

        Raises:
            WarehouseError: the database cannot be asked.
        """
        if not secret or len(secret) > _LONGEST:
            return None
        digest = _digest(secret)
        known = self._known.get(digest)
        if known is not None:
            return known
        session = self._store.find(digest)
        if session is None:
            return None
        if self._clock() - session.seen_at.timestamp() >= _NOTED_S:
            self._store.note_use(digest)
        until = min(self._clock() + _KNOWN_S, session.expires_at.timestamp())
        signed_in = SignedIn(
            principal=self._principal(session, until), name=session.name, language=session.language
        )
        self._known.put(digest, signed_in, until=until)
        return signed_in

    def begin_by_link(self, link: str, client: str, old: str = "") -> str:
        """Return the secret of a new session of whom a one-time link signs in; the link is used up.

        Args:
            link: the code at the end of the link.
            client: the address that it came from, whose wrong links are counted.
            old: the secret of the session that the browser had, which ends.

        Raises:
            SignInNeeded: there is no such link, it was used, or its time is over.
            TooManyRequests: too many wrong links came from there.
        """
        names = name_of_client(client)
        self._guesses.check(*names)
        secret = secrets.token_urlsafe(_BYTES)
        if not self._store.redeem(_digest(link), _digest(secret)):
            self._guesses.note(*names)
            raise SignInNeeded(
                "This link signs nobody in: it was used already, or its time is over.",
                hint="`gradeline token --link` makes another.",
            )
        self.end(old)
        return secret

    def begin(self, login: str, old: str = "") -> str:
        """Return the secret of a new session of whom Yandex knows under a login; see above."""
        found = self._staff(Identity(login=login, valid_until=self._clock()))
        staff_id = None if found is None else found.staff_id
        secret = secrets.token_urlsafe(_BYTES)
        session = NewSession(staff_id=staff_id, login=login, via=Via.YANDEX)
        self._store.insert(_digest(secret), session)
        self.end(old)
        return secret

    def end(self, secret: str) -> None:
        """End a session; without one nothing happens."""
        if secret:
            self._known.drop(_digest(secret))
            self._store.delete(_digest(secret))

    def end_all(self, secret: str) -> None:
        """End this session, and every other one of the same person, wherever it began."""
        if secret:
            self._known.clear()
            self._store.delete_all(_digest(secret))

    def forget_known(self) -> None:
        """Ask about every session again the next time."""
        self._known.clear()

    def _principal(self, session: StoredSession, until: float) -> Principal:
        if session.staff_id is None and not session.login:
            return Principal(role=Role.ADMIN, login=_NAMELESS)
        identity = Identity(login=session.login, staff_id=session.staff_id, valid_until=until)
        found = self._staff(identity) or Principal(role=Role.GUEST)
        return replace(found, login=session.name)


def _digest(secret: str) -> bytes:
    """Return what a secret is kept by."""
    return sha256(secret.encode(errors="surrogatepass")).digest()
