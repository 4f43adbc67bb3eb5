"""The id of a request: taken from the client or made, in each line of the log and in the answer."""

from __future__ import annotations

import re
import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gradeline.base.logs import log_ids

HEADER = "x-request-id"
#: What a client's own id may be; anything else could forge a line of the log.
_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class RequestId:
    """Gives each request an id, `scope["state"]["request_id"]`; one that has an id keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or "request_id" in scope.get("state", {}):
            await self._app(scope, receive, send)
            return
        request_id = _given(scope) or uuid.uuid4().hex[:16]
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        with log_ids(request=request_id):
            await self._app(scope, receive, send_with_id)


def _given(scope: Scope) -> str:
    values = [value for name, value in scope["headers"] if name == HEADER.encode()]
    return values[0].decode() if len(values) == 1 and _ID.fullmatch(values[0]) else ""
