"""Tables of an earlier bot that migrations moved into `before_gradeline`: what is taken over.

The earlier tables stay as they are. Their columns are known by the names that people gave them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from psycopg import sql

from gradeline.base.languages import LANGUAGES
from gradeline.warehouse.audit import AuditNote, note
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.connect.roles import Role
from gradeline.warehouse.install.make import act_as
from gradeline.warehouse.sql import query
from gradeline.warehouse.vocabulary.dictionary import NewEntry, add_entries

_FILE = "install"
_LOGIN = "none"  #: who acts as no role: the login itself, whose tables the earlier ones are

#: A value of a row by the name that it has with us.
Row = Mapping[str, str]


#: Why the rows of a table are not taken over.
_STAYING: Mapping[str, str] = {
    "study_levels": "the levels begin with ours; change study_levels where yours differ",
    "client_analytics": "rating and level are computed from answers, and begin with the next one",
    "client_activity_log": "its quizzes lack what was asked and answered",
    "client_activity_words": "its answers lack what was asked and expected",
}


@dataclass(frozen=True, kw_only=True)
class _TableReader:
    """How the rows of an earlier table are read."""

    names: Mapping[str, tuple[str, ...]]  #: our column → columns that may have it, the first wins
    needed: tuple[str, ...]  #: our columns without which a row is not taken
    put: Callable[[Connection, Sequence[Row]], int]  #: adds rows as the loader; how many were new


@dataclass(frozen=True, kw_only=True)
class AdoptedTable:
    """What became of the rows of an earlier table."""

    table: str
    added: int
    present: int  #: rows that we have already
    left: int  #: rows that lack what they need
    reason: str  #: why rows were left; empty = none were


def earlier_tables(connection: Connection, tables: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the earlier tables of these names → their columns; of all that were not taken over.

    Args:
        connection: acts as the loader.
        tables: our names.
    """
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(query(_FILE, "old_columns"), {"names": list(tables)}):
        found.setdefault(table, []).append(column)
    done = {table for (table,) in connection.execute(query(_FILE, "taken_over"))}
    return {table: found[table] for table in tables if table in found and table not in done}


def adopt_table(
    connection: Connection, table: str, columns: Sequence[str], login: str
) -> AdoptedTable:
    """Take the rows of an earlier table over, once; all in the caller's transaction.

    Args:
        connection: acts as the owner, before and after.
        table: of `earlier_tables`.
        columns: of the earlier table.
        login: who does it, for the audit.

    Raises:
        psycopg.Error: PostgreSQL refuses a row.
    """
    reader = _READERS.get(table)
    if reader is None:
        reason = _STAYING.get(table, "its rows lack what is asked of them since")
        return AdoptedTable(table=table, added=0, present=0, left=0, reason=reason)
    chosen = _choose(reader, columns)
    missing = [name for name in reader.needed if name not in chosen]
    if missing:
        reason = f"none of its columns is {' or '.join(reader.names[missing[0]])}"
        return AdoptedTable(table=table, added=0, present=0, left=0, reason=reason)
    rows = _read(connection, table, chosen)
    fitting = [row for row in rows if _fits(row, reader)]
    act_as(connection, Role.LOADER)
    added = reader.put(connection, fitting) if fitting else 0
    act_as(connection, Role.OWNER)
    note(connection, AuditNote(login=login, action="take over table", subject=table, rows=added))
    left = len(rows) - len(fitting)
    return AdoptedTable(
        table=table,
        added=added,
        present=len(fitting) - added,
        left=left,
        reason=f"they lack a proper {' or '.join(reader.needed)}" if left else "",
    )


def _choose(reader: _TableReader, columns: Sequence[str]) -> Mapping[str, str]:
    """Return our column → the earlier table's column that has it."""
    lower = {column.lower(): column for column in columns}
    return {
        ours: lower[next(name for name in names if name in lower)]
        for ours, names in reader.names.items()
        if any(name in lower for name in names)
    }


def _read(connection: Connection, table: str, chosen: Mapping[str, str]) -> list[Row]:
    parts = sql.SQL(", ").join(
        sql.SQL("btrim({}::text)").format(sql.Identifier(column)) for column in chosen.values()
    )
    statement = sql.SQL(query(_FILE, "old_rows")).format(columns=parts, table=sql.Identifier(table))
    connection.execute(query("migrations", "act_as"), {"role": _LOGIN})
    found = connection.execute(statement).fetchall()
    act_as(connection, Role.OWNER)
    return [{name: value or "" for name, value in zip(chosen, row, strict=True)} for row in found]


def _fits(row: Row, reader: _TableReader) -> bool:
    chat = row.get("chat_id")
    return all(row[name] for name in reader.needed) and (chat is None or _is_chat(chat))


def _is_chat(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and abs(int(text)) < 2**63


def _put_each(name: str) -> Callable[[Connection, Sequence[Row]], int]:
    """Return what runs a query for each row."""

    def put(connection: Connection, rows: Sequence[Row]) -> int:
        with connection.cursor() as cursor:
            cursor.executemany(query(_FILE, name), rows)
            return cursor.rowcount

    return put


def _put_words(connection: Connection, rows: Sequence[Row]) -> int:
    entries = [
        NewEntry(
            word=row["word"],
            translation=row["translation"],
            level=row["level"],
            category=row.get("category") or None,
        )
        for row in rows
    ]
    return add_entries(connection, entries)


def _put_clients(connection: Connection, rows: Sequence[Row]) -> int:
    known = [
        {
            "chat_id": int(row["chat_id"]),
            "name": row.get("name", ""),
            "username": row.get("username", ""),
            "language": _language(row.get("language", "")),
        }
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(query(_FILE, "put_client"), known)
        return cursor.rowcount


def _language(text: str) -> str:
    """Return the language of a client; who had none is asked in Russian, as the earlier bot did."""
    code = text.lower().replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else "ru"


_READERS: Mapping[str, _TableReader] = {
    "study_level": _TableReader(
        names={"level_word": ("level_word", "level", "name")},
        needed=("level_word",),
        put=_put_each("put_level"),
    ),
    "word_category": _TableReader(
        names={"name": ("name", "category", "category_name", "word_category")},
        needed=("name",),
        put=_put_each("put_category"),
    ),
    "esp2rus_dictionary": _TableReader(
        names={
            "word": ("word", "esp", "spanish", "es", "word_esp", "palabra"),
            "translation": ("translation", "rus", "russian", "ru", "word_rus", "translate"),
            "level": ("level", "level_word", "study_level", "lev_name"),
            "category": ("category", "category_name", "word_category"),
        },
        needed=("word", "translation", "level"),
        put=_put_words,
    ),
    "client_info": _TableReader(
        names={
            "chat_id": ("chat_id", "telegram_id", "tg_id", "user_id"),
            "name": ("name", "full_name", "first_name"),
            "username": ("username", "user_name"),
            "language": ("language", "lang", "language_code"),
        },
        needed=("chat_id",),
        put=_put_clients,
    ),
}
#: The tables of which rows are taken over.
ADOPTABLE = tuple(_READERS)
