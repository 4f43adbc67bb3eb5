"""Who may do what in the database: the table `rights.csv`, tried out on a server.

Whoever may do something does it in a transaction that is rolled back. That every role may change
its own password cannot be taken away; `ensure_login` sets it again.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from gradeline.warehouse import Connection

TABLE = Path(__file__).with_name("rights.csv")

#: (verb, object) → what is tried; {me} is the role itself
STATEMENTS: Mapping[tuple[str, str], str] = {
    ("select", "results"): "select 1 from progress_summary limit 1",
    ("select", "tokens, keys and the staff"): (
        "select 1 from api_tokens, sign_in_links, signing_keys, staff limit 1"
    ),
    ("select", "passwords of roles"): "select rolpassword from pg_authid",
    ("select", "a file of the server"): "select pg_read_file('/etc/hostname')",
    ("insert", "links of learners"): "insert into learner_links values ('s', '1', 'a')",
    ("update", "the ledger"): "update slices set reason = reason",
    ("delete", "results"): "delete from progress_summary",
    ("truncate", "results"): "truncate progress_summary",
    ("create", "a table"): "create table oops (n int)",
    ("create", "a temporary table"): "create temporary table oops (n int)",
    ("create", "a function"): "create function oops() returns int language sql as 'select 1'",
    ("create", "a large object"): "select lo_create(0)",
    ("create", "a large object of bytes"): "select lo_from_bytea(0, 'x')",
    ("create", "a role"): "create role oops",
    ("copy", "to a program"): "copy (select 1) to program 'true'",
    ("copy", "to a file"): "copy (select 1) to '/dev/null'",
    ("lock", "an advisory lock"): "select pg_try_advisory_xact_lock(7), pg_advisory_xact_lock(8)",
    ("lock", "a table"): "lock table slices in access exclusive mode nowait",
    ("set role", "gradeline_owner"): "set role gradeline_owner",
    ("set role", "gradeline_loader"): "set role gradeline_loader",
    ("set session authorization", "gradeline_loader"): (
        "set session authorization gradeline_loader"
    ),
    ("alter role", "its own row security"): "alter role {me} bypassrls",
    ("alter role", "the loader's password"): "alter role gradeline_loader password 'x'",
    ("alter role", "its own app.role"): "alter role {me} set app.role = 'admin'",
    ("alter table", "row security off"): "alter table slices disable row level security",
    ("drop", "a policy"): "drop policy app on slices",
}

#: What a session tries to become somebody else.
ESCAPES = (
    "reset role",
    "set role none",
    "reset session authorization",
    "set session authorization default",
    "discard all",
)

#: What a role that may only read could leave behind.
STATE = """
select
    (select count(*) from pg_class), (select count(*) from pg_largeobject_metadata),
    (select count(*) from pg_proc), (select count(*) from pg_locks where locktype = 'advisory'),
    (select md5(string_agg(r::text, '' order by oid)) from pg_roles as r),
    (select count(*) from pg_policy)
"""


def rights_of(role: str) -> Iterator[tuple[str, str, bool]]:
    """Yield (verb, object, whether the role may) as the table says."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["verb"], row["object"], row[role] == "yes"


def wrong_rights(connection: Connection, role: str) -> list[str]:
    """Try what the table lists as the role of a connection in autocommit; what is otherwise."""
    wrong = []
    for verb, thing, may in rights_of(role.removeprefix("gradeline_")):
        may_now, words = _attempt(connection, STATEMENTS[verb, thing])
        if may_now != may:
            wrong.append(f"{role} {'may' if may_now else 'may not'} {verb} {thing}{words}")
    return wrong


def escapes(connection: Connection) -> list[str]:
    """Try to leave the role of a connection in autocommit; the statements that did."""
    before = _who(connection)
    changed = []
    for statement in ESCAPES:
        connection.execute(statement.encode())
        if _who(connection) != before:
            changed.append(statement)
    return changed


def _who(connection: Connection) -> object:
    return connection.execute("select current_user, session_user").fetchone()


def _attempt(connection: Connection, statement: str) -> tuple[bool, str]:
    me = connection.execute("select current_user").fetchone()
    name = me[0] if me else ""
    text = sql.SQL(statement).format(me=sql.Identifier(name))  # type: ignore[arg-type]
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(text)
    except psycopg.errors.InsufficientPrivilege:
        return False, ""
    except psycopg.Error as error:
        return False, f" ({error})"
    return True, ""
