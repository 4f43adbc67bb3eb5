"""The API of LearnWorlds: tokens, errors, and lists whose pages shift while they are read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.parse import quote

from gradeline.base.errors import SourceError, SourceRefused, WrongAnswer
from gradeline.base.masking import SECRETS
from gradeline.sources.learnworlds.errors import (
    HOST_NAME,
    NotFound,
    check_success,
    error_text,
    is_empty_list,
)
from gradeline.sources.learnworlds.pages import parse_page
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
#: Statuses that are handled here; HttpClient raises for all others.
_STATUSES = frozenset({200, 400, 401, 403, 404, 422})
#: A list whose `totalPages` cannot be true ends after so many pages without a new record.
_MAX_PAGES_WITHOUT_NEW = 5


@dataclass(frozen=True, kw_only=True)
class Account:
    """The address of a school and its credentials."""

    url: str  #: prefix of every path: `https://school.learnworlds.com/admin/api`
    client_id: str  #: CLIENT_ID, sent with every request
    access_token: str | None = field(default=None, repr=False)  #: ACCESS_TOKEN; alone suffices
    client_secret: str | None = field(default=None, repr=False)  #: tokens are requested with it
    speed: float = 1.0  #: SANDBOX_SPEED
    address_setting: str = "SCHOOL_DOMAIN"


def address_of(domain: str) -> str:
    """Return the URL of the API of `school`, `school.learnworlds.com`, an own domain or a link."""
    host = domain.strip().rpartition("://")[2].partition("/")[0]
    return f"https://{host if '.' in host else f'{host}.learnworlds.com'}/admin/api"


class LearnWorldsApi:
    """A client of one school; threads may share it.

    Every method raises `SourceRefused` (naming the setting) where the school does not let us in,
    `SourceUnavailable` where no complete response came, `WrongAnswer` where another thing came.
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
        """The URL that identifies the school."""
        return self._account.url

    @property
    def _key_setting(self) -> str:
        return "CLIENT_SECRET" if self._account.client_secret else "ACCESS_TOKEN"

    @property
    def _check_hint(self) -> str:
        return f"Check {self._account.address_setting}."

    def stop(self) -> None:
        """End every wait."""
        self._client.stop()

    def one(self, path: str) -> bytes:
        """Return one object, as received.

        Raises:
            NotFound: the school says that there is none.
        """
        response = self._get(path, ())
        if response.status == 404:
            raise self._not_found(path, response)
        return response.content

    def records(
        self, path: str, params: Mapping[str, str] | None = None, *, sized: bool = True
    ) -> Mapping[str, bytes]:
        """Return every record of a list by its id, as received; empty where the list is.

        Records that move from page to page meanwhile are returned once, as they were read last,
        and records that are added at the front meanwhile are read at the end. A record without an
        id has its own bytes as key. Signed links lose their signature.

        Args:
            path: of the list.
            params: of the query.
            sized: whether the list takes `items_per_page`.

        Raises:
            NotFound: the school says that there is no such list.
        """
        asked = dict(params or {})
        if sized:
            asked["items_per_page"] = str(PAGE_SIZE)
        found: dict[str, bytes] = {}
        pages = self._pages(path, asked)
        found.update(next(pages, {}))
        pages_without_new, more = 0, False
        for page in pages:
            more = True
            pages_without_new = 0 if page.keys() - found.keys() else pages_without_new + 1
            found.update(page)
            if pages_without_new >= _MAX_PAGES_WITHOUT_NEW:
                break
        if more:
            self._read_front(path, asked, found)
        return found

    def _read_front(self, path: str, asked: Mapping[str, str], found: dict[str, bytes]) -> None:
        """Read the records that were added meanwhile; the newest come first."""
        for page in self._pages(path, asked):
            new = page.keys() - found.keys()
            found.update(page)
            if not new:
                return

    def _pages(self, path: str, asked: Mapping[str, str]) -> Iterator[Mapping[str, bytes]]:
        """Yield page after page, as many as there are: a page too high repeats the last one."""
        number = 0
        while True:
            number += 1
            response = self._get(path, [*asked.items(), ("page", str(number))])
            if response.status == 404 and is_empty_list(response.content):
                return
            if response.status == 404:
                raise self._not_found(path, response)
            page = parse_page(response)
            yield page.records
            if number >= page.of or not page.records:
                return

    def _get(self, path: str, params: Sequence[tuple[str, str]]) -> Response:
        """Return a success or a 404; renew the token where it is refused."""
        token = self._current_token()
        response = self._send(token, path, params)
        for _ in range(_RENEWALS):
            if response.status != 401 or not self._account.client_secret:
                break
            token = self._current_token(spent=token)
            response = self._send(token, path, params)
        if response.status in (200, 404):
            return response
        raise self._refused(response)

    def _send(self, token: str, path: str, params: Sequence[tuple[str, str]]) -> Response:
        request = Request(
            path=f"/v2/{path}",
            params=params,
            headers={"Authorization": f"Bearer {token}"},
            statuses=_STATUSES,
            check=check_success,
        )
        return self._client.send(request)

    def _current_token(self, *, spent: str | None = None) -> str:
        """Return a token; a new one where the last is near its end or is `spent`."""
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
            path=_TOKEN_PATH, method="POST", json=body, statuses=_STATUSES, check=check_success
        )
        asked_at = monotonic()
        response = self._client.send(request)
        if response.status == 404:
            raise WrongAnswer(
                f"{self._client.host} has no address for tokens: {error_text(response.content)}.",
                hint=self._check_hint,
            )
        if response.status != 200:
            text = error_text(response.content)
            raise SourceRefused(
                f"{self._client.host} gave no token ({response.status}: {text}).",
                hint="Correct CLIENT_ID and CLIENT_SECRET (both are in the school's API settings).",
            )
        parsed = response.json()
        data = parsed.get("tokenData", parsed) if isinstance(parsed, dict) else {}
        token = data.get("access_token") if isinstance(data, dict) else None
        if not isinstance(token, str) or not token:
            raise WrongAnswer(
                f"{self._client.host} answered without a token.", hint=self._check_hint
            )
        life = data.get("expires_in", _TOKEN_LIFE_S)
        life = float(life) if isinstance(life, int | float) else _TOKEN_LIFE_S
        SECRETS.add([token])
        self._token = token
        self._renew_at = asked_at + max(life - self._policy.scaled(_RENEW_BEFORE_S), life / 2)

    def _refused(self, response: Response) -> SourceError:
        message = f"{self._client.host} answered {response.status}: {error_text(response.content)}."
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
                return WrongAnswer(message, hint=self._check_hint)
        return SourceRefused(message, hint=hint)

    def _not_found(self, path: str, response: Response) -> NotFound:
        return NotFound(
            f"{self._client.host} has no {path}: {error_text(response.content)}.",
            hint=self._check_hint,
        )


def join_path(*parts: str) -> str:
    """Join the parts of a path, each escaped.

    Raises:
        WrongAnswer: a part is `.` or `..`, which no escape keeps from meaning another path.
    """
    for part in parts:
        if part in (".", ".."):
            raise WrongAnswer(
                f"{HOST_NAME} sent the id {part!r}, which no path can hold.",
                hint="Its data is wrong: ask the school's support there.",
            )
    return "/".join(quote(part, safe="") for part in parts)
