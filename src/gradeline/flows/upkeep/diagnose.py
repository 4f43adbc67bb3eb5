"""Diagnose: try every part once, and say what is wrong and what to do about it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from gradeline.base.clock import now
from gradeline.base.errors import GradelineError, LakeError, see_case
from gradeline.base.plurals import count
from gradeline.flows.courses.cursos_yml import FILE, Choices
from gradeline.flows.courses.join import read_joined
from gradeline.flows.courses.plan_files import courses_of_facts
from gradeline.flows.groups_file import describe_groups
from gradeline.flows.own_errors import own_errors
from gradeline.flows.parts import Parts
from gradeline.flows.problems import with_reasons
from gradeline.flows.upkeep.backup_state import judge_backups
from gradeline.flows.upkeep.exposure import judge_encryption, judge_home
from gradeline.flows.upkeep.unmatched import UNMATCHED_ADVICE, unmatched_sentences
from gradeline.lake import Lake
from gradeline.records.course_list import plain
from gradeline.records.slices import State
from gradeline.sources.source import PlanRequest, ReplacesPlans, Source
from gradeline.warehouse import Database, read_clock, results
from gradeline.warehouse.slices import ledger, quarantine

#: Below this a collection of a few courses no longer fits: an embedded database alone
#: keeps up to 1 GB of write-ahead log.
_LOW_DISK_BYTES = 2_000_000_000
#: Minor release → the first patch of it without known bugs in zip and tar readers, on which we do
#: not rely, but others in the process may. A later minor release has had none.
_PYTHON_FLOORS = {(3, 11): 14, (3, 12): 12, (3, 13): 8}
#: major version → the minor release with the fixes of May 2026
_POSTGRES_FLOORS = {15: 18, 16: 14, 17: 10, 18: 4}
#: The newest release that we know of; the embedded server gets it with a newer Gradeline alone.
_NEWEST_EMBEDDED = (18, 7)
#: Google refuses tokens whose time is five minutes off, S3 fifteen.
_CLOCK_S = 60.0
_FAILED = "slices that failed"
_WAITING = "quarantine and held slices"
_UNMATCHED = "data that no figure counts"
_JOINED = "joined courses"


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
    case: str = ""  #: the heading of the troubleshooting page that helps

    def __str__(self) -> str:
        """Return what was found, and where more is written."""
        return f"{self.message} {see_case(self.case)}".strip()


def diagnose(parts: Parts) -> Iterator[Finding]:
    """Try every part and yield a finding for each; changes nothing but a probe object."""
    yield check_python(sys.version_info[:3])
    yield check_disk(shutil.disk_usage(parts.spool).free)
    yield _check_home(parts.spool.parent)
    yield _attempt("database", lambda: _check_database(parts.database))
    yield _attempt("clock", lambda: _check_clock(parts.database))
    yield _attempt("lake", lambda: check_lake(parts.lake))
    yield _attempt("backups", lambda: check_backups(parts))
    yield _attempt(FILE, lambda: check_choices(parts.choices, courses_of_facts(parts.database)))
    yield _attempt(_JOINED, lambda: _check_joined(parts))
    yield from _check_sources(parts.sources)
    yield _attempt("plans", lambda: check_plans(parts.sources))
    yield _attempt("groups", lambda: _check_groups(parts.database))
    yield _attempt(_FAILED, lambda: _check_failed(parts.database, parts.sources))
    yield _attempt(_WAITING, lambda: _check_waiting(parts.database))
    yield _attempt(_UNMATCHED, lambda: _check_unmatched(parts.database))


def _attempt(what: str, check: Callable[[], Finding]) -> Finding:
    try:
        with own_errors(what):
            return check()
    except (GradelineError, OSError) as error:
        return Finding(what=what, verdict=Verdict.BAD, message=str(error))


def check_python(version: tuple[int, ...]) -> Finding:
    """Look whether a release of Python, such as (3, 11, 14), is one to run with."""
    shown, minor = ".".join(map(str, version)), (version[0], version[1])
    patch = _PYTHON_FLOORS.get(minor, 0)
    if version[2] >= patch:
        return Finding(what="Python", verdict=Verdict.GOOD, message=shown)
    floor = f"{minor[0]}.{minor[1]}.{patch}"
    message = f"{shown} has known bugs in reading archives. Upgrade to Python {floor} or later."
    return Finding(what="Python", verdict=Verdict.WARN, message=message, case="old-versions")


def check_disk(free: int) -> Finding:
    """Look whether so many bytes are enough."""
    shown = f"{free / 1e9:.1f} GB free."
    if free >= _LOW_DISK_BYTES:
        return Finding(what="disk", verdict=Verdict.GOOD, message=shown)
    message = f"{shown} Free some, or set GRADELINE_HOME elsewhere."
    return Finding(what="disk", verdict=Verdict.WARN, message=message, case="little-disk-space")


def check_clock(ahead_s: float, whose: str) -> Finding:
    """Look whether another clock, ahead of ours by so many seconds, agrees with ours."""
    if abs(ahead_s) <= _CLOCK_S:
        message = f"agrees with the clock of {whose}"
        return Finding(what="clock", verdict=Verdict.GOOD, message=message)
    how = "behind" if ahead_s > 0 else "ahead of"
    message = (
        f"This machine's clock is {abs(ahead_s):.0f} seconds {how} the clock of {whose}."
        " Set it, for instance by `timedatectl set-ntp true`."
    )
    return Finding(what="clock", verdict=Verdict.WARN, message=message, case="the-clock-is-wrong")


def _check_clock(database: Database) -> Finding:
    with database.connect() as connection:
        ahead_s = (read_clock(connection) - now()).total_seconds()
    return check_clock(ahead_s, database.description)


def _check_home(home: Path) -> Finding:
    message = judge_home(home)
    verdict = Verdict.WARN if message else Verdict.GOOD
    return Finding(what="home", verdict=verdict, message=message or "closed to other users")


def _check_database(database: Database) -> Finding:
    with database.connect() as connection:
        number = connection.info.server_version  # 150018 = 15.18
        encrypted = bool(connection.pgconn.ssl_in_use)
        # Also what a service file or the environment says.
        chosen = {"host": connection.info.host} | connection.info.get_parameters()
    found = check_postgres(number, database.description, embedded=database.embedded)
    doubt = judge_encryption(chosen, encrypted=encrypted)
    if not doubt:
        return found
    return replace(found, verdict=Verdict.WARN, message=f"{found.message.rstrip('.')}. {doubt}")


def check_postgres(number: int, where: str, *, embedded: bool) -> Finding:
    """Look whether a release of PostgreSQL, such as 150018, is one to keep data in."""
    shown = judge_postgres(number, embedded=embedded)
    verdict = Verdict.WARN if shown.endswith(".") else Verdict.GOOD
    case = "old-versions" if verdict is Verdict.WARN else ""
    return Finding(what="database", verdict=verdict, message=f"{where}, {shown}", case=case)


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


def check_lake(lake: Lake) -> Finding:
    """Write, list and delete a probe."""
    try:
        lake.check_store()
    except LakeError as error:
        case = "the-store-takes-no-probe"
        return Finding(what="lake", verdict=Verdict.BAD, message=str(error), case=case)
    message = f"{lake.description} reads and writes, and creates without overwriting"
    return Finding(what="lake", verdict=Verdict.GOOD, message=message)


def check_backups(parts: Parts) -> Finding:
    """Look whether the newest backup is good and was made in time."""
    message, good = judge_backups(parts, now())
    verdict = Verdict.GOOD if good else Verdict.WARN
    case = "" if good else "the-backup-failed"
    return Finding(what="backups", verdict=verdict, message=message, case=case)


def check_choices(choices: Choices, known: Collection[str]) -> Finding:
    """Look for mistakes in cursos.yml, and for courses that are not among the `known` ones.

    Courses with a mistake get no documents. Before anything was read, no course is known, and
    none is missing.
    """
    case = "cursosyml-has-a-mistake"
    mistakes = " ".join(choices.mistakes.values())
    if mistakes:
        return Finding(what=FILE, verdict=Verdict.BAD, message=mistakes, case=case)
    spelled = {plain(each) for each in known}
    names = [entry.course_id for entry in choices.book.courses]
    missing = [name for name in names if known and plain(name) not in spelled]
    if missing:
        message = (
            f"No data names {', '.join(missing)}. Write the ID as its system has it, or remove the"
            " course; one that is still to come may stay."
        )
        return Finding(what=FILE, verdict=Verdict.WARN, message=message, case=case)
    return Finding(what=FILE, verdict=Verdict.GOOD, message="no mistakes")


def _check_joined(parts: Parts) -> Finding:
    """Look for mistakes in what `also:` of cursos.yml says, and for ids that no fact has."""
    with parts.database.connect() as connection:
        found = read_joined(connection, parts.sources, parts.choices.book)
    if found.mistakes:
        message = " ".join(found.mistakes.values())
        return Finding(what=_JOINED, verdict=Verdict.BAD, message=message)
    if found.unused:
        message = (
            f"no data names {', '.join(found.unused)}. Compare with `gradeline courses propose`."
        )
        return Finding(what=_JOINED, verdict=Verdict.WARN, message=message)
    message = (
        f"{count(len(found.links.links), 'course')} of other systems"
        if found.links.links
        else "none"
    )
    return Finding(what=_JOINED, verdict=Verdict.GOOD, message=message)


def _check_sources(sources: Mapping[str, Source]) -> Iterator[Finding]:
    if not sources:
        message = "None is set. Name one: FILES_DATASETS (see gradeline settings)."
        yield Finding(what="sources", verdict=Verdict.WARN, message=message)
    for name, source in sources.items():
        yield _attempt(f"source {name}", partial(_check_source, name, source))


def _check_source(name: str, source: Source) -> Finding:
    slices = count(len(source.plan(PlanRequest()).slices), "slice")
    return Finding(what=f"source {name}", verdict=Verdict.GOOD, message=f"can read {slices}")


def check_plans(sources: Mapping[str, Source]) -> Finding:
    """Look for plan files that fit no course, and for courses without one where others have one."""
    replacing = [source for source in sources.values() if isinstance(source, ReplacesPlans)]
    if not replacing:
        return Finding(what="plans", verdict=Verdict.GOOD, message="no plan files")
    matched = replacing[0].match_courses()
    messages = [f"{count(len(matched.files), 'course')} with a plan file"]
    if matched.unmatched:
        files = ", ".join(f"planification/{name}" for name in matched.unmatched)
        messages.append(f"no course fits {files} (name the file under plan: in cursos.yml)")
    if matched.without_file:
        messages.append(f"without one: {', '.join(matched.without_file)}")
    named = matched.unmatched or matched.without_file
    return Finding(
        what="plans",
        verdict=Verdict.WARN if matched.unmatched else Verdict.GOOD,
        message=f"{'; '.join(messages)}.",
        case="plan-files-and-courses-do-not-match" if named else "",
    )


def _check_groups(database: Database) -> Finding:
    """Say what people's groups file does."""
    message = describe_groups(database) or "no groups file"
    return Finding(what="groups", verdict=Verdict.GOOD, message=message)


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
