"""Map PostgreSQL's errors to ours, with what to do next and never a password."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg

from gradeline.base.errors import (
    DiskFull,
    GradelineError,
    LoginRefused,
    TransactionConflict,
    ValueRefused,
    WarehouseError,
    WarehouseUnavailable,
)

LOGIN_SETTINGS = "DATABASE_URL (or DB_USER and DB_PASSWORD)"
ADDRESS_SETTINGS = "DATABASE_URL (or DB_HOST and DB_PORT)"

#: SQLSTATE, or the first two or three characters of it → our error. The longest match wins.
_MEANING: Mapping[str, tuple[type[GradelineError], str, str]] = {
    "22": (ValueRefused, "PostgreSQL cannot hold a value", "Correct it, or leave it out."),
    "22012": (WarehouseError, "PostgreSQL refused a statement", "Please report it."),
    "53100": (DiskFull, "The disk of PostgreSQL is full", "Free some space there and run again."),
    "53200": (WarehouseError, "PostgreSQL ran out of memory", "Increase the server's memory."),
    "53300": (
        WarehouseError,
        "PostgreSQL has no free connection",
        "Close other programs that use it, or raise its max_connections, or the pool's size.",
    ),
    "53": (WarehouseError, "PostgreSQL is short of a resource", "Look at its log."),
    "28": (LoginRefused, "PostgreSQL refused the login", f"Check {LOGIN_SETTINGS}."),
    "57P": (
        WarehouseUnavailable,
        "PostgreSQL was stopped while we worked",
        "Run again once it is up.",
    ),
    "57014": (
        WarehouseError,
        "PostgreSQL cancelled a statement",
        "Run again; where a statement_timeout is set there, raise it.",
    ),
    "08": (
        WarehouseUnavailable,
        "The connection to PostgreSQL was lost",
        "Run again once it is up.",
    ),
    "40001": (TransactionConflict, "Another transaction got in the way", "Run again."),
    "40P01": (TransactionConflict, "Another transaction got in the way", "Run again."),
    "40": (WarehouseError, "Another transaction got in the way", "Run again."),
    "55P03": (WarehouseError, "A table is locked by somebody else", "Run again a little later."),
    "42501": (
        WarehouseError,
        "PostgreSQL does not permit this",
        "Run `gradeline doctor`: it prints the SQL that an administrator can run.",
    ),
    "58": (WarehouseError, "PostgreSQL reported a system error", "Look at its log."),
    "XX": (WarehouseError, "PostgreSQL reported an internal error", "Look at its log."),
    "25006": (
        WarehouseError,
        "PostgreSQL takes no writes (read-only)",
        f"Name the primary server in {ADDRESS_SETTINGS}.",
    ),
}

_LOGIN = re.compile(r"password|authentication|pg_hba|role \".*\" does not exist", re.IGNORECASE)
#: The server, or this login or database on it, or the pooler before it, has no free connection.
_NO_CONNECTION = re.compile(
    r"too many (clients|connections)|connection slots|query_wait_timeout|no more connections",
    re.IGNORECASE,
)
_TLS = re.compile(r"\bSSL\b|certificate|sslmode|\bTLS\b", re.IGNORECASE)


def service_command() -> str:
    """Return the command that shows on this system whether PostgreSQL runs."""
    if sys.platform == "win32":
        return "net start | findstr postgres"
    if sys.platform == "darwin":
        return "brew services list"
    return "systemctl status postgresql"


def map_error(error: psycopg.Error) -> GradelineError:
    """Return our error for an error on an open connection."""
    state = error.sqlstate or ""
    text = first_line(error)
    if not state and isinstance(error, psycopg.OperationalError):
        state = "08"
    if not state and isinstance(error, psycopg.DataError):  # psycopg itself refused it
        state = "22"
    if state.startswith("08") and _NO_CONNECTION.search(text):
        state = "53300"
    for code in (state, state[:3], state[:2]):
        if code and code in _MEANING:
            kind, what, hint = _MEANING[code]
            return kind(f"{what}: {text}.", hint=hint)
    return WarehouseError(f"PostgreSQL refused a statement: {text} ({state or 'no code'}).")


def map_login_error(
    error: psycopg.Error, where: str, user: str, *, answers: bool
) -> GradelineError:
    """Return our error for a connection that could not be opened.

    libpq sets no SQLSTATE for these, so it depends on the message, in the server's language.

    Args:
        error: of psycopg.
        where: host and port, or the socket, for the message.
        user: who logs in.
        answers: whether a server takes connections there, which is known in every language.
    """
    text = first_line(error)
    if _TLS.search(text) and "pg_hba" not in text:
        hint = (
            "Name the file of the authority that vouches for the server in DB_SSLROOTCERT, or as"
            " sslrootcert in DATABASE_URL. DB_SSLMODE=require, or sslmode=require, encrypts and"
            " does not check who answers; prefer is for networks of your own without TLS."
        )
        return WarehouseUnavailable(
            f"No safe connection to PostgreSQL at {where}: {text}.", hint=hint
        )
    if _NO_CONNECTION.search(text):
        _, what, hint = _MEANING["53300"]
        return WarehouseError(f"{what} at {where}: {text}.", hint=hint)
    if "startup parameter" in text:
        hint = f"Name the server itself in {ADDRESS_SETTINGS}, without options in the URL."
        what = f"A pooler at {where} does not pass on libpq's options: {text}."
        return WarehouseError(what, hint=hint)
    if _LOGIN.search(text):
        what = f"PostgreSQL at {where} refused the login {user!r}: {text}."
        hint = f"Check {LOGIN_SETTINGS}."
        return LoginRefused(what, hint=hint, case="postgresql-refuses-the-login")
    if answers:
        what = f"PostgreSQL at {where} refused a connection: {text}."
        return WarehouseError(what, hint=f"Check {LOGIN_SETTINGS}.")
    return WarehouseUnavailable(
        f"No PostgreSQL answers at {where}: {text}.",
        hint=f"Check {ADDRESS_SETTINGS} and whether it runs: {service_command()}",
        case="postgresql-does-not-answer",
    )


def first_line(error: psycopg.Error) -> str:
    """Return the server's message in one line, without the values that a DETAIL line may carry."""
    text = error.diag.message_primary or str(error).strip().partition("\n")[0]
    text = text.rpartition(" failed: ")[2].removeprefix("FATAL:").strip().rstrip(".")
    if (error.sqlstate or "").startswith("22"):
        # "invalid input syntax for type integer: "…"" quotes a value, which may be a person's.
        text = text.partition(': "')[0]
    return text or type(error).__name__


@contextmanager
def map_psycopg_errors() -> Iterator[None]:
    """Raise every psycopg error of the block as one of ours."""
    try:
        yield
    except psycopg.Error as error:
        # Not chained: the original carries the connection's parameters, password included.
        raise map_error(error) from None
