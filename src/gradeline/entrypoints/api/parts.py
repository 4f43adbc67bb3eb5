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

    def principal_of(self, bearer: str) -> Principal:
        """Return whom a bearer token stands for.

        Raises:
            SignInNeeded: it is not valid, or no longer.
            TooManyRequests: too many tokens that were not valid came from there.
        """


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """What the API works with."""

    database: Database  #: with a pool of the entry points' role
    sign_in: SignIn
    clock: Callable[[], datetime]
    public_url: str  #: where people reach us; links begin with it
