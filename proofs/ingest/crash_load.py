"""A1 at every point: from files to rows, the first time and again when a file has changed.

The database is a copy on a server that stays up and only collecting is run, so that a try takes
about a second and no point is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from gradeline.warehouse import Database
from proofs.promise import IDLE, Setting, Try
from proofs.rig.command import School
from proofs.rig.in_process import Contents, HomeServer, contents_in, server
from proofs.rig.invariants import find_rewritten, find_violations_in, stamps
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

COLLECTS: Run = ("proofs.rig.collect_only", ())
_MAPPING = {
    "learners": "SELECT _file, _line, learner_id, name FROM learners",
    "attempts": "SELECT _file, _line, attempt_id, learner_id, 'a/b' AS course_id, item_id, "
    "'answer' AS kind, score, \"at\" FROM attempts",
}
LEARNERS, ATTEMPTS = 40, 600
#: One in so many attempts is broken, changed, gone or new in the second version.
_ODD = 25
#: Of each stage.
_MOMENTS = 25


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a run finds, and what it must leave."""

    name: str
    data: Path
    wanted: Contents
    like: Database | None = None  #: what is in the database before; null = nothing
    home: Path | None = None  #: what is in the home before; null = nothing


def crash_load(setting: Setting) -> Iterator[Try]:
    """Kill a run at its first point, its second, and so on until none is left to kill at."""
    old, new = (written(setting.folder, version) for version in (1, 2))
    points, moments = setting.folder / "points", setting.folder / "moments"
    with server(setting.folder) as there, _school(there, old) as (base, loaded):
        lasts = run_undisturbed(base, Record(points), COLLECTS)
        first = Stage(name="first", data=old, wanted=contents_in(loaded, base.home))
        yield from _killed_everywhere(there, setting, first, points, lasts)
        if setting.small:
            return
        with _school(there, new, like=loaded, home=base.home) as (place, database):
            lasts = run_undisturbed(place, Record(moments), COLLECTS)
            wanted = contents_in(database, place.home)
        again = Stage(name="again", data=new, like=loaded, home=base.home, wanted=wanted)
        yield from _killed_everywhere(there, setting, again, moments, lasts)


def _killed_everywhere(
    there: HomeServer, setting: Setting, stage: Stage, record: Path, lasts: float
) -> Iterator[Try]:
    labels = Record(record).labels()
    # The quick subset has a point of every kind.
    quick = at_points(labels, len(set(labels)), setting.luck)
    yield from _tries(there, stage, quick if setting.small else every_point())
    yield from _tries(there, stage, at_moments(lasts, setting.many(_MOMENTS, 0), setting.luck))


def _school(
    there: HomeServer, made: Path, *, like: Database | None = None, home: Path | None = None
) -> AbstractContextManager[tuple[School, Database]]:
    return served_school(there, made / "data", str(made / "mapping"), like=like, home=home)


def every_point() -> Iterator[Kill]:
    """A kill at each point that a run may pass; whoever asks stops when none kills any more."""
    for number in count(1):
        yield Kill(name=f"kill at point {number}", at=str(number))


def _tries(there: HomeServer, stage: Stage, kills: Iterator[Kill]) -> Iterator[Try]:
    for kill in kills:
        with _school(there, stage.data, like=stage.like, home=stage.home) as (place, database):
            record = Record(place.home.parent / "record")
            landed, left = killed(place, record, COLLECTS, kill)
            if landed == IDLE and kill.at.isdigit() and kill.moment is None:
                # The run must have lived to its end: then there is no point left.
                wrong = stage.wanted.differs_from(contents_in(database, place.home))
                yield Try(name=f"{stage.name}, no point {kill.at}", wrong=wrong)
                return
            wrong = left or _after(place, record, database, stage.wanted)
            yield Try(name=f"{stage.name}, {kill.name}", wrong=wrong, landed=landed)


def _after(place: School, record: Record, database: Database, wanted: Contents) -> str:
    """Look at what the kill left, run again undisturbed, and compare all that is there."""
    wrong = find_violations_in(database, place.home)
    objects = stamps(place.home, "lake")
    done = started(place, record, COLLECTS).ended()
    if done.returncode:
        return f"the rerun failed: {done.stdout[-300:]} {done.stderr[-500:]}"
    twice = find_rewritten(objects, stamps(place.home, "lake"))
    differs = wanted.differs_from(contents_in(database, place.home))
    return "; ".join(filter(None, (wrong, twice, differs)))


def written(folder: Path, version: int) -> Path:
    """A folder with the school's files and their mapping."""
    made = folder / f"version-{version}"
    for name in ("data", "mapping"):
        (made / name).mkdir(parents=True)
    for table, query in _MAPPING.items():
        (made / "mapping" / f"{table}.sql").write_text(query)
    learners = [(f"l{number}", f"Learner {number}") for number in range(LEARNERS)]
    _table(made / "data" / "learners.csv", ("learner_id", "name"), learners)
    head = ("attempt_id", "learner_id", "item_id", "score", "at")
    _table(made / "data" / "attempts.csv", head, _attempts(version))
    return made


def _attempts(version: int) -> Iterator[tuple[object, ...]]:
    """Attempts; in the second version some have gone, some are new, some changed or corrected."""
    for number in range(ATTEMPTS):
        odd = number % _ODD
        if odd == version:  # one is in the first version alone, another in the second
            continue
        broken = odd == 2 + version
        score = "much" if broken else (number * (1 if odd else version) % 100) / 100
        at = f"2024-01-{number % 28 + 1:02d} 10:00:00"
        yield f"a{number}", f"l{number % LEARNERS}", f"i{number % 7}", score, at


def _table(path: Path, head: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)
