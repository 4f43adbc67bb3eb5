"""A mapping: one SQL query per canonical table, and what it reads by DuckDB's own parser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

import duckdb

from gradeline.base.errors import MappingBroken
from gradeline.records.tables import CANONICAL
from gradeline.sources.tabular.aggregates import AGGREGATES
from gradeline.sources.tabular.query_tree import columns_named, origin_of, tables_read

#: The tables a mapping may give, in the order that makes what a row points at come first.
TABLES = (
    "courses",
    "learners",
    "groups",
    "items",
    "memberships",
    "plan",
    "learner_links",
    "attempts",
    "events",
)
MACROS = "_macros.sql"
#: A file that begins so is a lookup: a table of the mapping's own, which its queries join.
LOOKUP = "_"
_HEAD = re.compile(r"^--[ \t]*(optional|warehouse:[ \t]*no)[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"^LINE (\d+):.*?\n[ \t]*\^+[ \t]*$", re.MULTILINE | re.DOTALL)
#: Comments, texts and quoted names, in which no word is one of SQL.
_NO_CODE = re.compile(r"--[^\n]*|/\*.*?\*/|'[^']*'|\"[^\"]*\"", re.DOTALL)
#: `at` where DuckDB takes it for its keyword: not behind AS or a table, nor in AT TIME ZONE.
_BARE_AT = re.compile(r"(?<!\bas )(?<![\w.])(at)\b(?! ?\(| time\b)", re.IGNORECASE)
#: Where a column begins, and a word that SQL keeps for itself.
_BARE_WORD = re.compile(
    r"(?:\b(?:select|distinct|where|and|or|not|on|by|when|then|else)\b|[,(=<>+*/|-]) ?"
    r"\b(group|order|end|table|column|check|default|desc|limit|offset|window|left|right|map|primary"
    r"|references|show|unique)\b(?! ?\(| by\b| join\b| outer\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Query:
    """The SQL that gives one canonical table, or one lookup."""

    table: str  #: the canonical table, or the name of the lookup
    file: str  #: the name of the SQL file
    sql: str
    leading: str  #: the table of its outermost FROM, read one file at a time; lower case
    united: frozenset[str] = frozenset()  #: those that a UNION adds the rows of; lower case
    others: frozenset[str]  #: the other tables it and its lookups read; lower case
    by_line: bool = True  #: no row is made of several lines: nothing is grouped, and none is picked
    summary: bool = False  #: an aggregate without GROUP BY, a row even where there is no line
    optional: bool  #: `-- optional`: skipped where the leading table is not there
    warehouse: bool  #: false for `-- warehouse: no`: its rows stay in the lake
    columns: frozenset[str] | None  #: the columns it names; lower case; None: it may read any
    lookups: tuple[Query, ...] = ()  #: those it joins, in the order of their names

    @property
    def whole_sql(self) -> tuple[str, ...]:
        """Its SQL and that of its lookups: all that its rows are made by."""
        return (self.sql, *(lookup.sql for lookup in self.lookups))


@dataclass(frozen=True, kw_only=True)
class MappingFolder:
    """A folder of queries, parsed."""

    queries: Mapping[str, Query]  #: canonical table → its query, in the order of TABLES
    macros: str  #: SQL macros that the queries share; empty where there is no _macros.sql

    def related(self, table: str) -> tuple[Query, ...]:
        """The queries of the tables that `table` may point at, as far as the folder has them."""
        pointed = dict.fromkeys(other for _, other, _ in CANONICAL[table].references)
        return tuple(self.queries[other] for other in pointed if other in self.queries)

    def columns_read(self, table: str) -> frozenset[str] | None:
        """Return the columns of a table that any query or lookup names; None if it may be any."""
        found: set[str] = set()
        for query in self.queries.values():
            for each in (query, *query.lookups):
                if table in {each.leading, *each.others}:
                    if each.columns is None:
                        return None
                    found |= each.columns
        return frozenset(found)


def load_mapping(folder: Path) -> MappingFolder:
    """Read and parse the `<canonical table>.sql` files of a folder.

    Raises:
        MappingBroken: a file names no canonical table, is not one SELECT, or has a mistake.
    """
    texts = {path.name: _text(path) for path in sorted(folder.glob("*.sql"))}
    macros = texts.pop(MACROS, "")
    known = {f"{table}.sql": table for table in TABLES}
    lookups = {file: texts.pop(file) for file in list(texts) if file.startswith(LOOKUP)}
    unknown = sorted(set(texts) - set(known))
    if unknown or not texts:
        raise MappingBroken(
            f"{folder / unknown[0]} names no canonical table."
            if unknown
            else f"{folder} has no SQL.",
            hint=f"A mapping has files named {', '.join(known)} (any of them), {MACROS}, and "
            f"lookups whose names begin with {LOOKUP}.",
        )
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as parser:
        parse = partial(_query, parser)
        parsed_lookups = [
            parse(file.removesuffix(".sql"), file, sql) for file, sql in lookups.items()
        ]
        queries = {
            table: _joined(parse(table, file, texts[file]), parsed_lookups)
            for file, table in known.items()
            if file in texts
        }
    return MappingFolder(queries=MappingProxyType(queries), macros=macros)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingBroken(f"{path} cannot be read as UTF-8 text.") from error
    except OSError as error:
        raise MappingBroken(f"{path} cannot be read: {error.strerror}.") from error


def _query(
    parser: duckdb.DuckDBPyConnection,
    table: str,
    file: str,
    sql: str,
) -> Query:
    sql = sql.strip().rstrip(";")
    parsed = parser.execute("SELECT json_serialize_sql(?)", [sql]).fetchone()
    tree = json.loads(parsed[0] if parsed else "{}")
    if tree.get("error"):
        raise _not_one_select(parser, file, sql, tree)
    statements = tree["statements"]
    if len(statements) != 1:
        raise MappingBroken(f"{file} holds {len(statements)} statements.", hint="Write one SELECT.")
    node = statements[0]["node"]
    names = {name.lower() for name in tables_read(node)}
    origin = origin_of(node, AGGREGATES)
    if origin is None:
        raise MappingBroken(
            f"{file} does not say which file its rows come from.",
            hint="Its outermost FROM must begin with a table named after a file.",
        )
    leading, *united = (name.lower() for name in origin.tables)
    heads = {head.replace(" ", "").replace("\t", "") for head in _HEAD.findall(sql)}
    return Query(
        table=table,
        file=file,
        sql=sql,
        leading=leading,
        united=frozenset(united) - {leading},
        others=frozenset(names - {leading}),
        by_line=origin.by_line,
        summary=origin.summary,
        optional="optional" in heads,
        warehouse="warehouse:no" not in heads,
        columns=columns_named(node, names),
    )


def _joined(query: Query, lookups: Sequence[Query]) -> Query:
    """Return a query with those of the lookups that it reads; what they read, it reads."""
    used = tuple(each for each in lookups if each.table.lower() in query.others)
    tables = query.others.union(*({each.leading, *each.others} for each in used))
    names = {each.table.lower() for each in used}
    return replace(
        query,
        others=tables - names - {query.leading},
        united=query.united - names,
        lookups=used,
    )


def _not_one_select(
    parser: duckdb.DuckDBPyConnection, file: str, sql: str, tree: Mapping[str, str]
) -> MappingBroken:
    try:
        parser.extract_statements(sql)
    except duckdb.Error as error:
        return sql_error(file, error, sql)
    return MappingBroken(f"{file}: {tree.get('error_message', 'it is not a query')}.")


def sql_error(file: str, error: Exception, sql: str = "") -> MappingBroken:
    """Convert DuckDB's error about a query; the message names the line in our file.

    Where the error is of the syntax, `sql` is searched for columns that are words of SQL.
    """
    words = str(error)
    place = _LINE.search(words)
    message = " ".join(_LINE.sub("", words).split())
    message = re.sub(r"^(?:\w+ )+Error: ", "", message)
    line = f", line {place[1]}" if place else ""
    word = _bare_word(sql) if "syntax error" in message else None
    hint = f'`{word}` is a word of SQL: as a column, write it in double quotes, `"{word}"`.'
    return MappingBroken(
        f"{file}{line}: {message.rstrip('.')}.",
        hint=hint if word else "Fix the SQL and run again.",
    )


def _bare_word(sql: str) -> str | None:
    """Return a word of SQL that seems to be a column without its quotes."""
    plain = " ".join(_NO_CODE.sub(" ? ", sql).split())
    found = _BARE_AT.search(plain) or _BARE_WORD.search(plain)
    return found[1] if found else None
