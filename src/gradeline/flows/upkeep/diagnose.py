"""Diagnose: try every part once, and say what is wrong and what to do about it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from gradeline.base.errors import GradelineError
from gradeline.base.hosts import is_loopback, is_private
from gradeline.base.plurals import count
from gradeline.embedded.owner import is_root, open_to_others
from gradeline.flows.courses.cursos_yml import Choices
from gradeline.flows.own_errors import own_errors
from gradeline.flows.parts import Parts
from gradeline.flows.problems import with_reasons
from gradeline.flows.upkeep.unmatched import UNMATCHED_ADVICE, unmatched_sentences
from gradeline.lake import Lake
from gradeline.records.slices import State
from gradeline.sources.source import PlanRequest, ReplacesPlans, Source
from gradeline.warehouse import Database, results
from gradeline.warehouse.slices import ledger, quarantine

#: Below this a collection of a few courses no longer fits: an embedded database alone
#: keeps up to 1 GB of write-ahead log.
_LOW_DISK_BYTES = 2_000_000_000
#: Bugs in zip and tar readers that we do not rely on, but that others in the process may.
_PYTHON_FLOOR = (3, 11, 14)
#: major version → the minor release with the fixes of May 2026
_POSTGRES_FLOORS = {15: 18, 16: 14, 17: 10, 18: 4}
#: The newest release that we know of; the embedded server gets it with a newer Gradeline alone.
_NEWEST_EMBEDDED = (18, 7)
_FAILED = "slices that failed"
_WAITING = "quarantine and held slices"
_UNMATCHED = "data that no figure counts"


class Verdict(StrEnum):
    """How one check ended."""

    GOOD = "good"
    WARN = "warning"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The outcome of one check."""

    what: str  #: what was checked
    verdict: Verdict
    message: str  #: what was found, and what to do where something is wrong


def diagnose(parts: Parts) -> Iterator[Finding]:
    """Try every part and yield a finding for each; changes nothing but a probe object."""
    yield _check_python()
    yield _check_disk(parts.spool)
    yield check_home(parts.spool.parent)
    yield _attempt("database", lambda: _check_database(parts.database))
    yield _attempt("lake", lambda: _check_lake(parts.lake))
    yield _check_choices(parts.choices)
    yield from _check_sources(parts.sources)
    yield _attempt("plans", lambda: _check_plans(parts.sources))
    yield _attempt(_FAILED, lambda: _check_failed(parts.database, parts.sources))
    yield _attempt(_WAITING, lambda: _check_waiting(parts.database))
    yield _attempt(_UNMATCHED, lambda: _check_unmatched(parts.database))


def _attempt(what: str, check: Callable[[], Finding]) -> Finding:
    try:
        with own_errors(what):
            return check()
    except (GradelineError, OSError) as error:
        return Finding(what=what, verdict=Verdict.BAD, message=str(error))


def _check_python() -> Finding:
    version = platform.python_version()
    if sys.version_info[:3] >= _PYTHON_FLOOR:
        return Finding(what="Python", verdict=Verdict.GOOD, message=version)
    floor = ".".join(map(str, _PYTHON_FLOOR))
    message = f"{version} has known bugs in reading archives. Upgrade to Python {floor} or later."
    return Finding(what="Python", verdict=Verdict.WARN, message=message)


def _check_disk(spool: Path) -> Finding:
    free = shutil.disk_usage(spool).free
    verdict = Verdict.GOOD if free >= _LOW_DISK_BYTES else Verdict.WARN
    advice = "" if verdict is Verdict.GOOD else " Free some, or set GRADELINE_HOME elsewhere."
    return Finding(what="disk", verdict=verdict, message=f"{free / 1e9:.1f} GB free.{advice}")


def check_home(home: Path) -> Finding:
    """Look for folders of the home that other users of this machine can read or write."""
    folders = [home, *sorted(path for path in home.iterdir() if path.is_dir())]
    found = {path: open_to_others(path) for path in folders}
    if not any(found.values()):
        return Finding(what="home", verdict=Verdict.GOOD, message="closed to other users")
    worst = "write" if "write" in found.values() else "read"
    names = ", ".join(str(path) for path, may in found.items() if may == worst)
    message = (
        f"Other users of this machine can {worst} {names}: names, grades and what Gradeline reads."
        f" Run `chmod -R o-rwx {home}`; REPORTS_GROUP lets a group read reports."
    )
    if is_root():
        message += f" As root, run `chmod o+x {home} {home / 'db'} {home / 'db' / 'run'}` after it."
    return Finding(what="home", verdict=Verdict.WARN, message=message)


def _check_database(database: Database) -> Finding:
    with database.connect() as connection:
        number = connection.info.server_version  # 150018 = 15.18
        encrypted = bool(connection.pgconn.ssl_in_use)
    message = database.description + ", " + judge_postgres(number, embedded=database.embedded)
    doubt = judge_encryption(database.login.parameters, encrypted=encrypted)
    message = f"{message.rstrip('.')}. {doubt}" if doubt else message
    verdict = Verdict.WARN if message.endswith(".") else Verdict.GOOD
    return Finding(what="database", verdict=verdict, message=message)


