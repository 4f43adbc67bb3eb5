"""Schedules: named by settings or added by a command; each is due on the school's wall clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from gradeline.base.errors import WrongUse
from gradeline.base.plurals import count
from gradeline.flows.upkeep.diagnose import Finding, Verdict
from gradeline.jobs.names import job_of
from gradeline.jobs.schedule import next_instant
from gradeline.records.schedules import NewSchedule, Schedule
from gradeline.warehouse import Connection, Database, schedules
from gradeline.warehouse.deliveries import recipients

#: Who added the schedules that settings name, and their origin.
SETTINGS = "settings"
#: What is due and not begun for so long is overdue: a worker looks every second.
_LATE_AFTER = timedelta(minutes=15)


def sync_schedules(
    connection: Connection, named: Sequence[NewSchedule], zone: str, now: datetime
) -> None:
    """Make schedules of those that settings name, and let all be due by the school's clock.

    One whose cron line and zone are as before is due when it was: what was missed is caught up.

    Args:
        connection: whose transaction it is.
        named: by settings.
        zone: the school's.
        now: the instant after which new schedules begin.
    """
    known = {one.name: one for one in schedules.ls(connection)}
    for wanted in named:
        if not _is_kept(known.get(wanted.name), wanted, zone):
            schedules.put(connection, wanted, zone=zone, next_at=_next(wanted, zone, now))
    for other in known.keys() - {one.name for one in named}:
        if known[other].origin == SETTINGS:
            schedules.remove(connection, other)
        elif known[other].zone != zone:
            schedules.move(connection, other, zone=zone, next_at=_next(known[other], zone, now))


def add_schedule(connection: Connection, wanted: NewSchedule, zone: str, now: datetime) -> datetime:
    """Store a schedule in the place of the one with its name; return when it is due first.

    Raises:
        WrongUse: its cron line or its job is wrong, or settings name that schedule.
    """
    job_of(wanted.job, wanted.arguments)
    first = _next(wanted, zone, now)
    known = {one.name: one for one in schedules.ls(connection)}.get(wanted.name)
    if known is not None and known.origin == SETTINGS:
        raise WrongUse(
            f"The schedule {wanted.name} comes from settings.",
            hint=f"Change SCHEDULE_{wanted.name.upper()}, or take another name.",
        )
    schedules.put(connection, wanted, zone=zone, next_at=first)
    return first


def pause_schedule(connection: Connection, name: str) -> None:
    """Let a schedule not be due until it is resumed.

    Raises:
        WrongUse: there is none of that name.
    """
    _find(connection, name)
    schedules.pause(connection, name)


def resume_schedule(connection: Connection, name: str, now: datetime) -> datetime:
    """Let a schedule be due again; return when. What was missed meanwhile is not caught up.

    Raises:
        WrongUse: there is none of that name.
    """
    schedule = _find(connection, name)
    following = _next(schedule, schedule.zone, now)
    resumed = schedules.resume(connection, name, following)
    return following if resumed else schedule.next_at


def remove_schedule(connection: Connection, name: str) -> None:
    """Delete a schedule that a command added.

    Raises:
        WrongUse: there is none of that name, or settings name it.
    """
    if _find(connection, name).origin == SETTINGS:
        raise WrongUse(
            f"The schedule {name} comes from settings and would come back.",
            hint=f"`gradeline schedules pause {name}` keeps it from being due.",
        )
    schedules.remove(connection, name)


def diagnose_schedules(database: Database, now: datetime) -> Iterator[Finding]:
    """Yield what was found about schedules: their last runs, and whether anybody runs them."""
    with database.connect() as connection:
        known = schedules.ls(connection)
        waiting = [one for one in recipients.ls(connection) if one.paused_because is None]
    late = [one.name for one in known if one.paused_at is None and _is_late(one.next_at, now)]
    late += [str(one) for one in waiting if _is_late(one.next_at, now)]
    if late:
        text = f"Overdue: {', '.join(late)}. Is `gradeline worker` running? It catches up once."
        yield Finding(what="schedules", verdict=Verdict.WARN, message=text)
    for one in known:
        if one.problem is not None and one.ended_at is not None:
            ended = f"{one.ended_at:%Y-%m-%d %H:%M} UTC"
            text = f"The run that ended {ended} had problems: {one.problem}"
            yield Finding(what=f"schedule {one.name}", verdict=Verdict.WARN, message=text)
    if known and not late:
        text = f"{count(len(known), 'schedule')}; none is overdue."
        yield Finding(what="schedules", verdict=Verdict.GOOD, message=text)


def _is_late(due_at: datetime | None, now: datetime) -> bool:
    return due_at is not None and due_at < now - _LATE_AFTER


def _find(connection: Connection, name: str) -> Schedule:
    known = {one.name: one for one in schedules.ls(connection)}
    if name not in known:
        raise WrongUse(
            f"No schedule is called {name}.",
            hint=f"Known: {', '.join(known) or 'none'}. `gradeline schedules ls` shows them.",
        )
    return known[name]


def _is_kept(known: Schedule | None, wanted: NewSchedule, zone: str) -> bool:
    """Whether a schedule is stored as it is wanted."""
    if known is None or known.zone != zone:
        return False
    names = NewSchedule.__dataclass_fields__
    return all(getattr(known, name) == getattr(wanted, name) for name in names)


def _next(schedule: NewSchedule, zone: str, now: datetime) -> datetime:
    return next_instant(schedule.cron, zone, now)
