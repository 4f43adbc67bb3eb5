"""Which machines a connection leaves this one for, and how it is secured by default."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

#: Endings of names that only a network of one's own knows.
_OWN_ENDINGS = (".local", ".internal", ".lan", ".localdomain", ".home.arpa", ".test")
#: The certificates that libpq itself takes where it is told of none.
_LIBPQ_ROOTS = Path("~/.postgresql/root.crt")
#: Files of trusted authorities: Debian, Red Hat, Alpine and macOS, SUSE.
_ROOTS = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)


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


def secure_login(parameters: Mapping[str, str]) -> Mapping[str, str]:
    """Return a PostgreSQL's keywords of libpq with what is missing for TLS that is checked.

    libpq's own default goes on without encryption where a server, or somebody in between, says
    that it has none. On the Internet the server must show a certificate for its name, unless
    `sslmode` is chosen: in the keywords, a service or PGSSLMODE.
    """
    secured, roots = dict(parameters), _named(parameters, "sslrootcert")
    hosts = f"{parameters.get('host') or parameters.get('hostaddr', '')}".split(",")
    is_chosen = _named(parameters, "sslmode") or _named(parameters, "service")
    if not is_chosen and (roots == "system" or not all(map(is_private, hosts))):
        secured["sslmode"] = "verify-full"
        roots = roots or (None if _LIBPQ_ROOTS.expanduser().is_file() else "system")
    if roots == "system":
        secured["sslrootcert"] = str(find_roots())
    return secured


def find_roots() -> Path:
    """Return the file of the certificate authorities that this machine trusts.

    libpq has the word `system` for it, but the OpenSSL that comes with psycopg looks in a folder
    that no machine has, and psql before version 16 does not know the word.
    """
    import certifi  # where a system keeps no such file, as Windows

    names = filter(None, (ssl.get_default_verify_paths().cafile, *_ROOTS))
    return next(filter(Path.is_file, map(Path, names)), Path(certifi.where()))


def _named(parameters: Mapping[str, str], name: str) -> str | None:
    return parameters.get(name) or os.environ.get(f"PG{name.upper()}") or None
