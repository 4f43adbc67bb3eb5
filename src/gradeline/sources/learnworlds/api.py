"""LearnWorlds over HTTP: tokens, what its errors mean, and lists that shift while they are read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from gradeline.base.errors import SourceError, SourceRefused, WrongAnswer
from gradeline.sources.learnworlds.errors import (
    HOST_NAME,
    Missing,
    refuse_error,
    says_empty,
    told,
)
from gradeline.sources.learnworlds.pages import page_of
from gradeline.sources.web.client import HttpClient
from gradeline.sources.web.exchange import Host, Request, RequestPolicy, Response

#: LearnWorlds takes 30 requests in 10 seconds and answers the next one with 429.
LIMIT = 30
LIMIT_PERIOD_S = 10.0
#: The most that `items_per_page` may ask for.
PAGE_SIZE = 200

_TOKEN_PATH = "/oauth2/access_token"  # noqa: S105 - an address
#: A minted token is renewed so long before its end, in seconds.
_RENEW_BEFORE_S = 60.0
_TOKEN_LIFE_S = 8000.0
#: A 401 is answered with a new token once; and once more, since another thread may have seen that
#: one taken back before the repeat arrived.
_RENEWALS = 2
#: Statuses whose meaning is decided here; all others are the web's own to judge.
_SEEN = frozenset({200, 400, 401, 403, 404, 422})
#: So many pages without anything new end a list whose `totalPages` cannot be true.
_BARREN_PAGES = 5


@dataclass(frozen=True, kw_only=True)
class Account:
    """How a school is reached and what lets us in."""

    url: str  #: what every path is put behind: `https://school.learnworlds.com/admin/api`
    client_id: str  #: CLIENT_ID, sent with every question
    access_token: str | None = field(default=None, repr=False)  #: ACCESS_TOKEN; alone suffices
    client_secret: str | None = field(default=None, repr=False)  #: with it tokens are minted
    speed: float = 1.0  #: SANDBOX_SPEED
    address_setting: str = "SCHOOL_DOMAIN"


def address_of(domain: str) -> str:
    """The address of a school: `school`, `school.learnworlds.com`, its own domain, or a link."""
    host = domain.strip().rpartition("://")[2].partition("/")[0]
    return f"https://{host if '.' in host else f'{host}.learnworlds.com'}/admin/api"


class LearnWorldsApi:
    """Asks one school; threads may share it.

    Every verb raises `SourceRefused` (naming the setting) where the school does not let us in,
    `SourceUnavailable` where it gave no whole answer, `WrongAnswer` where it gave something else.
    """

    def __init__(self, account: Account, limits: Path) -> None:
        self._account = account
        self._policy = RequestPolicy(
            requests=LIMIT, per_s=LIMIT_PERIOD_S, parallel=4, tries=8, speed=account.speed
        )
        host = Host(
            name=HOST_NAME,
            url=account.url,
            address_setting=account.address_setting,
            key_settings=self._key_setting,
            headers={"Lw-Client": account.client_id, "Accept": "application/json"},
            secrets=tuple(filter(None, (account.access_token, account.client_secret))),
        )
        self._client = HttpClient(host, self._policy, limits)
        self._minting = threading.Lock()
        self._token = "" if account.client_secret else account.access_token or ""
        self._renew_at = float("-inf") if account.client_secret else float("inf")

    @property
    def address(self) -> str:
        """Which school it is."""
        return self._account.url

    @property
    def _key_setting(self) -> str:
        return "CLIENT_SECRET" if self._account.client_secret else "ACCESS_TOKEN"

    @property
    def _look(self) -> str:
        return f"Check {self._account.address_setting}."

    def stop(self) -> None:
        """End every wait."""
        self._client.stop()

    def one(self, path: str) -> bytes:
        """One object, as received.

        Raises:
            Missing: the school says that there is none.
        """
        response = self._get(path, ())
        if response.status == 404:
            raise self._missing(path, response)
        return response.content

    def records(
        self, path: str, params: Mapping[str, str] | None = None, *, sized: bool = True
    ) -> Mapping[str, bytes]:
        """Every record of a list by its id, its bytes as received; none where the list is empty.

        Rows that move from page to page while the list is read are met once: a record read twice
        counts as it was read last, and what came in at the front meanwhile is read in the end.
        A record without an id stands under its own bytes. Signed links lose their signature.

        Raises:
            Missing: the school says that there is no such list.
        """
        asked = dict(params or {})
        if sized:
            asked["items_per_page"] = str(PAGE_SIZE)
        found: dict[str, bytes] = {}
        pages = self._pages(path, asked)
        found.update(next(pages, {}))
        barren, more = 0, False
        for page in pages:
            more = True
            barren = 0 if page.keys() - found.keys() else barren + 1
            found.update(page)
            if barren >= _BARREN_PAGES:
                break
        if more:
            self._read_front(path, asked, found)
        return found

    def _read_front(self, path: str, asked: Mapping[str, str], found: dict[str, bytes]) -> None:
        """Read what came in at the front while the rest was read: newest records stand first."""
        for page in self._pages(path, asked):
            new = page.keys() - found.keys()
            found.update(page)
            if not new:
                return

    def _pages(self, path: str, asked: Mapping[str, str]) -> Iterator[Mapping[str, bytes]]:
        """Page after page; a page too high would be the last one again, so the count decides."""
        number = 0
        while True:
            number += 1
            response = self._get(path, [*asked.items(), ("page", str(number))])
            if response.status == 404 and says_empty(response.content):
                return
            if response.status == 404:
                raise self._missing(path, response)
            page = page_of(response)
            yield page.records
            if number >= page.of or not page.records:
                return

    def _get(self, path: str, params: Sequence[tuple[str, str]]) -> Response:
        """A success, or a 404."""
        token = self._current()
        response = self._ask(token, path, params)
        for _ in range(_RENEWALS):
            if response.status != 401 or not self._account.client_secret:
                break
            token = self._current(spent=token)
            response = self._ask(token, path, params)
        if response.status in (200, 404):
            return response
        raise self._refusal(response)

    def _ask(self, token: str, path: str, params: Sequence[tuple[str, str]]) -> Response:
        request = Request(
            path=f"/v2/{path}",
            params=params,
            headers={"Authorization": f"Bearer {token}"},
            statuses=_SEEN,
            check=refuse_error,
        )
        try:
            return self._client.send(request)
        except SourceError as error:
            raise self._clean(error, token) from None

    def _current(self, *, spent: str | None = None) -> str:
        """The token to ask with; a new one where the last is near its end, or `spent` before it."""
        with self._minting:
            if monotonic() >= self._renew_at or self._token == spent:
                self._mint()
            return self._token

    def _mint(self) -> None:
        body = {
            "client_id": self._account.client_id,
            "client_secret": self._account.client_secret,
            "grant_type": "client_credentials",
        }
        request = Request(
            path=_TOKEN_PATH, method="POST", json=body, statuses=_SEEN, check=refuse_error
        )
        asked_at = monotonic()
        response = self._client.send(request)
        if response.status == 404:
            raise WrongAnswer(
                f"{self._client.host} has no address for tokens: {self._told(response)}.",
                hint=self._look,
            )
        if response.status != 200:
            raise SourceRefused(
                f"{self._client.host} gave no token ({response.status}: {self._told(response)}).",
                hint="Correct CLIENT_ID and CLIENT_SECRET (both are in the school's API settings).",
            )
        said = response.json()
        data = said.get("tokenData", said) if isinstance(said, dict) else {}
        token = data.get("access_token") if isinstance(data, dict) else None
        if not isinstance(token, str) or not token:
            raise WrongAnswer(f"{self._client.host} answered without a token.", hint=self._look)
        life = data.get("expires_in", _TOKEN_LIFE_S)
        life = float(life) if isinstance(life, int | float) else _TOKEN_LIFE_S
        self._token = token
        self._renew_at = asked_at + max(life - self._policy.scaled(_RENEW_BEFORE_S), life / 2)

    def _refusal(self, response: Response) -> SourceError:
        said = f"{self._client.host} answered {response.status}: {self._told(response)}."
        match response.status:
            case 401 if self._account.client_secret:
                hint = "The tokens of CLIENT_ID and CLIENT_SECRET are refused: make new ones."
            case 401:
                hint = (
                    "ACCESS_TOKEN has ended or was revoked: copy a new one from the school's API"
                    " settings, or set CLIENT_SECRET, with which tokens are minted."
                )
            case 403:
                hint = (
                    "The school's plan must include the API, and"
                    f" {self._key_setting} must belong to this school."
                )
            case 400 if b"client_id" in response.content:
                hint = "Correct CLIENT_ID."
            case _:
                return WrongAnswer(said, hint=self._look)
        return SourceRefused(said, hint=hint)

    def _missing(self, path: str, response: Response) -> Missing:
        return Missing(
            f"{self._client.host} has no {path}: {self._told(response)}.",
            hint=self._look,
        )

    def _told(self, response: Response) -> str:
        return self._client.host.clean(told(response.content)).replace(self._token or "\0", "***")

    def _clean(self, error: SourceError, token: str) -> SourceError:
        """The error without the token, should the school have sent it back."""
        if token and token in str(error):
            return type(error)(error.what.replace(token, "***"), hint=error.hint)
        return error


def path_of(*parts: str) -> str:
    """A path of these parts, each escaped."""
    return "/".join(quote(part, safe="") for part in parts)
