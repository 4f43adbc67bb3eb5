"""From settings to sign-in: which tokens are accepted, and who verifies them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gradeline.access.api_tokens import ApiTokens
from gradeline.access.expiring import Clock
from gradeline.access.guesses import Guesses
from gradeline.access.identities import Identity, Verifier
from gradeline.access.principals import Principal
from gradeline.access.sessions import IDLE, LIFE, Sessions
from gradeline.access.sign_in import SignIn, TokenKind
from gradeline.access.yandex_id import ADDRESS, YandexId, authorization_link
from gradeline.base.clock import now, school_day
from gradeline.base.errors import WrongSetting
from gradeline.base.hosts import is_private
from gradeline.flows.sign_in import find_principal, redeem_link, redeem_link_to_session
from gradeline.records.api_tokens import ApiToken
from gradeline.records.sessions import NewSession, StoredSession
from gradeline.settings import Settings
from gradeline.warehouse import Database, api_tokens, sessions
from gradeline.wiring.secrets import strong_secret

if TYPE_CHECKING:
    from gradeline.access.yandex_code_flow import YandexCodeFlow


def wire_sign_in(settings: Settings, database: Database, clock: Clock = time.time) -> SignIn:
    """Return what tells by a bearer token who asks; nobody is asked yet.

    What it asks the database, it asks as `gradeline_loader`, in connections of its own: tokens and
    staff are in no reach of the connections that requests work on (docs/why/security.md).

    Raises:
        WrongSetting: a secret is too weak, or an address of keys is not encrypted.
    """
    asked = _Lookups(database, settings.school_timezone)
    verifiers: dict[TokenKind, Verifier] = {
        TokenKind.API_TOKEN: ApiTokens(asked.find_token, asked.note_use, clock),
        **_jwt(settings, clock),
        **_yandex(settings, clock),
    }
    hint = sign_in_hint(settings)
    return SignIn(
        verifiers, staff=asked.find_staff, redeem=asked.redeem_link, hint=hint, clock=clock
    )


def wire_sessions(
    settings: Settings, database: Database, guesses: Guesses, clock: Clock = time.time
) -> Sessions:
    """Return what signs people in on the page; see `wire_sign_in`.

    Args:
        settings: read by now.
        database: as of `wire_sign_in`.
        guesses: of the sign-in of the API: who guesses here waits there, too.
        clock: seconds of Unix time.
    """
    asked = _Lookups(database, settings.school_timezone)
    return Sessions(_SessionRows(database), staff=asked.find_staff, guesses=guesses, clock=clock)


def wire_yandex(settings: Settings, clock: Clock = time.time) -> YandexCodeFlow | None:
    """Return what signs people in on the page by Yandex ID; None = it is not set."""
    secret = settings.yandex_client_secret
    if settings.yandex_client_id is None or secret is None:
        return None
    from gradeline.access.yandex_code_flow import ADDRESS as OAUTH  # brings the OAuth client
    from gradeline.access.yandex_code_flow import YandexCodeFlow  # as above

    sandbox = settings.sandbox_url
    return YandexCodeFlow(
        settings.yandex_client_id,
        secret.get_secret_value(),
        public_url=str(settings.public_url),
        identify=_yandex(settings, clock)[TokenKind.YANDEX].identify,
        address=f"{sandbox.rstrip('/')}/yandex" if sandbox else OAUTH,
    )


def sign_in_hint(settings: Settings) -> str:
    """Return how a person gets a token, with Yandex' link where its application is set."""
    ways = ["Send `Authorization: Bearer <token>`;"]
    if settings.yandex_client_id is not None:
        ways.append(
            f"a token of Yandex is given at {authorization_link(settings.yandex_client_id)}"
        )
        ways.append("(the part after access_token=), or")
    return " ".join([*ways, "an administrator makes one with `gradeline token add`."])


def describe_sign_in(settings: Settings) -> str:
    """Return in a sentence which ways to sign in are set.

    Raises:
        WrongSetting: one of them cannot work, or would be unsafe.
    """
    ways = ["tokens of `gradeline token`", "sign-in links"]
    if _jwt(settings, time.time):
        ways.append("JWTs of the school")
    if _yandex(settings, time.time) and settings.yandex_client_id is not None:
        link = authorization_link(settings.yandex_client_id)
        ways.append(f"tokens of Yandex ID, given at {link}")
    return f"by {', '.join(ways)}"


