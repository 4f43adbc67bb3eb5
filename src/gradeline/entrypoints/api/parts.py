"""What the API works with; the wiring opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gradeline.access.principals import Principal
from gradeline.warehouse import Database


class SignIn(Protocol):
    """Says who somebody is."""

    def principal_of(self, bearer: str, client: str = "") -> Principal:
        """Return whom a bearer token stands for; an empty one is missing.

        `client` is the address that it came from.

        Raises:
            SignInNeeded: there is none, or it is not valid, or no longer.
            SignInUnavailable: whoever could tell does not answer.
            TooManyRequests: too many tokens that were not valid came from there.
        """


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """What the API works with."""

    database: Database  #: with a pool of the entry points' role
    sign_in: SignIn
    clock: Callable[[], datetime]
    public_url: str  #: where people reach us; links begin with it
