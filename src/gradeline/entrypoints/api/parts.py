"""What the API works with; the wiring opens it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Protocol

from gradeline.access.principals import Principal
from gradeline.entrypoints.web.exports import ExportParts
from gradeline.entrypoints.web.meter import HttpMeasures
from gradeline.lake.lake import StoredObject
from gradeline.records.raw_exports import AppMetricaSpan
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

    def redeem(self, link: str, client: str = "") -> str:
        """Return a token for whom a one-time sign-in link signs in, and use the link up.

        Raises:
            SignInNeeded: there is no such link, it was used, or its time is over.
            TooManyRequests: too many wrong links came from there.
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


class PostAnswer(Protocol):
    """What became of rows that were posted."""

    @property
    def count(self) -> int:
        """Rows sent."""

    @property
    def batches(self) -> int:
        """Pieces that they were copied in."""

    @property
    def ids(self) -> IO[bytes]:
        """An open file: the id of each row as JSON, commas between; whoever reads closes it."""


class PostRows(Protocol):
    """Loads rows that somebody sent; `flows.post_rows` keeps it."""

    def __call__(
        self,
        table: str,
        body: Path,
        *,
        extension: str,
        digest: str,
        login: str,
        request_id: str,
    ) -> PostAnswer:
        """Load all of them, or none; the same body again changes nothing.

        Args:
            table: its name.
            body: as it was sent; it is moved away.
            extension: `json` or `ndjson`.
            digest: SHA-256 of the body, in hex.
            login: who sent it.
            request_id: of the request.

        Raises:
            BadRequest: a row is wrong; it says which.
        """


class RawExports(Protocol):
    """Records of other systems as they gave them; `wiring.raw_exports.VendorExports` keeps it.

    What an iterator raises before its first piece is why there is no file; what it raises later,
    why the file cannot be completed.
    """

    def amplitude(self, project: str, first: date, last: date) -> Iterator[bytes]:
        """Yield the events of some days of a project (`web`, `mobile`) as NDJSON.

        Both days are included, in UTC.
        """

    def appmetrica(self, wanted: AppMetricaSpan) -> Iterator[bytes]:
        """Yield the events of a span as one JSON document, or as CSV."""

    def check_appmetrica(self) -> None:
        """Ask AppMetrica whether our token may read our app.

        Raises:
            SourceError: it may not, or there is no answer that says so.
        """


@dataclass(frozen=True, kw_only=True)
class Metrics:
    """What monitoring reads, and who may."""

    measures: HttpMeasures = field(default_factory=HttpMeasures)
    token: str = ""  #: gives it to whoever has it; empty = to nobody
    local: bool = False  #: whether this machine may read it without one


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """What the API works with."""

    database: Database  #: with a pool of the entry points' role
    sign_in: SignIn
    exports: ExportParts
    objects: Objects
    post_rows: PostRows
    raw_exports: RawExports
    clock: Callable[[], datetime]
    #: with which cursors of lists are signed; other processes of the service have the same
    cursor_key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    public_url: str  #: where people reach us; links begin with it
    metrics: Metrics = field(default_factory=Metrics)
