"""Small JSON documents of other servers, over HTTP: bounded in size and time."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx2

from gradeline.base.errors import SignInUnavailable

_MOST_BYTES = 262_144
#: Seconds for each step of the network, and for all of them together.
_STEP_S, _TOTAL_S = 4.0, 8.0


class JsonClient:
    """Asks for JSON, a connection for each request; follows no redirect. Threads may share it."""

    def __init__(self) -> None:
        self._trust = httpx2.create_ssl_context()  # reads a file, so it is made once

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
        """Return the status and the JSON of an answer; None where it is no JSON.

        Raises:
            SignInUnavailable: no whole answer came, or the server says that it cannot answer now.
        """
        host = httpx2.URL(url).host
        try:
            status, content = self._read(url, headers or {})
        except (httpx2.HTTPError, TimeoutError):  # whose words could repeat the headers
            raise SignInUnavailable(f"{host} does not answer.") from None
        if status == 429 or status >= 500:
            raise SignInUnavailable(f"{host} answered with status {status}.")
        try:
            return status, json.loads(content)
        except (ValueError, RecursionError):
            return status, None

    def _read(self, url: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        until = time.monotonic() + _TOTAL_S
        content = b""
        with (
            httpx2.Client(timeout=_STEP_S, verify=self._trust) as client,
            client.stream("GET", url, headers=dict(headers)) as response,
        ):
            for part in response.iter_bytes():
                content += part
                if len(content) > _MOST_BYTES or time.monotonic() > until:
                    raise TimeoutError
        return response.status_code, content
