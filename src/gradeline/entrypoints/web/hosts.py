"""Names under which we are reached."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

#: Names of this machine for itself.
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
#: Addresses that mean all of a machine's, so none that a client would name.
_ANY = frozenset({"0.0.0.0", "[::]", ""})  # noqa: S104 - not listened on, but left out


def host_of(header: str) -> str:
    """Return the name or address that a Host header has, without its port, in lower case."""
    name, colon, port = header.rpartition(":")
    if not colon or not port.isdigit():
        name = header
    return name.lower()


def allowed_hosts(public_url: str, listening: str, more: Iterable[str]) -> frozenset[str]:
    """Return the names that a request may be for.

    Args:
        public_url: where people reach us.
        listening: the address that we listen on.
        more: further names.
    """
    given = {urlsplit(public_url).netloc.rpartition("@")[2], bracketed(listening), *more}
    return (frozenset(host_of(name) for name in given) | _LOOPBACK) - _ANY


def is_loopback(public_url: str) -> bool:
    """Whether people reach us on this machine alone."""
    return host_of(urlsplit(public_url).netloc.rpartition("@")[2]) in _LOOPBACK


def bracketed(address: str) -> str:
    """Return an address as it stands in a URL: IPv6 in brackets."""
    return f"[{address}]" if ":" in address and not address.startswith("[") else address
