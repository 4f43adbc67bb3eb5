"""Troubles of a program whose PostgreSQL lives: how each is made, and how it is to be met."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from types import MappingProxyType

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from gradeline.embedded.data_folder import Cluster
from gradeline.embedded.programs import find_server_user, program_path
from gradeline.warehouse import Database

Session = psycopg.Connection[tuple[object, ...]]

#: Tables that a step needs, by the point before it; nobody holds them then.
_NEEDED = {
    "before ledger.plan": "slices",
    "before quarantine.replace": "quarantine",
    "before builds.publish": "builds",
    "before documents.record_documents": "documents",
}
_SESSIONS = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = %s and application_name = 'gradeline'
"""
_CLAIMS = f"{_SESSIONS} and state = 'idle'"
_WRITTEN = """
select l.relation::regclass::text from pg_locks l join pg_stat_activity a using (pid)
where a.datname = %s and a.application_name = 'gradeline' and l.mode = 'RowExclusiveLock'
      and l.relation::regclass::text not in ('slices', 'quarantine')
"""
_WAITS = "select exists (select from pg_locks where not granted and pid = %s)"
#: A wait that is ended by nobody but the command's own deadlock check.
_PATIENT = "set deadlock_timeout = '1h'"
_WAIT_S = 10.0


@dataclass(frozen=True, kw_only=True)
class Halted:
    """A command that is halted at a point."""

    database: Database  #: its own
    cluster: Cluster  #: the server
    point: str

    def session(self, database: str | None = None) -> Session:
        """A session beside the command's, of a superuser, that commits each statement."""
        login = self.database.login.parameters
        where = make_conninfo("", **login, dbname=database or self.database.name)
        return psycopg.connect(where, autocommit=True, application_name="beside")


Deed = Callable[[Halted], AbstractContextManager[None]]


@contextmanager
def _sessions_ended(at: Halted, which: str = _SESSIONS) -> Iterator[None]:
    with at.session("postgres") as beside:
        beside.execute(which.encode(), (at.database.name,))
    yield


def _claims_ended(at: Halted) -> AbstractContextManager[None]:
    return _sessions_ended(at, _CLAIMS)


@contextmanager
def all_taken(at: Halted) -> Iterator[None]:
    """Take every connection that the server has left, those for superusers too."""
    with ExitStack() as taken:
        try:
            while True:
                taken.enter_context(at.session("postgres"))
        except psycopg.OperationalError as full:
            if "too many clients" not in str(full):
                raise
        yield


@contextmanager
def _restarted(at: Halted) -> Iterator[None]:
    cluster = at.cluster
    # Relative, as it was started.
    log = os.path.relpath(cluster.log, cluster.data)
    restart = [
        str(program_path("pg_ctl")),
        "restart",
        "-w",
        "-s",
        "-m",
        "fast",
        "-D",
        ".",
        "-l",
        log,
    ]
    done = find_server_user(lambda _: None).run(
        [str(program_path("pg_ctl")), *restart], cwd=cluster.data
    )
    if done.returncode:
        raise AssertionError(f"the server did not restart: {done.stdout}")
    yield


@contextmanager
def _table_locked(at: Halted) -> Iterator[None]:
    with at.session() as beside, beside.transaction():
        # Where another thread of the command writes to it now there will be no trouble.
        with suppress(errors.LockNotAvailable), beside.transaction():
            _lock(beside, _NEEDED[at.point], "nowait")
        yield


@contextmanager
def _deadlocked(at: Halted) -> Iterator[None]:
    """Hold what the command needs next, and wait for what it holds."""
    with at.session() as beside, at.session() as watching:
        row = watching.execute(_WRITTEN.encode(), (at.database.name,)).fetchone()
        if row is None:  # the slice has no rows that changed
            yield
            return
        beside.execute(_PATIENT.encode())
        waiting = threading.Thread(target=_crosswise, args=(beside, str(row[0])))
        waiting.start()
        _until_it_waits(watching, beside.info.backend_pid)
        yield
        waiting.join()


def _crosswise(beside: Session, held: str) -> None:
    with beside.transaction():
        _lock(beside, "quarantine", "nowait")
        _lock(beside, held, "")


def _until_it_waits(watching: Session, pid: int) -> None:
    end = time.monotonic() + _WAIT_S
    while watching.execute(_WAITS.encode(), (pid,)).fetchone() != (True,):
        if time.monotonic() > end:
            raise AssertionError("the other session does not wait for the command")
        time.sleep(0.01)


def _lock(session: Session, table: str, how: str) -> None:
    statement = sql.SQL("lock table {} in exclusive mode {}")
    session.execute(statement.format(sql.Identifier(table), sql.SQL(how)))


@contextmanager
def _rows_changed(at: Halted) -> Iterator[None]:
    """Change the rows that the command is about to change, after it has taken its snapshot."""
    with at.session() as beside:
        beside.execute(b"update quarantine set noted_at = noted_at where closed_at is null")
    yield


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """Something that PostgreSQL may do to a command, and how it is to be met."""

    name: str
    deed: Deed  #: done while the command is halted, undone when it has ended
    points: tuple[str, ...] = ()  #: where; none = anywhere
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    logged: str = ""  #: what the server's log says when the trouble was there
    told: str = ""  #: what the message says; empty = the command gets over it
    again: bool = False  #: it takes rows that an earlier load left


_ENDED = "stopped while we worked|was lost"
_LATE = "canceling statement due to statement timeout"
TROUBLES = (
    Trouble(name="its sessions are ended", deed=_sessions_ended, told=_ENDED),
    Trouble(name="the session of its claims is ended", deed=_claims_ended, told=_ENDED),
    Trouble(name="no connection is left", deed=all_taken, told="no free connection"),
    Trouble(name="the server restarts", deed=_restarted, told=_ENDED),
    Trouble(
        name="a deadlock",
        deed=_deadlocked,
        points=("before quarantine.replace",),
        settings={"deadlock_timeout": "50ms"},
        logged="deadlock detected",
    ),
    *(
        Trouble(
            name=f"rows changed under {isolation}",
            deed=_rows_changed,
            points=("before quarantine.replace",),
            settings={"default_transaction_isolation": isolation},
            logged="could not serialize access",
            again=True,
        )
        for isolation in ("repeatable read", "serializable")
    ),
    Trouble(
        name="a lock that is waited for too long",
        deed=_table_locked,
        points=tuple(_NEEDED),
        settings={"lock_timeout": "300ms"},
        logged="canceling statement due to lock timeout",
        told="locked by somebody else",
    ),
    Trouble(
        name="a statement that takes too long",
        deed=_table_locked,
        points=tuple(_NEEDED),
        settings={"statement_timeout": "300ms"},
        logged=_LATE,
        told="cancelled a statement",
    ),
)


@contextmanager
def settings_of(database: Database, settings: Mapping[str, str]) -> Iterator[None]:
    """Settings that somebody gave a database from outside, until the block ends."""
    name = sql.Identifier(database.name)
    with database.sibling("postgres").connect_as_login() as beside:
        for key, value in settings.items():
            set_ = sql.SQL("alter database {} set {} = {}")
            beside.execute(set_.format(name, sql.Identifier(key), sql.Literal(value)))
    try:
        yield
    finally:
        with database.sibling("postgres").connect_as_login() as beside:
            beside.execute(sql.SQL("alter database {} reset all").format(name))
