"""The statements that make our tables: cut from `schema.sql`, what all migrations add up to.

So tables that are made again are those that migrations made, rights and row security included.
What migrations insert into them is read from the migrations themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import LiteralString

from gradeline.warehouse.schema.migrate import read_migrations

DOCUMENT = Path(__file__).parents[1] / "schema.sql"

#: Where a statement of the document begins.
_BEGINS = re.compile(
    r"^(?:CREATE|ALTER|COMMENT|GRANT|REVOKE|SELECT|INSERT|UPDATE|DELETE|DO|DROP)\b", re.M
)
_DOLLARS = re.compile(r"\$\w*\$")
_ON = r"(?:IF EXISTS )?(?:ONLY )?(?:public\.)?(?P<on>\w+)"
_KINDS = (
    ("foreign key", re.compile(rf"ALTER TABLE {_ON}\s+ADD CONSTRAINT (?P<name>\w+) FOREIGN KEY")),
    ("policy", re.compile(rf"CREATE POLICY (?P<name>\w+) ON {_ON}")),
    ("trigger", re.compile(rf"CREATE (?:CONSTRAINT )?TRIGGER (?P<name>\w+) .*?\bON {_ON}", re.S)),
    ("index", re.compile(rf"CREATE (?:UNIQUE )?INDEX (?P<name>\w+) ON {_ON}")),
    ("table", re.compile(rf"(?:CREATE|ALTER|COMMENT ON) TABLE {_ON}")),
    ("table", re.compile(r"COMMENT ON COLUMN public\.(?P<on>\w+)\.")),
    ("right", re.compile(rf"(?:GRANT|REVOKE) [^;]*? ON TABLE {_ON}")),
    ("view", re.compile(rf"(?:CREATE|COMMENT ON) VIEW {_ON}")),
    ("rows", re.compile(rf"INSERT INTO {_ON}")),
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement that makes something of a table or a view."""

    kind: str  #: table, foreign key, policy, trigger, index, right, view, rows; other = of neither
    on: str  #: the table or view; empty where there is none
    name: str  #: of what it makes there; empty = the table or view itself
    text: LiteralString  #: our own file, so as trusted as a literal in the code

    @property
    def is_of_the_schema(self) -> bool:
        """Whether it is about schema public as a whole, which every database has."""
        return self.kind == "other" and bool(re.search(r"\bSCHEMA public\b", self.text))

    def mentions(self, names: Collection[str]) -> bool:
        """Whether it names one of these tables, views or their sequences."""
        words = set(re.findall(r"public\.(\w+)", self.text))
        return any(word in names or _owner_of(word, names) for word in words)


@cache
def declared_statements(document: Path = DOCUMENT) -> Sequence[Statement]:
    """Return the statements of the schema, in an order in which they can be run."""
    return [_statement(text) for text in _split(document.read_text(encoding="utf-8"))]


def statements_on(names: Collection[str], *kinds: str) -> list[Statement]:
    """Return the statements of these kinds about these tables or views, in order."""
    return [one for one in declared_statements() if one.kind in kinds and one.on in names]


@cache
def first_rows(table: str) -> Sequence[Statement]:
    """Return the statements of migrations that insert the first rows of a table."""
    return [
        statement
        for migration in read_migrations()
        if f"INSERT INTO {table} " in migration.text
        for statement in map(_statement, _split(migration.text))
        if statement.kind == "rows" and statement.on == table
    ]


def created_by(migration: int) -> Sequence[str]:
    """Return the names of the tables that a migration creates."""
    texts = [each.text for each in read_migrations() if each.version == migration]
    found = [_statement(one) for text in texts for one in _split(text)]
    return [one.on for one in found if one.text.startswith("CREATE TABLE")]


def _statement(text: LiteralString) -> Statement:
    for kind, pattern in _KINDS:
        match = pattern.match(text)
        if match is not None:
            parts = match.groupdict()
            return Statement(kind=kind, on=parts["on"], name=parts.get("name") or "", text=text)
    return Statement(kind="other", on="", name="", text=text)


def _split(script: str) -> Iterator[LiteralString]:
    """Yield the statements of a script, comments between them left out."""
    at = 0
    while match := _BEGINS.search(script, at):
        at = _end_of(script, match.start())
        yield script[match.start() : at].strip()


def _end_of(script: str, at: int) -> int:
    """Return the place behind the `;` that ends the statement at a place."""
    while at < len(script):
        match script[at]:
            case ";":
                return at + 1
            case "'" | '"' as quote:
                at = script.index(quote, at + 1)
            case "$" if found := _DOLLARS.match(script, at):
                at = script.index(found[0], found.end()) + len(found[0]) - 1
            case "-" if script.startswith("--", at):
                at = script.index("\n", at)
        at += 1
    return at


def _owner_of(sequence: str, names: Collection[str]) -> bool:
    """Whether a name is that of a sequence of one of these tables, as PostgreSQL names them."""
    return sequence.endswith("_seq") and any(sequence.startswith(f"{name}_") for name in names)
