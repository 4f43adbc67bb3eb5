"""Signing in: a bearer token becomes the principal that it stands for."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from typing import Final

from gradeline.access.api_tokens import PREFIX, public_part
from gradeline.access.expiring import Clock, ExpiringCache
from gradeline.access.guesses import Guesses, name_of_client
from gradeline.access.identities import Identity, StaffLookUp, Verifier
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.base.errors import SignInNeeded

#: A longer token is of no kind that we know; headers of servers end at 8 KB, too.
_LONGEST = 8192
#: Seconds for which a person of the staff, and what they look after, is not asked about again.
STAFF_S: Final = 5.0
#: Seconds for which the same wrong token is refused without another look.
_REFUSED_S = 5.0
#: Seconds for which a token that was valid once is looked at, whoever guesses at its address.
_PROVEN_S = 86_400.0
_JWT_DOTS = 2


class TokenKind(StrEnum):
    """What a token is, as its form says."""

    API_TOKEN = "a token of `gradeline token`"  # noqa: S105 - the name of a kind
    JWT = "a JWT"
    YANDEX = "an OAuth token of Yandex"


def kind_of(token: str) -> TokenKind:
    """Return the kind that a token has by its form; its content is not looked at."""
    if token.startswith(PREFIX):
        return TokenKind.API_TOKEN
    return TokenKind.JWT if token.count(".") == _JWT_DOTS else TokenKind.YANDEX


class SignIn:
    """Signs people and programs in; threads may share it.

    What a token stands for is remembered as long as its verifier says (a JWT and Yandex: a minute,
    a token of ours: 5 s), what the staff says for 5 s; so most requests cost one look-up in a
    dictionary. Tokens are remembered by their hash.

    Whoever sends one wrong token after another has to wait, and nobody else: a JWT, which cannot
    be guessed, is always looked at, and so is a token that was valid in the last day.

    Args:
        verifiers: kind → who verifies it; a kind that is missing signs nobody in.
        staff: finds people of the staff, for tokens that say no role.
        redeem: the hash of a one-time link → a token for whom it signs in, and the link is used
            up; None = it is not valid (see `gradeline.access.one_time_links`).
        hint: how to get a token, added to refusals.
        clock: seconds of Unix time.
    """

    def __init__(
        self,
        verifiers: Mapping[TokenKind, Verifier],
        *,
        staff: StaffLookUp,
        redeem: Callable[[bytes], str | None],
        hint: str = "",
        clock: Clock = time.time,
    ) -> None:
        self._verifiers, self._staff, self._redeem = verifiers, staff, redeem
        self._clock = clock
        self.guesses = Guesses(clock)  #: counts wrong tokens and links
        self._principals: ExpiringCache[bytes, Principal] = ExpiringCache(clock)
        self._identities: ExpiringCache[bytes, Identity] = ExpiringCache(clock)
        self._refused: ExpiringCache[bytes, SignInNeeded] = ExpiringCache(clock)
        self._proven: ExpiringCache[bytes, bool] = ExpiringCache(clock)
        self.hint = hint  #: how to get a token

    def remembered(self, bearer: str) -> Principal | None:
        """Return whom a token stands for where that is known without asking; None = it is not."""
        return self._principals.get(_key_of(bearer))

    def principal_of(self, bearer: str, client: str = "") -> Principal:
        """Return whom a bearer token stands for.

        Args:
            bearer: the token; empty = there is none.
            client: the address that it came from, whose wrong tokens are counted; empty = unknown.

        Raises:
            SignInNeeded: there is no token, or it is not valid.
            SignInUnavailable: whoever could tell does not answer.
            TooManyRequests: too many wrong tokens came from there.
            WarehouseError: the database cannot be asked.
        """
        key = _key_of(bearer)
        return self._principals.get(key) or self._look_up(bearer, key, client)

    def redeem(self, link: str, client: str = "") -> str:
        """Return a token for whom a one-time sign-in link signs in, and use the link up.

        Args:
            link: the code at the end of the link.
            client: as of `principal_of`.

        Raises:
            SignInNeeded: there is no such link, it was used, or its time is over.
            TooManyRequests: too many wrong links came from there.
        """
        names = name_of_client(client)
        self.guesses.check(*names)
        found = self._redeem(sha256(link.encode(errors="surrogatepass")).digest())
        if found is None:
            self.guesses.note(*names)
            raise SignInNeeded(
                "This link signs nobody in: it was used already, or its time is over.",
                hint="`gradeline token --link` makes another.",
            )
        return found

    def _look_up(self, bearer: str, key: bytes, client: str) -> Principal:
        refused = self._refused.get(key)
        if refused is not None:  # the same one again is no guess
            raise SignInNeeded(refused.what, hint=refused.hint)
        if not bearer:
            raise SignInNeeded("Nobody is signed in.", hint=self.hint)
        names = (*name_of_client(client), *public_part(bearer))
        if kind_of(bearer) is not TokenKind.JWT and not self._proven.get(key):
            self.guesses.check(*names)
        try:
            identity = self._identities.get(key) or self._identify(bearer)
        except SignInNeeded as error:
            self.guesses.check(*names)
            self.guesses.note(*names)
            refusal = SignInNeeded(error.what, hint=error.hint or self.hint)
            self._refused.put(key, refusal, until=self._clock() + _REFUSED_S)
            raise refusal from None
        self._identities.put(key, identity, until=identity.valid_until)
        self._proven.put(key, True, until=self._clock() + _PROVEN_S)
        return self._remember(key, identity)

    def _identify(self, bearer: str) -> Identity:
        verifier = self._verifiers.get(kind_of(bearer))
        if len(bearer) > _LONGEST or not bearer.isascii() or not bearer.isprintable():
            raise SignInNeeded("The bearer token has the form of no token.")
        if verifier is None:
            raise SignInNeeded(
                f"The token looks like {kind_of(bearer)}, which nobody can use here."
            )
        return verifier.identify(bearer)

    def _remember(self, key: bytes, identity: Identity) -> Principal:
        """Return the principal of an identity, by the staff where it says none itself."""
        principal, until = identity.principal, identity.valid_until
        if principal is None:
            until = min(until, self._clock() + STAFF_S)
            found = self._staff(identity) or Principal(role=Role.GUEST)
            principal = replace(found, login=identity.login, granted=identity.granted)
        self._principals.put(key, principal, until=until)
        return principal


def _key_of(bearer: str) -> bytes:
    """Return what a token is remembered by."""
    return sha256(bearer.encode(errors="surrogatepass")).digest()
