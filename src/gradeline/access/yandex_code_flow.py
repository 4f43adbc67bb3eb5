"""Signing in with Yandex ID on the page: the code flow of OAuth with PKCE (RFC 7636)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hmac import compare_digest

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client

from gradeline.access.identities import Identity
from gradeline.base.errors import SignInNeeded, SignInUnavailable

ADDRESS = "https://oauth.yandex.ru"
#: Where Yandex leads a browser back to; the application at Yandex has this address, too.
CALLBACK_PATH = "/sign-in/yandex/callback"
_BYTES = 32
#: Seconds for each step of the network.
_STEP_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt to sign in, which the browser keeps until it comes back."""

    state: str  #: shows that the way back belongs to this browser
    verifier: str  #: without which the code is worth nothing

    @property
    def text(self) -> str:
        """It as the value of a cookie."""
        return f"{self.state}.{self.verifier}"

    @classmethod
    def of(cls, text: str) -> Attempt | None:
        """Return the attempt that a cookie has; None = it has none."""
        state, _, verifier = text.partition(".")
        return cls(state=state, verifier=verifier) if state and verifier else None


class YandexCodeFlow:
    """Leads people to Yandex and takes them back; threads may share it.

    Args:
        client_id: of our application at Yandex.
        client_secret: of it.
        public_url: where people reach the page.
        identify: tells whose a token is, and whether it was given to our application.
        address: of Yandex, or of its twin.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        *,
        public_url: str,
        identify: Callable[[str], Identity],
        address: str = ADDRESS,
    ) -> None:
        self._client_id, self._client_secret = client_id, client_secret
        self._callback = f"{public_url.rstrip('/')}{CALLBACK_PATH}"
        self._identify, self._address = identify, address

    def begin(self) -> tuple[str, Attempt]:
        """Return where to send a browser, and what it keeps until it comes back."""
        attempt = Attempt(
            state=secrets.token_urlsafe(_BYTES), verifier=secrets.token_urlsafe(_BYTES)
        )
        with self._client() as client:
            url, _ = client.create_authorization_url(
                f"{self._address}/authorize", state=attempt.state, code_verifier=attempt.verifier
            )
        return url, attempt

    def finish(self, attempt: Attempt | None, *, state: str, code: str) -> str:
        """Return the login of whom Yandex led back with a code.

        Raises:
            SignInNeeded: the browser did not begin here, or Yandex takes the code for nobody's.
            SignInUnavailable: Yandex does not answer.
        """
        if attempt is None or not code or not compare_digest(attempt.state, state):
            raise SignInNeeded("This way back from Yandex was not begun in this browser.")
        return self._identify(self._exchange(code, attempt.verifier)).login

    def _exchange(self, code: str, verifier: str) -> str:
        try:
            with self._client() as client:
                answer = client.fetch_token(
                    f"{self._address}/token",
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                )
        except OAuthError:
            raise SignInNeeded("Yandex does not know the code, or no longer.") from None
        except (httpx2.HTTPError, ValueError):  # whose words could repeat the secret
            raise SignInUnavailable("Yandex does not answer with a token.") from None
        token = answer.get("access_token")
        if not isinstance(token, str):
            raise SignInUnavailable("Yandex answered without a token.")
        return token

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret,
            token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
            redirect_uri=self._callback,
            code_challenge_method="S256",
            timeout=_STEP_S,
        )
