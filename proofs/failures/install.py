"""Install over a database with data: killed, interrupted or failed anywhere, no row is lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from gradeline.embedded.programs import program_path
from gradeline.records.bot_tables import BOT_TABLES, BOT_VIEWS
from gradeline.warehouse import Database, Role
from gradeline.warehouse.install import catalog
from proofs.promise import IDLE, SIGNAL, Setting, Try
from proofs.rig.command import ROOT, School
from proofs.rig.in_process import HomeServer, server
from proofs.rig.kills import (
    Kill,
    Record,
    Run,
    at_moments,
    at_points,
    killed,
    run_undisturbed,
    started,
)
from proofs.rig.shared_server import served_school

ROWS = ROOT / "proofs/rig/bot_rows.sql"
_INTERRUPTED = 130
#: Stages that follow one another as commands of their own.
_WHOLE = ("1.0", "2.0", "2.1", "3.0", "4.0", "5.0", "6.0", "7.0")
_WORDS = ("1.1", "2.1", "3.0", "4.0", "5.0", "6.0", "7.0")
#: What pg_dump and psql do to an install: the name of the program, and its script.
_PROGRAMS: Mapping[str, tuple[str, str]] = {
    "pg_dump fails": ("pg_dump", "echo 'No space left on device' >&2; exit 1"),
    "pg_dump leaves a row out": (
        "pg_dump",
        'for a in "$@"; do case "$a" in --file=*) f="${a#--file=}";; esac; done; "$REAL" "$@";'
        """awk 'c == 1 {c = 2; if ($0 != "\\\\.") next} /^COPY /{c = 1} 1' "$f" > "$f.x";"""
        'mv "$f.x" "$f"',
    ),
    "psql fails": ("psql", "echo 'broken' >&2; exit 3"),
}


@dataclass(frozen=True, kw_only=True)
class BotState:
    """What a database has of the bot's tables; equal ones have the same rows, made the same way."""

    rows: Mapping[str, catalog.Digest]
    shape: Mapping[tuple[str, str], str]
    views: Sequence[str]

    def differs_from(self, other: BotState) -> str:
        """Where two differ, for people; empty where they do not."""
        names = [t for t in BOT_TABLES if self.rows.get(t) != other.rows.get(t)]
        parts = {*self.shape, *other.shape}
        names += [" ".join(key) for key in parts if self.shape.get(key) != other.shape.get(key)]
        names += sorted({*self.views} ^ {*other.views})
        return f"{len(names)} differ: {'; '.join(names[:4])}" if names else ""


def state_of(database: Database) -> BotState:
    """Read the bot's tables."""
    with database.connect(Role.BACKUP) as connection:
        here = catalog.present(connection, BOT_TABLES)
        return BotState(
            rows={table: catalog.digest(connection, table) for table in here},
            shape=catalog.shape(connection, here),
            views=catalog.present(connection, BOT_VIEWS),
        )


def install(setting: Setting) -> Iterator[Try]:
    """Kill, interrupt and fail installs at every stage; then install again."""
    with server(setting.folder) as there, _filled(there) as like:
        wanted = state_of(like)
        if setting.small:
            # The cheapest ones: the dictionary alone.
            yield from _stage_by_stage(there, like, setting, _WORDS[:1], wanted)
            yield from _failing(there, like, wanted, ["pg_dump leaves a row out"])
            return
        yield from _all_at_once(there, like, setting, wanted)
        for stages in (_WHOLE, _WORDS):
            yield from _stage_by_stage(there, like, setting, stages, wanted)
        yield from _failing(there, like, wanted, _PROGRAMS)
        yield _again_and_again(there, like, wanted)


@contextmanager
def _filled(there: HomeServer) -> Iterator[Database]:
    """A database with a dictionary and learners that all tries are copies of."""
    with there.copy() as (database, _):
        with database.connect() as connection:
            connection.execute(ROWS.read_bytes())
        yield database


@contextmanager
def _place(there: HomeServer, like: Database) -> Iterator[tuple[School, Database]]:
    """A home of the try's own over a copy of the filled database."""
    with served_school(there, ROOT / "proofs", "builtin:oulad", like=like) as made:
        yield made


def _all_at_once(
    there: HomeServer, like: Database, setting: Setting, wanted: BotState
) -> Iterator[Try]:
    record = Record(setting.folder / "all")
    run = _command("--all-stages")
    with _place(there, like) as (place, database):
        lasts = run_undisturbed(place, record, run)
        yield Try(name="undisturbed", wrong=wanted.differs_from(state_of(database)))
    labels = record.labels()
    kills = at_points(labels, 2 * len(set(labels)), setting.luck)
    for kill, how in zip(kills, cycle((signal.SIGKILL, signal.SIGINT)), strict=False):
        yield _disturbed(there, like, run, kill, how, wanted)
    for kill in at_moments(lasts, 20, setting.luck):
        yield _disturbed(there, like, run, kill, signal.SIGKILL, wanted)


