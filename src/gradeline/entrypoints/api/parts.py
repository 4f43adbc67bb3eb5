"""What the API works with; the wiring opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from gradeline.access.principals import Principal
from gradeline.lake.lake import StoredObject
from gradeline.warehouse import Database


class SignIn(Protocol):
    """Says who somebody is."""

    def remembered(self, bearer: str) -> Principal | None:
        """Return whom a token stands for where that is known without asking; None = it is not."""

    def principal_of(self, bearer: str, client: str = "") -> Principal:
        """Return whom a bearer token stands for; an empty one is missing.

        `client` is the address that it came from.

        Raises:
            SignInNeeded: there is none, or it is not valid, or no longer.
            SignInUnavailable: whoever could tell does not answer.
            TooManyRequests: too many tokens that were not valid came from there.
        """


class Objects(Protocol):
    """Objects of the configured store by key; `flows.storage.objects.StoredObjects` keeps it."""

    @property
    def spool(self) -> Path:
        """A folder for what is received before it is stored."""

    def page(self, prefix: str, after: str, limit: int) -> Sequence[StoredObject]:
        """List the first objects with that prefix after a key, sorted by key."""

    def info(self, key: str) -> StoredObject:
        """Return what an object is, without its bytes."""

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Yield the bytes `[start, end)` of an object."""

    def put(
        self, key: str, content: Path, match: str | None, none_match: str | None
    ) -> StoredObject:
        """Write an object whole."""

    def patch(self, key: str, offset: int, content: Path, match: str | None) -> StoredObject:
        """Overwrite an object from `offset` on."""

    def delete(self, key: str, match: str | None) -> None:
        """Delete an object."""


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """What the API works with."""

    database: Database  #: with a pool of the entry points' role
    sign_in: SignIn
    objects: Objects
    clock: Callable[[], datetime]
    public_url: str  #: where people reach us; links begin with it
