"""A9: PostgreSQL lives and refuses: connections, sessions, locks, time, order; or it restarts.

The command is halted at a point, the trouble is made, and the command goes on. Whether there was
trouble is looked up in the server's own log: a deadlock that did not come to be proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from gradeline.embedded.data_folder import cluster_at
from gradeline.warehouse import Database
from proofs.failures.postgres_interference_cases import TROUBLES, Halted, Trouble, settings_of
from proofs.ingest.crash_load import COLLECTS, written
from proofs.ingest.crash_run import RUN, small_school
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School
from proofs.rig.in_process import HomeServer, server
from proofs.rig.invariants import find_violations_in
from proofs.rig.kills import (
    Kill,
    Record,
    Run,
    at_points,
    command,
    run_halted,
    run_undisturbed,
    started,
)
from proofs.rig.messages import describe_bad_message
from proofs.rig.shared_server import served_school
from proofs.rig.state import State, state_in


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a command finds; a try begins with a copy of it."""

    name: str
    run: Run
    data: Path
    mapping: str
    like: Database | None = None  #: what is in the database before; null = nothing
    home: Path | None = None  #: what is in the home before; null = nothing

    def place(self, there: HomeServer) -> AbstractContextManager[tuple[School, Database]]:
        """A school that finds this."""
        return served_school(there, self.data, self.mapping, like=self.like, home=self.home)


def pg_trouble(setting: Setting) -> Iterator[Try]:
    """Make every trouble at points of loads and of whole runs; run again without it; compare."""
    old, new = (written(setting.folder, version) for version in (1, 2))
    with server(setting.folder) as there:
        first = Stage(name="first", run=COLLECTS, data=old / "data", mapping=str(old / "mapping"))
        with first.place(there) as (base, loaded):
            run_undisturbed(base, Record(setting.folder / "first"), COLLECTS)
            data, mapping = new / "data", str(new / "mapping")
            again = replace(first, name="load", data=data, mapping=mapping)
            yield from _tries(there, setting, replace(again, like=loaded, home=base.home))
        if not setting.small:
            data = small_school(replace(setting, small=True))
            whole = Stage(name="run", run=command(*RUN), data=data, mapping="builtin:oulad")
            yield from _tries(there, setting, whole)


def _tries(there: HomeServer, setting: Setting, stage: Stage) -> Iterator[Try]:
    with stage.place(there) as (place, database):
        record = Record(setting.folder / f"{stage.name}-points")
        run_undisturbed(place, record, stage.run)
        wanted = state_in(database, place.home)
    cluster = cluster_at(setting.folder / "server")
    for trouble in TROUBLES:
        if trouble.again and stage.like is None:
            continue
        labels = [each for each in record.labels() if each in trouble.points or not trouble.points]
        many = setting.many(4 if trouble.points else 6, 1)
        for halt in at_points(labels, many, setting.luck):
            with stage.place(there) as (place, database):
                at = Halted(database=database, cluster=cluster, point=halt.at.partition("@")[0])
                yield _try(place, at, trouble, halt, stage, wanted)


def _try(
    place: School, at: Halted, trouble: Trouble, halt: Kill, stage: Stage, wanted: State
) -> Try:
    own = Record(place.home.parent / "record")
    before = _logged(at, trouble)
    with settings_of(at.database, trouble.settings):
        halts, done = run_halted(place, own, stage.run, halt.at, trouble.deed(at))
    code, said = done.returncode, done.stderr
    came = halts and (not trouble.logged or _logged(at, trouble) > before)
    wrong = describe_bad_message(code, said) or find_violations_in(at.database, place.home)
    wrong = wrong or (_told(trouble, code, said) if came else "")
    if not code:
        wrong = wrong or wanted.differs_from(state_in(at.database, place.home))
    again = started(place, own, stage.run).ended()
    if again.returncode:
        wrong = wrong or f"the rerun failed: {again.stderr[-400:]}"
    wrong = wrong or wanted.differs_from(state_in(at.database, place.home))
    name = f"{stage.name}, {trouble.name}, {halt.at}"
    return Try(name=name, wrong=wrong, landed=trouble.name if came else IDLE)


def _told(trouble: Trouble, code: int, said: str) -> str:
    """What is wrong with the end of a command that met trouble; it may not have needed it."""
    if not trouble.told:
        return f"exit {code}: {said[-300:]}" if code else ""
    right = not code or re.search(trouble.told, said)
    return "" if right else f"the message is about something else: {said[-300:]}"


def _logged(at: Halted, trouble: Trouble) -> int:
    """How often the server's log speaks of a trouble."""
    return at.cluster.log.read_text(errors="replace").count(trouble.logged or "\0")
