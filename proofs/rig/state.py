"""All that a run leaves behind, as digests: tables, objects of the lake, people's files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psycopg import Connection, sql

from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse
from proofs.rig.command import School

#: Columns that may differ between two equal states: when something was done and how often it
#: was tried. Instants of facts are not among them.
PASSING = frozenset(
    {
        "applied_at",
        "build_id",
        "built_at",
        "chosen_at",
        "closed_at",
        "computed_at",
        "confirmed_at",
        "expires_at",
        "landed_at",
        "loaded_at",
        "next_at",
        "noted_at",
        "planned_at",
        "published_at",
        "tries",
        "updated_at",
        "written_at",
    }
)
#: What a killed writer leaves; no reader sees it, and it is swept after a day.
UNFINISHED = ".new#"
#: People's files; the machine's own lie under `lake/`.
DOCUMENTS = ("reports", "processed", "metrics")


@dataclass(frozen=True, kw_only=True)
class State:
    """Digests by name; two equal states hold the same."""

    tables: Mapping[str, str]  #: table → digest of its rows in order
    objects: Mapping[str, str]  #: key in the lake → digest of its bytes
    documents: Mapping[str, str]  #: path under the home → digest of its bytes

    def differs_from(self, other: State) -> str:
        """Where the two differ, for people; empty where they do not."""
        told = [
            _difference(kind, getattr(self, kind), getattr(other, kind))
            for kind in ("tables", "objects", "documents")
        ]
        return "; ".join(part for part in told if part)


def state_of(school: School) -> State:
    """The digests of all tables, objects and documents of a school's home."""
    place = EmbeddedServer(home=school.home)
    with open_warehouse(place, say=_quiet, migrate=False) as database:
        return state_in(database, school.home)


def state_in(database: Database, home: Path) -> State:
    """The digests of all tables of a database, and of objects and documents of a home."""
    with database.connect(Role.BACKUP) as connection:
        tables = table_digests(connection)
    return State(
        tables=tables,
        objects=digests(home, "lake"),
        documents={
            path: digest for part in DOCUMENTS for path, digest in digests(home, part).items()
        },
    )


def digests(home: Path, part: str) -> dict[str, str]:
    """The SHA-256 of every file under a folder of the home, by path."""
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((home / part).rglob("*"))
        if path.is_file() and not path.name.startswith(UNFINISHED)
    }


def table_digests(connection: Connection[tuple[object, ...]]) -> dict[str, str]:
    """The MD5 of every table's rows, ordered as text, without what is only passing."""
    columns: dict[tuple[str, str], list[str]] = {}
    for schema, table, column, numbered in connection.execute(_COLUMNS).fetchall():
        kept = columns.setdefault((str(schema), str(table)), [])
        if column not in PASSING and not numbered:
            kept.append(str(column))
    return {
        f"{schema}.{table}": _digest(connection, sql.Identifier(schema, table), kept)
        for (schema, table), kept in sorted(columns.items())
        if kept
    }


def _digest(
    connection: Connection[tuple[object, ...]], table: sql.Identifier, columns: list[str]
) -> str:
    """How many rows, and the MD5 of all of them in the order of their text."""
    kept = sql.SQL(", ").join(sql.Identifier("t", column) for column in columns)
    row = connection.execute(sql.SQL(_DIGEST).format(kept, table)).fetchone()
    return "" if row is None else str(row[0])


_DIGEST = """
select count(*) || ' ' || coalesce(md5(string_agg(r, chr(10) order by r collate "C")), '')
from (select row({})::text as r from {} t) as rows
"""
_COLUMNS = """
select c.table_schema, c.table_name, c.column_name,
       c.is_identity = 'YES' or coalesce(c.column_default, '') like 'nextval(%'
from information_schema.columns c join information_schema.tables t
     using (table_schema, table_name)
where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
order by c.table_schema, c.table_name, c.ordinal_position
"""


def _difference(kind: str, one: Mapping[str, str], other: Mapping[str, str]) -> str:
    names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    if not names:
        return ""
    told = ", ".join(f"{name} ({_sides(name, one, other)})" for name in names[:4])
    return f"{len(names)} {kind} differ: {told}{' …' if len(names) > 4 else ''}"


def _sides(name: str, one: Mapping[str, str], other: Mapping[str, str]) -> str:
    if name not in one:
        return "only after the fault"
    if name not in other:
        return "missing after the fault"
    return f"{one[name][:12]} / {other[name][:12]}"


def _quiet(_: str) -> None:
    """The server's start is not of interest here."""
