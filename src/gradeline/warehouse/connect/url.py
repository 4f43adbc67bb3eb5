"""Parse the URL of a PostgreSQL server without ever showing its password."""

from __future__ import annotations

from types import MappingProxyType

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gradeline.base.errors import WrongSetting
from gradeline.base.hosts import secure_login
from gradeline.warehouse.connect.database import Database, Login

#: Characters that end a part of a URL: an unescaped one in a password would make libpq take the
#: rest of the password for a host, a port or a database, and show it in its errors.
_DELIMITERS = frozenset("@/?#")


def database_from_url(url: str) -> Database:
    """Return the database that a libpq URL or DSN names; does not connect.

    Raises:
        WrongSetting: it is not such a URL; the message shows nothing of it.
    """
    try:
        parsed = conninfo_to_dict(url)
    except psycopg.Error:
        # libpq's message quotes the part it could not parse, which may be the password.
        raise _invalid_url() from None
    parameters = {name: str(value) for name, value in parsed.items()}
    host = parameters.get("host") or parameters.get("hostaddr") or "the local socket"
    port = parameters.get("port") or "5432"
    is_url = "://" in url
    name = parameters.pop("dbname", None) or parameters.get("user")
    strange_host = not host.startswith("/") and bool(_DELIMITERS & set(host))
    if is_url and (strange_host or "@" in (name or "")):
        raise _invalid_url()
    if not all(part.isdigit() for part in port.split(",")):
        raise _invalid_url()
    if not name:
        raise WrongSetting("DATABASE_URL names no database.", hint="Put it after the last slash.")
    where = host if host.startswith("/") else f"{host}:{port}"
    login = Login(parameters=MappingProxyType(dict(secure_login(parameters))), where=where)
    description = f"PostgreSQL at {where}, database {name}"
    return Database(description=description, name=name, login=login)


def _invalid_url() -> WrongSetting:
    return WrongSetting(
        "DATABASE_URL is not a PostgreSQL URL.",
        hint="It looks like postgresql://user:password@host:5432/database; characters such as"
        " @ : / # % in the password are written as %40 %3A %2F %23 %25.",
    )
