"""What must be true at every moment, so also right after a kill, before anything runs again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from psycopg import Connection, errors, sql

from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse
from proofs.rig.command import School

Rows = Connection[tuple[object, ...]]

_NAMED_KEYS = """
select unnest(raw_keys || loaded_raw_keys) from slices
union select fact_key from slices where fact_key is not null
"""
_ROW_TABLES = """
select table_name from information_schema.columns c join information_schema.tables t
     using (table_schema, table_name)
where table_type = 'BASE TABLE' and table_schema = 'public'
      and column_name in ('slice_id', 'position')
group by table_name having count(*) = 2
"""
_UNSETTLED = """
select count(*) from {} r join slices using (slice_id) where slices.fact_key is null
"""
_LAWLESS = """
update slices set stored = stored + 1 where state in ('loaded', 'empty')
"""


def find_violations(school: School) -> str:
    """What is wrong in a home that no run works on; empty where all is well."""
    if not (school.home / "db").is_dir():
        return ""
    with open_warehouse(EmbeddedServer(home=school.home), say=lambda _: None) as database:
        return find_violations_in(database, school.home)


def find_violations_in(database: Database, home: Path) -> str:
    """What is wrong in a database and the lake of a home; empty where all is well.

    Rows are those of settled slices, the ledger names only objects that are there, and nobody
    can write counts into it that do not add up.
    """
    with database.connect(Role.LOADER) as connection:
        return "; ".join(_wrong(connection, home))


def _wrong(connection: Rows, home: Path) -> Iterator[str]:
    keys = [str(key) for (key,) in connection.execute(_NAMED_KEYS).fetchall()]
    missing = [key for key in keys if not (home / key).is_file()]
    if missing:
        yield f"the ledger names {len(missing)} objects that are not there: {missing[0]}"
    for (table,) in connection.execute(_ROW_TABLES).fetchall():
        yield from _rows_without_ledger(connection, str(table))
    if connection.execute(b"select 1 from slices limit 1").fetchone():
        yield from _breaks_the_law(connection)


def _rows_without_ledger(connection: Rows, table: str) -> Iterator[str]:
    query = sql.SQL(_UNSETTLED).format(sql.Identifier(table))
    unsettled = connection.execute(query).fetchone()
    if unsettled and unsettled[0]:
        yield f"{table} holds {unsettled[0]} rows of slices that are not settled"


def _breaks_the_law(connection: Rows) -> Iterator[str]:
    try:
        changed = connection.execute(_LAWLESS.encode()).rowcount
    except errors.CheckViolation:
        changed = 0
    connection.rollback()
    if changed:
        yield f"the ledger took counts that do not add up in {changed} slices"


def stamps(home: Path, *parts: str) -> Mapping[str, object]:
    """The inode and time of change of every file in some folders of a home, by path."""
    return {
        path.relative_to(home).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for part in parts
        for path in sorted((home / part).rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def find_rewritten(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Which files were written again or taken away; empty where none was."""
    names = sorted(name for name in before if before[name] != after.get(name))
    return f"objects were written again: {', '.join(names[:3])}" if names else ""