class _Lookups:
    """The database, as sign-in asks it."""

    def __init__(self, database: Database, zone: str) -> None:
        self._database, self._zone = database, zone

    def find_token(self, digest: bytes) -> ApiToken | None:
        with self._database.connect() as connection:
            return api_tokens.find(connection, digest)

    def note_use(self, token_id: int) -> None:
        with self._database.connect() as connection:
            api_tokens.note_use(connection, token_id)

    def find_staff(self, identity: Identity) -> Principal | None:
        with self._database.connect() as connection:
            return find_principal(connection, identity, school_day(now(), self._zone))

    def redeem_link(self, digest: bytes) -> str | None:
        with self._database.connect() as connection:
            return redeem_link(connection, digest, now())


class _SessionRows:
    """The database, as sessions ask it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def insert(self, digest: bytes, session: NewSession) -> None:
        with self._database.connect() as connection:
            sessions.insert(connection, digest, session, life=LIFE, idle=IDLE)

    def redeem(self, link: bytes, digest: bytes) -> bool:
        with self._database.connect() as connection:
            return redeem_link_to_session(connection, link, digest)

    def find(self, digest: bytes) -> StoredSession | None:
        with self._database.connect() as connection:
            return sessions.find(connection, digest, idle=IDLE)

    def note_use(self, digest: bytes) -> None:
        with self._database.connect() as connection:
            sessions.note_use(connection, digest)

    def delete(self, digest: bytes) -> None:
        with self._database.connect() as connection:
            sessions.delete(connection, digest)

    def delete_all(self, digest: bytes) -> None:
        with self._database.connect() as connection:
            sessions.delete_all(connection, digest)


def _jwt(settings: Settings, clock: Clock) -> Mapping[TokenKind, Verifier]:
    """Accept JWTs, if there is a secret or an address of keys."""
    if settings.jwt_secret is None and settings.jwt_jwks_url is None:
        return {}
    from gradeline.access.bearer_tokens import BearerTokens, JwtRules  # brings PyJWT
    from gradeline.access.json_client import JsonClient  # brings the HTTP client
    from gradeline.access.keys import PublicKeys  # as above

    secret, url = settings.jwt_secret, settings.jwt_jwks_url
    keys = None
    if url is not None:
        _check_address(url)
        client = JsonClient()
        keys = PublicKeys(lambda: client.get(url), clock)
    rules = JwtRules(
        secret=None if secret is None else strong_secret("JWT_SECRET", secret.get_secret_value()),
        keys=keys,
        audience=settings.jwt_audience,
        issuer=settings.jwt_issuer,
    )
    return {TokenKind.JWT: BearerTokens(rules, clock)}


def _yandex(settings: Settings, clock: Clock) -> Mapping[TokenKind, Verifier]:
    """Accept tokens of Yandex, if our application there is set."""
    if settings.yandex_client_id is None:
        if settings.auth_read_access or settings.auth_write_access:
            raise WrongSetting(
                "AUTH_READ_ACCESS and AUTH_WRITE_ACCESS name logins of Yandex, and YANDEX_CLIENT_ID"
                " is not set.",
                hint="Set it to the id of your application: any other one's tokens are refused.",
            )
        return {}
    from gradeline.access.json_client import JsonClient  # brings the HTTP client

    sandbox = settings.sandbox_url
    verifier = YandexId(
        settings.yandex_client_id,
        readers=settings.auth_read_access,
        writers=settings.auth_write_access,
        fetch=JsonClient().get,
        clock=clock,
        address=f"{sandbox.rstrip('/')}/yandex" if sandbox else ADDRESS,
    )
    return {TokenKind.YANDEX: verifier}


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https" and host:
        return
    if parts.scheme != "http" or not host or not is_private(host):
        raise WrongSetting(
            "JWT_JWKS_URL is no https address: whoever is in between could give us keys.",
            hint="Write it as https://login.school.example/.well-known/jwks.json.",
        )
