"""Which tables of other databases are read: the setting POSTGRES_TABLES, read and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

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
    "with ; between tables; signs like @ # ; in a password as %40 %23 %3B."
)


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
        parts = urlsplit(self.url)
        return f"{self.schema}.{self.table} at {parts.hostname}{parts.path}"

    @property
    def password(self) -> str:
        """What no message may show; empty where the URL has none."""
        return unquote(urlsplit(self.url).password or "")


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
        found[match["name"]] = PostgresTable(
            name=match["name"],
            mapping=named_folder(match["mapping"].strip(), "mappings", home=home, setting=SETTING),
            url=match["url"],
            schema=match["schema"] or "public",
            table=match["table"],
            cursor=match["cursor"],
        )
    return tuple(found.values())