def judge_encryption(parameters: Mapping[str, str], *, encrypted: bool) -> str:
    """Return a sentence where others on the way could read what goes to the database.

    Args:
        parameters: libpq's keywords of the login.
        encrypted: whether the connection is.
    """
    host = parameters.get("host") or parameters.get("hostaddr") or ""
    if all(map(is_loopback, host.split(","))):
        return ""
    if not encrypted:
        return "The connection is not encrypted: switch TLS on at the server."
    if parameters.get("sslmode", "").startswith("verify-") or all(map(is_private, host.split(","))):
        return ""
    return (
        "The connection is encrypted, but nobody checks that it leads to your server. Set"
        " sslmode=verify-full and sslrootcert (system, or a file) in DATABASE_URL."
    )


def judge_postgres(number: int, *, embedded: bool) -> str:
    """Return the name of a PostgreSQL release; a sentence where it lacks fixes.

    Args:
        number: as servers tell it, e.g. 150018 for 15.18.
        embedded: whether it comes with Gradeline, so that nobody can update it alone.
    """
    major, minor = divmod(number, 10_000)
    shown = f"PostgreSQL {major}.{minor}"
    if embedded and (major, minor) < _NEWEST_EMBEDDED:
        newest = ".".join(map(str, _NEWEST_EMBEDDED))
        return f"{shown} ({newest} has more fixes: upgrade Gradeline once it brings it)"
    floor = _POSTGRES_FLOORS.get(major)
    if floor is not None and minor < floor:
        return f"{shown}: update it to {major}.{floor} or newer."
    return shown


def _check_lake(lake: Lake) -> Finding:
    lake.check_store()
    message = f"{lake.description} reads and writes, and creates without overwriting"
    return Finding(what="lake", verdict=Verdict.GOOD, message=message)


def _check_choices(choices: Choices) -> Finding:
    """Look for mistakes in cursos.yml; courses that have one get no documents."""
    mistakes = " ".join(choices.mistakes.values())
    if mistakes:
        return Finding(what="cursos.yml", verdict=Verdict.BAD, message=mistakes)
    return Finding(what="cursos.yml", verdict=Verdict.GOOD, message="no mistakes")


def _check_sources(sources: Mapping[str, Source]) -> Iterator[Finding]:
    if not sources:
        message = "None is set. Name one: FILES_DATASETS (see gradeline settings)."
        yield Finding(what="sources", verdict=Verdict.WARN, message=message)
    for name, source in sources.items():
        yield _attempt(f"source {name}", partial(_check_source, name, source))


def _check_source(name: str, source: Source) -> Finding:
    slices = count(len(source.plan(PlanRequest()).slices), "slice")
    return Finding(what=f"source {name}", verdict=Verdict.GOOD, message=f"can read {slices}")


def _check_plans(sources: Mapping[str, Source]) -> Finding:
    """Look for plan files that fit no course, and for courses without one where others have one."""
    replacing = [source for source in sources.values() if isinstance(source, ReplacesPlans)]
    if not replacing:
        return Finding(what="plans", verdict=Verdict.GOOD, message="no plan files")
    matched = replacing[0].match_courses()
    messages = [f"{len(matched.files)} courses have one"]
    if matched.unmatched:
        files = ", ".join(f"planification/{name}" for name in matched.unmatched)
        messages.append(f"no course fits {files} (name it under plan: in cursos.yml)")
    if matched.without_file:
        messages.append(f"without one: {', '.join(matched.without_file)}")
    verdict = Verdict.WARN if matched.unmatched else Verdict.GOOD
    return Finding(what="plans", verdict=verdict, message="; ".join(messages))


def _check_failed(database: Database, sources: Collection[str]) -> Finding:
    """Name the slices of these sources whose newest content could not be loaded, with reasons."""
    with database.connect() as connection:
        entries = ledger.read_entries(connection, states=[State.FAILED])
    failed = [
        (entry.slice, entry.reason or "")
        for entry in entries
        if entry.slice.source in sources and entry.gone_at is None
    ]
    if not failed:
        return Finding(what=_FAILED, verdict=Verdict.GOOD, message="none")
    advice = "The next run tries again; until then figures and reports lack this data."
    message = " ".join([*with_reasons("failed", failed), advice])
    return Finding(what=_FAILED, verdict=Verdict.BAD, message=message)


def _check_waiting(database: Database) -> Finding:
    """Count what waits for a person."""
    with database.connect() as connection:
        held = len(ledger.read_entries(connection, states=[State.HELD]))
        broken = sum(reason.records for reason in quarantine.counts(connection))
    waiting = {
        f"{count(held, 'slice')} on hold": held,
        f"{count(broken, 'record')} in quarantine": broken,
    }
    message = ", ".join(what for what, number in waiting.items() if number)
    return Finding(
        what=_WAITING,
        verdict=Verdict.WARN if message else Verdict.GOOD,
        message=message or "nothing needs your attention",
    )


def _check_unmatched(database: Database) -> Finding:
    """Name the rows whose course, learner or item the last run found in no table."""
    with database.connect() as connection:
        found = results.read_unmatched(connection)
    if not found:
        return Finding(what=_UNMATCHED, verdict=Verdict.GOOD, message="none")
    message = " ".join([*unmatched_sentences(found), UNMATCHED_ADVICE])
    return Finding(what=_UNMATCHED, verdict=Verdict.WARN, message=message)
