"""Ask a table again when the database went away or took a transaction back, and name its errors."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import TypeVar, cast

import psycopg
import tenacity

from gradeline.base.errors import SourceError, SourceRefused, SourceUnavailable, WrongAnswer
from gradeline.sources.postgres.session import open_snapshot
from gradeline.sources.postgres.table_reader import TableReader
from gradeline.sources.postgres.tables import SETTING, PostgresTable

Result = TypeVar("Result")

#: Tries of a query, and waits between them in seconds.
_TRIES, _FIRST_WAIT_S, _WAIT_S = 5, 1.0, 10.0
#: SQLSTATEs of a server that is shut down, crashed, starting or has too many clients.
_AWAY = ("57P01", "57P02", "57P03", "53300")
#: SQLSTATEs of a transaction taken back for another one, or for what a standby replays.
_TAKEN_BACK = ("40001", "40P01")
#: SQLSTATEs of bytes that are no text in the encoding of the database.
_NO_TEXT = ("22021", "22P05")
_HINT_NO_TEXT = f"Correct those bytes there, or name a view in {SETTING} without their column."
_CANCELLED = "57014"
_REFUSED = re.compile(r"password|authentication|pg_hba|does not exist|no such (user|database)")
#: What PgBouncer says of what it never carries.
_POOLER = re.compile(r"startup parameter|statement pooling")

#: A server that no certificate vouches for, or that has none.
_UNSAFE = re.compile(r"certificate|does not support SSL|sslmode")


class RetryPolicy:
    """Repeats queries of a table when the connection or the transaction is lost, until `stop`.

    Args:
        speed: divides all waits (SANDBOX_SPEED).
    """

    def __init__(self, *, speed: float = 1) -> None:
        self._stopped = threading.Event()
        self._retrying = tenacity.Retrying(
            stop=tenacity.stop_any(
                tenacity.stop_after_attempt(_TRIES), tenacity.stop_when_event_set(self._stopped)
            ),
            wait=tenacity.wait_random_exponential(
                multiplier=_FIRST_WAIT_S / speed, max=_WAIT_S / speed
            ),
            retry=tenacity.retry_if_exception(_may_pass),
            sleep=tenacity.sleep_using_event(self._stopped),
            reraise=True,
        )

    def stop(self) -> None:
        """End all retries; a wait for the next one ends at once."""
        self._stopped.set()

    def run(self, table: PostgresTable, query_table: Callable[[TableReader], Result]) -> Result:
        """Run queries within one snapshot of the database and return their result.

        Args:
            table: the table.
            query_table: runs the queries; from its start again after an error that may pass.

        Raises:
            SourceRefused: the login is refused, or may not read the table, or a pooler drops
                what a transaction sets.
            SourceUnavailable: no server answers, or it went away, in all tries.
            WrongAnswer: the table is not as declared.
        """
        try:
            return cast("Result", self._retrying.copy()(_run_once, table, query_table))
        except psycopg.Error as error:
            raise _map_error(table, error) from None  # its words may hold the URL
        except UnicodeDecodeError as error:
            # The server's encoding is UTF-8 too, so it sends what it has without a look.
            raise WrongAnswer(
                f"{table} cannot be read: it holds bytes that are no text in UTF-8.",
                hint=_HINT_NO_TEXT,
            ) from error


def _run_once(table: PostgresTable, query_table: Callable[[TableReader], Result]) -> Result:
    with open_snapshot(table) as connection:
        return query_table(TableReader(table, connection))


def _may_pass(error: BaseException) -> bool:
    """Whether the same queries may succeed a little later: no statement was wrong."""
    if not isinstance(error, psycopg.OperationalError) or _POOLER.search(str(error)):
        return False
    state = error.sqlstate
    if state is None:  # libpq's own words, for it never came to a statement or to its end
        return not _REFUSED.search(str(error)) and not _UNSAFE.search(str(error))
    return state[:2] == "08" or state in (*_AWAY, *_TAKEN_BACK)


def _map_error(table: PostgresTable, error: psycopg.Error) -> SourceError:
    state = error.sqlstate or ""
    words = " ".join((error.diag.message_primary or str(error)).split())
    what = f"{table} cannot be read: {table.mask(words).rstrip('.')[:300]}."
    if _POOLER.search(words):
        hint = (
            f"Name the server itself in {SETTING}, or a pool in session or transaction mode, "
            "without options in the URL."
        )
        return SourceRefused(what, hint=hint)
    if not state and _UNSAFE.search(words):
        hint = (
            f"Name the file of the server's authority by sslrootcert in the URL in {SETTING};"
            " sslmode=require encrypts and does not check who answers."
        )
        return SourceRefused(what, hint=hint)
    refused = state[:2] == "28" or state == "42501"
    if refused or _REFUSED.search(words):
        return SourceRefused(
            what, hint=f"Correct user, password and database in {SETTING}, or grant SELECT."
        )
    if isinstance(error, psycopg.OperationalError):
        return SourceUnavailable(what, hint=_hint_to_wait(state))
    if state in _NO_TEXT:
        return WrongAnswer(what, hint=_HINT_NO_TEXT)
    return WrongAnswer(what, hint=f"Check that {SETTING} names the right table.")


def _hint_to_wait(state: str) -> str:
    if state in _TAKEN_BACK:
        return (
            "Run again. If the database is a standby, set hot_standby_feedback = on there or "
            "raise its max_standby_streaming_delay, so that what it replays ends no query."
        )
    if state == _CANCELLED:
        return "Run again; if it took half an hour, give the cursor's column an index."
    return f"Run again once it answers, or correct {SETTING}."
