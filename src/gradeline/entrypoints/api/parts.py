"""What the API works with; the wiring opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from gradeline.access.link_signer import LinkSigner
from gradeline.access.principals import Principal
from gradeline.lake import Lake
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
class ExportParts:
    """What exports and links to files work with."""

    lake: Lake  #: keeps their files
    signer: LinkSigner
    per_hour: int = 5  #: files that one login may ask for in an hour
    link_lives: timedelta = timedelta(hours=24)  #: so long a link to a file is valid
    language: str = "en"  #: of files and notices where none is asked for
    channels: frozenset[str] = frozenset()  #: that notices may go through


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """What the API works with."""

    database: Database  #: with a pool of the entry points' role
    sign_in: SignIn
    exports: ExportParts
    clock: Callable[[], datetime]
    public_url: str  #: where people reach us; links begin with it