def _disturbed(
    there: HomeServer,
    like: Database,
    run: Run,
    kill: Kill,
    how: signal.Signals,
    wanted: BotState,
) -> Try:
    """Disturb an install of all stages: the database is as before at once, and after the next."""
    with _place(there, like) as (place, database):
        landed, left = _kill(place, run, kill, how)
        wrong = left or wanted.differs_from(state_of(database))
        wrong = wrong or _install(place, "--all-stages")
        wrong = wrong or wanted.differs_from(state_of(database)) or _left_behind(place, database)
    return Try(name=f"all stages, {how.name} {kill.name}", wrong=wrong, landed=landed)


def _stage_by_stage(
    there: HomeServer,
    like: Database,
    setting: Setting,
    stages: Sequence[str],
    wanted: BotState,
) -> Iterator[Try]:
    """Disturb each stage once; then run that stage again, and all that follow."""
    every = _WORDS if stages[0] == _WORDS[0] else _WHOLE
    for number, stage in enumerate(stages):
        record = Record(setting.folder / f"points-{every[0]}-{stage}")
        with _place(there, like) as (place, _):
            wrong = _install_all(place, every[:number])
            run_undisturbed(place, record, _command("--stage", stage))
        how = (signal.SIGKILL, signal.SIGINT)[number % 2]
        kill = next(at_points(record.labels(), 1, setting.luck))
        with _place(there, like) as (place, database):
            wrong = wrong or _install_all(place, every[:number])
            landed, left = _kill(place, _command("--stage", stage), kill, how)
            wrong = wrong or left or _install_all(place, every[number:])
            wrong = wrong or wanted.differs_from(state_of(database))
            wrong = wrong or _left_behind(place, database)
        name = f"stage {stage} of {every[0]} …, {how.name} {kill.name}"
        yield Try(name=name, wrong=wrong, landed=landed)


def _failing(
    there: HomeServer,
    like: Database,
    wanted: BotState,
    programs: Sequence[str] | Mapping[str, object],
) -> Iterator[Try]:
    """Let PostgreSQL's programs fail or lie: nothing may be dropped, and no dump be believed."""
    for name in programs:
        program, script = _PROGRAMS[name]
        with _place(there, like) as (place, database):
            broken = _with_program(place, program, script)
            done = broken.call("install", "--stage", "1.1")
            wrong = "" if done.returncode == 1 else f"exit {done.returncode}: {done.stderr[-300:]}"
            wrong = wrong or wanted.differs_from(state_of(database))
            kept = [path.name for path in (place.home / "backup/sql").glob("*")]
            wrong = wrong or (f"a dump is there: {kept}" if kept else "")
        yield Try(name=name, wrong=wrong, landed=program)


def _again_and_again(there: HomeServer, like: Database, wanted: BotState) -> Try:
    with _place(there, like) as (place, database):
        wrong = ""
        for _ in range(5):
            wrong = wrong or _install(place, "--all-stages")
            wrong = wrong or wanted.differs_from(state_of(database))
    return Try(name="five times", wrong=wrong)


def _command(*options: str) -> Run:
    return "proofs.rig.kill_installing", ("install", *options)


def _kill(place: School, run: Run, kill: Kill, how: signal.Signals) -> tuple[str, str]:
    """Disturb a command: where it was then, and what is wrong with what lives on."""
    record = Record(place.home.parent / "record")
    sent = replace(place, env={**place.env, SIGNAL: how.name})
    if how is signal.SIGKILL:
        return killed(sent, record, run, kill)
    done = started(sent, record, run, kill.at).ended()
    # 130: the command was interrupted and ended by itself.
    return (kill.at.rpartition("@")[0] if done.returncode == _INTERRUPTED else IDLE), ""


def _install_all(place: School, stages: Sequence[str]) -> str:
    wrong = ""
    for stage in stages:
        wrong = wrong or _install(place, "--stage", stage)
    return wrong


def _install(place: School, *options: str) -> str:
    done = place.call("install", *options)
    return f"{' '.join(options)}: {done.stderr[-400:]}" if done.returncode else ""


def _left_behind(place: School, database: Database) -> str:
    """Say what an install left that nobody needs: unproven dumps, scratch databases."""
    left = [path.name for path in (place.home / "backup/sql").glob(".*")]
    with database.connect_as_login() as connection:
        names = connection.execute("select datname from pg_database").fetchall()
    left += [name for (name,) in names if name.startswith(f"{database.name}_install_")]
    return f"left behind: {', '.join(left)}" if left else ""


def _with_program(place: School, name: str, script: str) -> School:
    """The school with a program of PostgreSQL that does something else."""
    folder = place.home.parent / "programs"
    folder.mkdir()
    real = program_path(name)
    path: Path = folder / name
    path.write_text(
        f'#!/bin/sh\nREAL="{real}"\nif [ "$1" = --version ]; then exec "$REAL" "$@"; fi\n{script}\n'
    )
    path.chmod(0o755)
    return replace(place, env={**place.env, "PATH": f"{folder}:{place.environment()['PATH']}"})
