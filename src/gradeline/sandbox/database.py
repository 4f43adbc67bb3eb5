"""The twin of a school's own database: a real PostgreSQL with a table of lesson activity.

It runs the PostgreSQL that comes with Gradeline, in a temporary folder.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from gradeline.base.errors import GradelineError, SandboxBroken
from gradeline.base.named_sql import read_queries
from gradeline.embedded.data_folder import SUPERUSER, run_initdb
from gradeline.embedded.process import free_port, start_server, stop_server
from gradeline.embedded.programs import ServerUser, program_path, system_user
from gradeline.sandbox.school.practice import HOUR, Practice, PracticeAttempt
from gradeline.sandbox.school.school import School, share

TABLE = "lesson_activity"
#: The days of lessons that the table holds from the start.
FIRST_DAY, DAYS = date(2024, 1, 11), 3
#: Days after which a row that was late came in.
LATE = timedelta(days=4)

_SQL = Path(__file__).parent / "queries" / "lesson_activity.sql"
_READER, _DATABASE = "reader", "postgres"
#: PostgreSQL refuses to be root; this user is on every system and owns nothing.
_NOBODY = "nobody"
#: The share of rows that come in late.
_LATE = 0.03
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "16MB",
}


@dataclass(frozen=True, kw_only=True)
class SchoolDatabase:
    """The database while it runs, and what happens to it in a school's life."""

    port: int
    rows: Sequence[Row]  #: by id; late ones have the last ids
    reader_password: str = field(repr=False)
    owner_password: str = field(repr=False)

    @property
    def url(self) -> str:
        """The URL for a login that may only read."""
        return self.url_at(self.port)

    def url_at(self, port: int) -> str:
        """Return the reader's URL through a proxy that listens on another port."""
        return f"postgresql://{_READER}:{self.reader_password}@127.0.0.1:{port}/{_DATABASE}"

    def add_late(self) -> int:
        """Add the late rows of earlier days, with new ids and a new `updated_at`; how many."""
        late = [row for row in self.rows if row.late]
        self._fill(late)
        return len(late)

    def correct_scores(self) -> None:
        """Change the scores of some rows in place."""
        self._run(_query("correct_scores"))

    def rename(self, *, back: bool = False) -> None:
        """Rename the column `score` to `points`, or back."""
        self._run(_query("rename_back" if back else "rename"))

    def _fill(self, rows: Iterable[Row]) -> None:
        lines = "".join("\t".join(map(_copied, row.values)) + "\n" for row in rows)
        self._run(f"{_query('fill')}\n{lines}\\.\n")

    def _run(self, script: str, **variables: str) -> None:
        command = [str(program_path("psql")), "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"]
        address = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.port),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": self.owner_password,
            "PGDATABASE": _DATABASE,
        }
        with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
            file.writelines(f"\\set {name} '{value}'\n" for name, value in variables.items())
            file.write(script)
            file.seek(0)
            ended = ServerUser(name=None).run(command, stdin=file, variables=address)
        if ended.returncode != 0:
            raise SandboxBroken(f"psql of the school's database failed: {ended.stdout.strip()}")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the table."""

    values: tuple[object, ...]
    late: bool  #: not there at the start


@contextmanager
def running_database(school: School, *, first_day: date = FIRST_DAY) -> Iterator[SchoolDatabase]:
    """Run a database of the school for the length of the block, without its late rows.

    Args:
        school: whose learners practise in it.
        first_day: the first of the days of lessons that the table holds.

    Raises:
        SandboxBroken: PostgreSQL cannot be started here; its words are in the message.
    """
    folder = Path(tempfile.mkdtemp(prefix="gl-school-"))
    try:
        owner, reader = secrets.token_hex(16), secrets.token_hex(16)
        port = free_port()
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
    user, data, log = system_user(_NOBODY), folder / "data", folder / "log"
    user.own(folder, 0o700)
    try:
        run_initdb(data, password, user, sync=False)
    except GradelineError as error:
        raise SandboxBroken(error.what, hint=error.hint) from error
    ended = start_server(data, log, _SETTINGS | {"port": str(port)}, user)
    if ended.returncode != 0:
        words = log.read_text("utf-8", errors="replace") if log.exists() else ended.stdout
        raise SandboxBroken(f"The school's database does not start: {words[-500:]}")
    try:
        yield
    finally:
        stop_server(data, "immediate", user)


def _rows(school: School, first_day: date) -> Iterator[Row]:
    practice = Practice(school)
    start = datetime.combine(first_day, time(), tzinfo=UTC)
    attempts = [a for n in range(24 * DAYS) for a in practice.hour(start + n * HOUR)]
    late = {attempt: share("late row", attempt.at.isoformat()) < _LATE for attempt in attempts}
    in_order = sorted(attempts, key=lambda attempt: (late[attempt], attempt.at))
    for number, attempt in enumerate(in_order, start=1):
        yield _row(number, attempt, late=late[attempt])


def _row(number: int, attempt: PracticeAttempt, *, late: bool) -> Row:
    luck = share("activity", attempt.at.isoformat())
    details = {"device": "phone" if luck < 0.3 else "desktop", "note": 'tab\there, \\ and "q"'}
    score = None if attempt.correct is None else round(luck * 50 + 50 * attempt.correct, 2)
    values = (
        number,
        str(attempt.learner.number),
        attempt.learner.email if luck < 0.9 else None,
        attempt.course.slug,
        attempt.item.block,
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
    return read_queries(_SQL)[name]
