"""Which tables of other databases are read: the setting POSTGRES_TABLES, read and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gradeline.base.errors import WrongSetting
from gradeline.sources.tabular.builtin import named_folder

SETTING = "POSTGRES_TABLES"
_PART = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9_-]*)\s*=\s*(?P<mapping>.+?)@"
    r"(?P<url>postgres(?:ql)?://[^#]+)#(?:(?P<schema>[^.?]+)\.)?(?P<table>[^.?]+)"
    r"\?cursor=(?P<cursor>[^&\s]+)"
)
_FORM = (
    "Write name=mapping@postgresql://user:password@host:5432/database#schema.table?cursor=column, "
    "with ; between tables; signs like @ / # ; in a password as %40 %2F %23 %3B."
)
#: Characters that end a part of a URL; no table's name has one, for it may be a password's end.
_DELIMITERS = frozenset("@/?#")
#: libpq's keywords whose values no message may show.
_SECRETS = ("password", "sslpassword", "oauth_client_secret")


@dataclass(frozen=True, kw_only=True)
class PostgresTable:
    """One table of another PostgreSQL and the SQL that says what its rows mean."""

    name: str  #: the source is called `postgres:<name>`
    mapping: Path  #: folder of `<canonical table>.sql`, which read the table by its name
    url: str = field(repr=False)  #: with a password
    schema: str
    table: str
    cursor: str  #: the column that grows: an id or a time

    def __str__(self) -> str:
        """Return the table and the machine it is on, without a password."""
        address = _parse_url(self.url)
        host = address.get("host") or address.get("hostaddr") or "the local socket"
        name = address.get("dbname", "")
        return f"{self.schema}.{self.table} at {host}{'/' if name else ''}{name}"

    @property
    def address(self) -> Mapping[str, str]:
        """Libpq's keywords of the URL, password included."""
        return _parse_url(self.url)

    @property
    def password(self) -> str:
        """What no message may show; empty where the URL has none."""
        return _parse_url(self.url).get("password", "")

    def mask(self, words: str) -> str:
        """Return a message of libpq or the server without the secrets of the URL."""
        address = _parse_url(self.url)
        for secret in filter(None, map(address.get, _SECRETS)):
            words = words.replace(secret, "***").replace(quote(secret, safe=""), "***")
        return words


def parse_tables(text: str, *, home: Path) -> tuple[PostgresTable, ...]:
    """Return the tables that POSTGRES_TABLES names, in its order; relative paths start at `home`.

    A mapping that ships with Gradeline is written `builtin:lesson_activity`.

    Raises:
        WrongSetting: a part cannot be read, or a name comes twice. It never shows the part.
    """
    found: dict[str, PostgresTable] = {}
    parts = filter(None, (part.strip() for part in text.split(";")))
    for number, part in enumerate(parts, start=1):
        match = _PART.fullmatch(part)
        if match is None:
            raise WrongSetting(f"Part {number} of {SETTING} cannot be read.", hint=_FORM)
        if match["name"] in found:
            raise WrongSetting(f"{SETTING} names {match['name']} twice.", hint=_FORM)
        names = f"{match['schema'] or ''}{match['table']}"
        if not _is_sound(match["url"]) or _DELIMITERS & set(names):
            raise WrongSetting(f"The database in part {number} of {SETTING} is no URL.", hint=_FORM)
        found[match["name"]] = PostgresTable(
            name=match["name"],
            mapping=named_folder(match["mapping"].strip(), "mappings", home=home, setting=SETTING),
            url=match["url"],
            schema=match["schema"] or "public",
            table=match["table"],
            cursor=match["cursor"],
        )
    return tuple(found.values())


def _parse_url(url: str) -> Mapping[str, str]:
    """Return libpq's keywords of a URL, password included."""
    return {name: str(value) for name, value in conninfo_to_dict(url).items()}


def _is_sound(url: str) -> bool:
    """Whether a URL says what libpq reads in it.

    An unescaped `/` or `@` in a password would make libpq take the rest of it for a host, a port
    or a database, and show it in its messages.
    """
    try:
        address = _parse_url(url)
    except psycopg.Error:  # its words quote what it could not read, which may be the password
        return False
    host = address.get("host", "")
    ports = filter(None, address.get("port", "").split(","))
    strange = not host.startswith("/") and bool(_DELIMITERS & set(host))
    return not strange and "@" not in address.get("dbname", "") and all(map(str.isdigit, ports))
