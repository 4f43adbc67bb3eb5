"""Webhook: a message as one signed POST of JSON to an address of the school's own.

The header `Gradeline-Signature` is `t=<unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>" in hex>`, as
docs/how-to/send-reports-to-a-webhook.md describes. Every try of a message has the same
`Idempotency-Key`, by which the receiver keeps it once; so what ended unclear is simply sent again.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import socket
import time
from collections.abc import Sequence
from typing import Any

import httpx2

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.base.hosts import is_public
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.message import Message, Receipt

#: For each step of the network; together they have `_ANSWER_S`, and what slow lines need.
_TIMEOUT_S = 30
_ANSWER_S, _SLOWEST_BYTES_S = 90.0, 20_000
_LIMITS = Limits(document_bytes=20_000_000)
_PORTS = {"http": 80, "https": 443}


def key_of(secret: str) -> bytes:
    """Return the key that a receiver verifies signatures with; it tells nothing of the secret."""
    return hmac.digest(secret.encode(), b"webhook", "sha256")


class WebhookChannel:
    """Posts to addresses that the internet can reach, or with `allow_private` to any."""

    name = "webhook"
    traits = Traits(can_find=True)
    limits = _LIMITS
    identity = ""

    def __init__(
        self, secret: str, *, allow_private: bool = False, answer_s: float = _ANSWER_S
    ) -> None:
        self._key = key_of(secret)
        self._allow_private = allow_private
        self._answer_s = answer_s

    def resolve(self, address: str) -> str:
        """Return the address in its one spelling if it is one that may be posted to."""
        url = _url(address)
        self._pinned(url)
        return str(url.copy_with(port=None) if url.port == _PORTS[url.scheme] else url)

    def send(self, envelope: Envelope) -> Receipt:
        """Post the message; a redirect is not followed, for it could lead elsewhere."""
        url = _url(envelope.address)
        body = json.dumps(_payload(envelope.message, envelope.key)).encode()
        at = int(time.time())
        signature = hmac.digest(self._key, f"{at}.".encode() + body, "sha256").hex()
        headers = {
            "Content-Type": "application/json",
            "Host": url.netloc.decode("ascii"),
            "Idempotency-Key": envelope.key,
            "Gradeline-Signature": f"t={at},v1={signature}",
        }
        response = self._post(url, body, headers)  # of which nobody needs the body
        if response.status_code >= 300:
            raise _refused_by(response, url.host)
        envelope.record_step("post", envelope.key)
        return Receipt(provider_id=envelope.key)

    def find(self, envelope: Envelope) -> Receipt | None:
        """Say that it is safe to send again: the receiver knows the key of what it has."""
        done = envelope.done.get("post")
        return Receipt(provider_id=done) if done else None

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Look the host up; nothing is posted."""
        try:
            self.resolve(address)
        except DeliveryError as error:
            return (error,)
        return ()

    def _post(self, url: httpx2.URL, body: bytes, headers: dict[str, str]) -> httpx2.Response:
        # To the address that was checked: a second look-up could answer another one.
        to = url.copy_with(host=self._pinned(url))
        extensions = {"sni_hostname": url.host}
        deadline_s = self._answer_s + len(body) / _SLOWEST_BYTES_S

        async def post() -> httpx2.Response:
            async with (
                asyncio.timeout(deadline_s),
                httpx2.AsyncClient(timeout=_TIMEOUT_S) as client,
                client.stream(
                    "POST", to, content=body, headers=headers, extensions=extensions
                ) as response,
            ):
                return response

        try:
            return asyncio.run(post())
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            raise DeliveryLater(f"{url.host} does not answer.", hint="It is tried again.") from None
        except (httpx2.HTTPError, TimeoutError):
            raise DeliveryUnknown(f"The answer of {url.host} was lost.") from None

    def _pinned(self, url: httpx2.URL) -> str:
        """Return an IP address of the host; refuse a host that is inside our own network."""
        try:
            found = socket.getaddrinfo(
                url.host, url.port or _PORTS[url.scheme], type=socket.SOCK_STREAM
            )
        except (socket.gaierror, UnicodeError) as error:
            if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
                raise DeliveryLater(
                    f"The name {url.host} cannot be looked up now.", hint="It is tried again."
                ) from None
            raise DeliveryRefused(
                f"There is no host {url.host}.", hint="Correct the address of the webhook."
            ) from None
        addresses = [str(each[4][0]) for each in found]
        if not self._allow_private and not all(map(is_public, addresses)):
            raise DeliveryRefused(
                f"{url.host} is not on the internet.",
                hint="Give the webhook an address that others can reach, too.",
            )
        return addresses[0]


def _url(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address)
    except (httpx2.InvalidURL, UnicodeError):
        url = httpx2.URL("")
    if url.scheme not in _PORTS or not url.host or url.userinfo:
        raise DeliveryRefused(
            "A webhook needs an address such as https://school.example/hook.",
            hint="Without user and password: the signature says who sends.",
        )
    return url


def _payload(message: Message, key: str) -> dict[str, Any]:
    """Return the message as the receiver gets it."""
    table = message.table
    return {
        "key": key,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "table": None
        if table is None
        else {
            "title": table.title,
            "header": table.header,
            "rows": [[str(cell) if _is_day(cell) else cell for cell in row] for row in table.rows],
        },
        "documents": [
            {
                "name": document.name,
                "media_type": document.media_type,
                "sha256": document.sha256,
                "content": base64.b64encode(document.content).decode(),
            }
            for document in message.documents
        ],
    }


def _is_day(cell: object) -> bool:
    return hasattr(cell, "isoformat")


def _refused_by(response: httpx2.Response, host: str) -> DeliveryError:
    status = response.status_code
    if status == 408 or (status >= 500 and "Retry-After" not in response.headers):
        return DeliveryUnknown(f"{host} answered with status {status}.")
    if status in (425, 429) or status >= 500:
        wait = response.headers.get("Retry-After", "")
        return DeliveryLater(
            f"{host} answered with status {status}.",
            retry_after_s=float(wait) if wait.isdecimal() else None,
        )
    return DeliveryRefused(
        f"{host} refused the message with status {status}.",
        hint="The receiver has to take POST and answer with a status from 200 to 299.",
    )
