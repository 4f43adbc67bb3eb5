"""Yandex ID: whose an OAuth token is, and whether it was given to our own application."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from gradeline.access.expiring import Clock
from gradeline.access.identities import Identity
from gradeline.access.permissions import Permission
from gradeline.base.errors import SignInNeeded, SignInUnavailable
from gradeline.records.ids import normalize_email

ADDRESS = "https://login.yandex.ru"
_AUTHORIZE = "https://oauth.yandex.ru/authorize"
#: Seconds for which Yandex is not asked again: so long a token works after it was revoked.
_KNOWN_S = 60.0
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{8,2048}")
_READ = frozenset({Permission.READ_WAREHOUSE})
_WRITE = _READ | {Permission.WRITE_WAREHOUSE}

#: Asks an address with headers: status and JSON; raises SignInUnavailable.
Fetch = Callable[[str, Mapping[str, str]], tuple[int, Any]]


def authorization_link(client_id: str) -> str:
    """Return the link that gives a person a token for our application."""
    return f"{_AUTHORIZE}?{urlencode({'response_type': 'token', 'client_id': client_id})}"


class YandexId:
    """Verifies tokens by asking Yandex.

    Args:
        client_id: of our application: any token of any application is valid at Yandex.
        readers: logins that may read the warehouse.
        writers: logins that may also write.
        fetch: asks Yandex.
        clock: seconds of Unix time.
        address: of Yandex, or of its twin.
    """

    def __init__(
        self,
        client_id: str,
        *,
        readers: Collection[str] = (),
        writers: Collection[str] = (),
        fetch: Fetch,
        clock: Clock,
        address: str = ADDRESS,
    ) -> None:
        self._client_id, self._fetch, self._clock = client_id, fetch, clock
        self._granted = {
            **dict.fromkeys(map(normalize_email, readers), _READ),
            **dict.fromkeys(map(normalize_email, writers), _WRITE),
        }
        self._url = f"{address}/info?format=json"

    def identify(self, token: str) -> Identity:
        """Return whom a token names, by their login; see `Verifier`."""
        if not _TOKEN.fullmatch(token):
            raise SignInNeeded("The bearer token has the form of no token.")
        status, answer = self._fetch(self._url, {"Authorization": f"OAuth {token}"})
        if status in (400, 401, 403):
            raise SignInNeeded("Yandex does not know the token, or no longer.")
        if status != 200 or not isinstance(answer, dict):
            raise SignInUnavailable(f"Yandex answered with status {status} and no profile.")
        if answer.get("client_id") != self._client_id:
            raise SignInNeeded("The token was given to another application of Yandex.")
        login = answer.get("login")
        if not isinstance(login, str) or not login:
            raise SignInNeeded("Yandex does not say whose the token is.")
        name = normalize_email(login)
        return Identity(
            login=name,
            granted=self._granted.get(name, frozenset()),
            valid_until=self._clock() + _KNOWN_S,
        )
