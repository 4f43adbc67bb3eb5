"""Which machines a connection leaves this one for, and how it is encrypted by default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

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


#: Networks of IPv6 whose addresses hold one of IPv4 bare, and NAT64 of one's own.
_HOLD_IPV4 = tuple(map(ip_network, ("64:ff9b::/96", "::/96")))
_LOCAL_NAT64 = ip_network("64:ff9b:1::/48")


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the internet, and leads nowhere else.

    `ipaddress.is_global` alone takes some for public that hold a private one inside.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        # An IPv6 address may carry an IPv4 one inside, which is what is reached.
        inner = ip.ipv4_mapped or ip.sixtofour or _inside(ip)
        ours = ip.is_site_local or ip.is_multicast or ip in _LOCAL_NAT64 or ip.teredo is not None
        return ip.is_global and not ours and (inner is None or is_public(str(inner)))
    return ip.is_global and not ip.is_multicast


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside one of NAT64 (RFC 6052), or of those that hold it bare."""
    if any(ip in network for network in _HOLD_IPV4):
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return None


def default_sslmode(parameters: Mapping[str, str]) -> Mapping[str, str]:
    """Return the `sslmode` for a PostgreSQL by libpq's keywords; nothing where it is chosen.

    libpq's own default goes on without encryption where a server, or somebody in between, says
    that it has none. To a host on the Internet a connection is encrypted or refused.
    """
    chosen = parameters.get("sslmode") or parameters.get("service") or os.environ.get("PGSSLMODE")
    hosts = f"{parameters.get('host') or parameters.get('hostaddr', '')}".split(",")
    return {} if chosen or all(map(is_private, hosts)) else {"sslmode": "require"}
