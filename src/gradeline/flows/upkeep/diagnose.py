"""Diagnose: every part is tried once, and what is wrong comes with what to do about it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from gradeline.base.errors import GradelineError
from gradeline.base.plurals import count
from gradeline.flows.parts import Parts
from gradeline.records.slices import State
from gradeline.sources.source import PlanRequest, ReplacesPlans
from gradeline.warehouse.slices import ledger, quarantine

#: Below this a collection of a few courses no longer fits: an embedded database alone
#: keeps up to 1 GB of write-ahead log.
_LOW_DISK_BYTES = 2_000_000_000
#: Bugs in zip and tar readers that we do not rely on, but that others in the process may.
_PYTHON_FLOOR = (3, 11, 14)
_POSTGRES_FLOOR = (15, 14)


class Verdict(StrEnum):
    """How one check ended."""

    GOOD = "good"
    WARN = "warning"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: what was looked at, how it stands, what to do."""

    what: str
    verdict: Verdict
    says: str


def diagnose(parts: Parts, home_free_bytes: int | None = None) -> Iterator[Finding]:
    """Try every part; one finding each. Changes nothing but a probe object that it takes away."""
    yield _python()
    yield _disk(parts, home_free_bytes)
    yield _tried("database", lambda: _database(parts))
    yield _tried("lake", lambda: _lake(parts))
    yield from _sources(parts)
    yield _tried("plans", lambda: _plans(parts))
    yield _tried("quarantine and held slices", lambda: _waiting(parts))


def _tried(what: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except GradelineError as error:
        return Finding(what=what, verdict=Verdict.BAD, says=str(error))


def _python() -> Finding:
    found = platform.python_version()
    if sys.version_info[:3] >= _PYTHON_FLOOR:
        return Finding(what="Python", verdict=Verdict.GOOD, says=found)
    wanted = ".".join(map(str, _PYTHON_FLOOR))
    says = f"{found} has known bugs in reading archives. Upgrade to Python {wanted} or later."
    return Finding(what="Python", verdict=Verdict.WARN, says=says)


def _disk(parts: Parts, free: int | None) -> Finding:
    free = shutil.disk_usage(parts.spool).free if free is None else free
    verdict = Verdict.GOOD if free >= _LOW_DISK_BYTES else Verdict.WARN
    advice = "" if verdict is Verdict.GOOD else " Free some, or set GRADELINE_HOME elsewhere."
    return Finding(what="disk", verdict=verdict, says=f"{free / 1e9:.1f} GB free.{advice}")


def _database(parts: Parts) -> Finding:
    with parts.database.connect() as connection:
        number = connection.info.server_version  # 150018 = 15.18
    version = (number // 10_000, number % 10_000)
    shown = f"{parts.database.description}, PostgreSQL {'.'.join(map(str, version))}"
    if version < _POSTGRES_FLOOR:
        floor = ".".join(map(str, _POSTGRES_FLOOR))
        says = f"{shown}: update it to {floor} or newer."
        return Finding(what="database", verdict=Verdict.WARN, says=says)
    return Finding(what="database", verdict=Verdict.GOOD, says=shown)


def _lake(parts: Parts) -> Finding:
    parts.lake.check_store()
    says = f"{parts.lake.url} reads and writes, and creates without overwriting"
    return Finding(what="lake", verdict=Verdict.GOOD, says=says)


def _sources(parts: Parts) -> Iterator[Finding]:
    if not parts.sources:
        says = "None is set. Name one: FILES_DATASETS (see gradeline settings)."
        yield Finding(what="sources", verdict=Verdict.WARN, says=says)
    for name, source in parts.sources.items():
        yield _tried(
            f"source {name}",
            lambda name=name, source=source: Finding(  # type: ignore[misc]
                what=f"source {name}",
                verdict=Verdict.GOOD,
                says=f"can read {count(len(source.plan(PlanRequest()).slices), 'slice')}",
            ),
        )


def _plans(parts: Parts) -> Finding:
    """Plan files that fit no course, and courses without a plan where others have one."""
    sources = [each for each in parts.sources.values() if isinstance(each, ReplacesPlans)]
    if not sources:
        return Finding(what="plans", verdict=Verdict.GOOD, says="no plan files")
    matched = sources[0].match_courses()
    parts_said = [f"{len(matched.files)} courses have one"]
    if matched.unmatched:
        files = ", ".join(f"planification/{name}" for name in matched.unmatched)
        parts_said.append(f"no course fits {files} (name it under plan: in cursos.yml)")
    if matched.without_file:
        parts_said.append(f"without one: {', '.join(matched.without_file)}")
    verdict = Verdict.WARN if matched.unmatched else Verdict.GOOD
    return Finding(what="plans", verdict=verdict, says="; ".join(parts_said))


def _waiting(parts: Parts) -> Finding:
    with parts.database.connect() as connection:
        held = len(ledger.read_entries(connection, states=[State.HELD]))
        broken = sum(each.records for each in quarantine.counts(connection))
    waiting = {
        f"{count(held, 'slice')} on hold": held,
        f"{count(broken, 'record')} in quarantine": broken,
    }
    says = ", ".join(what for what, number in waiting.items() if number)
    return Finding(
        what="quarantine and held slices",
        verdict=Verdict.WARN if says else Verdict.GOOD,
        says=says or "nothing needs your attention",
    )
