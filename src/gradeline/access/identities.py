"""Identities: whom a token names, as a verifier found it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whom a token names, and what it says of them."""

    login: str  #: who it is, for limits and the audit
    email: str = ""  #: one that the issuer vouches for; empty = none
    staff_id: int | None = None  #: of the person of the staff as whom a token acts
    principal: Principal | None = None  #: what the token itself says; None = the staff is asked
    granted: frozenset[Permission] = frozenset()  #: beside what the staff says
    valid_until: float  #: until when this may be believed, in seconds of Unix time


class Verifier(Protocol):
    """Finds whom the tokens of one kind name."""

    def identify(self, token: str) -> Identity:
        """Return whom a token names.

        Raises:
            SignInNeeded: it is not valid.
            SignInUnavailable: whoever could tell does not answer.
        """


class StaffLookUp(Protocol):
    """Finds people of the staff."""

    def __call__(self, identity: Identity) -> Principal | None:
        """Return the principal that a person of the staff is today; None = it is nobody's.

        The person is the one of `staff_id`, or else of the login or e-mail. Raises WarehouseError
        where the database cannot be asked.
        """
