"""No other site acts in somebody's name: what changes something comes from a page of ours.

Browsers say where a request comes from, so no token is needed in forms. Together with
`SameSite=Lax` on the cookie there are two locks.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """Refuses requests that change something and that another site has sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _SAFE or _is_ours(scope):
            await self._app(scope, receive, send)
            return
        refusal = PlainTextResponse(
            "This was sent from another site. Open the page here and try again.\n",
            status_code=HTTPStatus.FORBIDDEN,
        )
        await refusal(scope, receive, send)


def _is_ours(scope: Scope) -> bool:
    """Whether a request was sent by a page of ours, as the browser says."""
    headers: dict[bytes, str] = {name: value.decode("latin-1") for name, value in scope["headers"]}
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get(b"origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc == headers.get(b"host")
