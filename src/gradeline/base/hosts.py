"""Which machines a connection leaves this one for, and how it is secured by default."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from ipaddress import ip_address
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
