"""Addresses of webhooks that a request names, before anything is sent there.

What a name leads to is checked again when the notice is sent, as it may change meanwhile.
"""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from gradeline.base.errors import BadRequest
from gradeline.base.hosts import is_private, is_public

_WHERE = ("body", "notify", "url")


def check_webhook(url: str) -> None:
    """Check that a notice may be posted to an address.

    Raises:
        BadRequest: it is none, or leads into a network of one's own.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise BadRequest(
            "A webhook needs an address such as https://school.example/hook.", where=_WHERE
        )
    address = _as_number(host)
    if is_private(host) or (address is not None and not is_public(address)):
        raise BadRequest("That webhook is not on the internet.", where=_WHERE)


def _as_number(host: str) -> str | None:
    """Return the IP address that a host is in any spelling, such as 0x7f.1; None = a name."""
    try:
        found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    return str(found[0][4][0])
