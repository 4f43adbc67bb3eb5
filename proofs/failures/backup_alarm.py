"""D8: a missed, failed, empty or shrunken backup is told: exit code, metric, and an alert."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gradeline.entrypoints.web.installation import Installation as Measures
from gradeline.flows.backups.store import list_ids
from gradeline.lake import open_lake
from gradeline.sandbox.server.running import running
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.warehouse import Database, EmbeddedServer, Role, open_warehouse
from gradeline.warehouse.operation import read_figures
from gradeline.warehouse.schema.views import ensure_views
from proofs.promise import Setting, Try
from proofs.rig.command import School
from proofs.rig.mounts import may_mount, mounted

_ROWS = """
insert into audit (login, action, subject)
select 'x', 'read', 'row ' || n from generate_series(1, 3000) as n
"""
_OLD = "update backups set started_at = started_at - interval '3 days'"
_OBJECT = """
insert into slices (slice_id, source, stream, "window", planned_fingerprint, raw_keys)
values (1, 'files:s', 'a', 'b', 'v1', array['lake/raw/files!3As/a/b/c.csv'])
"""
_NO_OBJECT = "delete from slices"


@dataclass(frozen=True)
class _Ground:
    """A school whose database is by URL, and what it posts."""

    school: School
    database: Database
    slack: SlackTwin
    folder: Path

    def sql(self, statement: str) -> None:
        with self.database.connect(Role.LOADER) as connection:
            connection.execute(statement.encode())

    def posts(self) -> list[str]:
        return [message.text for room in self.slack.channels.values() for message in room.messages]

    def measured(self, name: str) -> float:
        with self.database.connect(Role.BACKUP) as connection:
            found = Measures(figures=read_figures(connection)).collect()
            samples = {s.name: s.value for metric in found for s in metric.samples}
        return float(samples.get(name, 0))

    def call(self, *words: str, **changes: str) -> int:
        env = {**self.school.env, **changes}
        school = School(home=self.school.home, data=self.folder, env=env, forks=True)
        return school.call(*words).returncode


def backup_alarm(setting: Setting) -> Iterator[Try]:
    """Let a backup fail in each way; whoever gets alerts is told, once."""
    with _ground() as ground:
        ground.sql(_ROWS)
        yield _good(ground, "a good backup tells nobody")
        for name, (cause, env) in _causes(ground, setting).items():
            yield _told(ground, name, cause, env)
            yield _good(ground, f"after {name} one is good again")
        yield _missed(ground)


def _good(ground: _Ground, name: str) -> Try:
    before = len(ground.posts())
    code = ground.call("backup", "--smaller")
    problems = ground.measured("gradeline_backup_problems")
    new = ground.posts()[before:]
    wrong = f"exit {code}, {problems:g} problems, told {new}" if code or problems or new else ""
    return Try(name=name, wrong=wrong)


def _told(
    ground: _Ground, name: str, cause: Callable[[], ExitStack], env: Mapping[str, str]
) -> Try:
    before, kept = len(ground.posts()), set(_ids(ground))
    with cause():
        codes = [ground.call("backup", **env) for _ in range(2)]
    new, wrong = ground.posts()[before:], []
    if 0 in codes:
        wrong.append(f"exit {codes}")
    if ground.measured("gradeline_backup_problems") != len(codes):
        wrong.append("the metric does not count it")
    if len(new) != 1:
        wrong.append(f"{len(new)} alerts: {new}")
    if kept - set(_ids(ground)):
        wrong.append("an older backup was deleted")
    return Try(name=name, wrong="; ".join(wrong))


def _missed(ground: _Ground) -> Try:
    """Nobody makes a backup for three days; any run that delivers tells of it."""
    before = len(ground.posts())
    ground.sql(_OLD)
    ground.call("run", "--upload-only")
    told = [post for post in ground.posts()[before:] if "was not made" in post]
    age = ground.measured("gradeline_backup_age_seconds")
    wrong = "" if told and age > 86_400 else f"age {age:g}, told {ground.posts()[before:]}"
    return Try(name="missed", wrong=wrong)


def _causes(
    ground: _Ground, setting: Setting
) -> Mapping[str, tuple[Callable[[], ExitStack], Mapping[str, str]]]:
    """Return name → what lets a backup fail, and the settings of that command."""

    def with_program(script: str) -> Mapping[str, str]:
        folder = Path(tempfile.mkdtemp(dir=setting.folder))
        for each in ("pg_dump",):
            path = folder / each
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        return {"PATH": f"{folder}:{ground.school.environment()['PATH']}"}

    version = 'case "$*" in *--version*) echo "pg_dump (PostgreSQL) 18.4"; exit 0;; esac\n'
    mismatch = 'echo "aborting because of server version mismatch" >&2; exit 1'
    a_file = ground.folder / "a-file"
    a_file.write_text("x")

    def quiet() -> ExitStack:
        return ExitStack()

    def shrunk() -> ExitStack:
        ground.sql("delete from audit")
        return ExitStack()

    def lost() -> ExitStack:
        stack = ExitStack()
        ground.sql(_OBJECT)
        stack.callback(ground.sql, _NO_OBJECT)
        return stack

    causes: dict[str, tuple[Callable[[], ExitStack], Mapping[str, str]]] = {
        "wrong version of pg_dump": (quiet, with_program(version + mismatch)),
        "0 bytes": (quiet, with_program(version + "exit 0")),
        "pg_dump is killed": (quiet, with_program(version + "kill -9 $$")),
        "no rights": (quiet, {"BACKUP_URL": f"file:{a_file}/backup"}),
        "lost object": (lost, {}),
        "shrunken": (shrunk, {}),
    }
    if may_mount(setting.folder / "mount"):
        disk = ground.folder / "disk"

        def full() -> ExitStack:
            stack = ExitStack()
            stack.enter_context(mounted(disk, 100_000))
            return stack

        causes["full disk"] = (full, {"BACKUP_URL": f"file:{disk}/backup"})
    return causes


def _ids(ground: _Ground) -> list[str]:
    return list(list_ids(open_lake(f"file:{ground.school.home}/backup")))


@contextmanager
def _ground() -> Iterator[_Ground]:
    slack = SlackTwin()
    with (
        tempfile.TemporaryDirectory(prefix="gl-") as name,
        running([slack]) as sandbox,
    ):
        folder = Path(name)
        folder.chmod(0o711)
        with open_warehouse(EmbeddedServer(home=folder / "s"), say=lambda _: None) as database:
            ensure_views(database)
            env = {
                "DATABASE_URL": _url(database),
                "SANDBOX_URL": sandbox.url,
                "SANDBOX_SPEED": "50",
                "FILES_DATASETS": "",
                **slack.settings,
            }
            school = School(home=folder / "h", data=folder, env=env, forks=True)
            ground = _Ground(school, database, slack, folder)
            channel = slack.settings["SLACK_CHANNEL"]
            code = ground.call("recipients", "add", "slack", channel, "--what", "alert")
            if code:
                raise AssertionError(f"recipients add: exit {code}")
            yield ground


def _url(database: Database) -> str:
    parameters = database.login.parameters
    user, host = quote(parameters["user"], safe=""), quote(parameters["host"], safe="")
    password = quote(parameters.get("password", ""), safe="")
    port = parameters.get("port", "5432")
    return f"postgresql://{user}:{password}@/{database.name}?host={host}&port={port}"
