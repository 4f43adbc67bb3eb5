"""Signing in with what tests can turn: a clock, a staff, and the twins of those who vouch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from gradeline.access.identities import Identity
from gradeline.access.json_client import JsonClient
from gradeline.access.permissions import Role
from gradeline.access.principals import Principal
from gradeline.sandbox.jwks.twin import JwksTwin
from gradeline.sandbox.server.running import running
from gradeline.sandbox.yandex.twin import YandexTwin

#: Login or e-mail → whom the staff has under it.
STAFF: Mapping[str, Principal] = {
    "vasya": Principal(role=Role.CURATOR, groups=frozenset({"groups:A"})),
    "ana@school.example": Principal(role=Role.ADMIN),
}


@dataclass
class TurnedClock:
    """A clock that goes on when it is told to."""

    at: float = 1_800_000_000.0

    def __call__(self) -> float:
        """Return the present instant."""
        return self.at

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.at += seconds


@dataclass
class Staff:
    """A staff that can change, and counts how often it is asked."""

    people: dict[str, Principal] = field(default_factory=lambda: dict(STAFF))
    asked: int = 0

    def __call__(self, identity: Identity) -> Principal | None:
        """See `StaffLookUp`."""
        self.asked += 1
        return self.people.get(identity.login) or self.people.get(identity.email)


@dataclass(frozen=True)
class Vouching:
    """The twins of Yandex and of a school's sign-in, with their addresses."""

    yandex: YandexTwin
    jwks: JwksTwin
    yandex_url: str
    jwks_url: str


@pytest.fixture
def clock() -> TurnedClock:
    """A clock of this test."""
    return TurnedClock()


@pytest.fixture
def staff() -> Staff:
    """A staff of this test."""
    return Staff()


@pytest.fixture(scope="module")
def twins() -> Iterator[tuple[YandexTwin, JwksTwin, str]]:
    """The twins of a file's tests, and where they are."""
    yandex, jwks = YandexTwin(), JwksTwin()
    with running([yandex, jwks]) as there:
        yield yandex, jwks, there.url


@pytest.fixture
def vouching(twins: tuple[YandexTwin, JwksTwin, str]) -> Iterator[Vouching]:
    """The twins as they are at first."""
    yandex, jwks, url = twins
    tokens = dict(yandex.tokens)
    yield Vouching(yandex, jwks, f"{url}/yandex", f"{url}/jwks/.well-known/jwks.json")
    yandex.tokens = tokens
    jwks.keeps_old_keys = True
    yandex.next_faults.clear()
    jwks.next_faults.clear()


@pytest.fixture(scope="session")
def json_client() -> JsonClient:
    """A client for all tests: what it trusts is read from a file."""
    return JsonClient()
