"""Which machines a connection leaves this one for, and how it is encrypted by default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address

#: Endings of names that only a network of one's own knows.
_OWN_ENDINGS = (".local", ".internal", ".lan", ".localdomain", ".home.arpa", ".test")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine by its very name, or the folder of a socket."""
    if not host or host.startswith(("/", "@")):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() in ("localhost", "localhost.")


def is_private(host: str) -> bool:
    """Return whether a host is on this machine or in a network of one's own.

    That is a private address, or a name without a dot, as containers have; where such a network
    carries no TLS, asking for it would end what works.
    """
    if is_loopback(host):
        return True
    try:
        return ip_address(host.strip("[]")).is_private
    except ValueError:
        name = host.lower().rstrip(".")
        return "." not in name or name.endswith(_OWN_ENDINGS)


def default_sslmode(parameters: Mapping[str, str]) -> Mapping[str, str]:
    """Return the `sslmode` for a PostgreSQL by libpq's keywords; nothing where it is chosen.

    libpq's own default goes on without encryption where a server, or somebody in between, says
    that it has none. To a host on the Internet a connection is encrypted or refused.
    """
    chosen = parameters.get("sslmode") or parameters.get("service") or os.environ.get("PGSSLMODE")
    hosts = f"{parameters.get('host') or parameters.get('hostaddr', '')}".split(",")
    return {} if chosen or all(map(is_private, hosts)) else {"sslmode": "require"}
