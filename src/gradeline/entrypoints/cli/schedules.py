"""`gradeline schedules`: which job is due when."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from gradeline.base.clock import now
from gradeline.entrypoints.cli.context import open_connection, screen_of, settings_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.jobs.names import arguments_of, parse_job
from gradeline.jobs.schedule import next_instants
from gradeline.records.schedules import NewSchedule, Schedule
from gradeline.settings import Settings
from gradeline.warehouse import Connection, schedules

app = typer.Typer(help="Manage what the worker does, and when.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="As `ls` prints it.")]

#: How many of the next instants `ls` shows.
_SHOWN = 3


@app.command("ls")
def ls(context: typer.Context) -> None:
    """List schedules with their next three times, in school time."""
    settings, screen = settings_of(context), screen_of(context)
    with open_connection(context, screen) as connection:
        _sync(connection, settings)
        known = schedules.ls(connection)
    columns = ("name", "when", "zone", "job", "next", "added by", "paused", "last end", "problem")
    screen.table(columns, [_row(one, screen) for one in known])


@app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name of your own for it.")],
    cron: Annotated[str, typer.Argument(help="A cron line in school time, in quotes.")],
    job: Annotated[
        str, typer.Argument(help="collect, run, deliver, transform, levels or bot-backup.")
    ],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARGUMENT=VALUE]...",
            help="For collect: sources. For run: category, course. For transform: source.",
        ),
    ] = None,
) -> None:
    """Add a schedule, or change the one of that name."""
    from gradeline.flows.schedules import add_schedule  # brings psycopg

    settings, screen = settings_of(context), screen_of(context)
    wanted = NewSchedule(
        name=name,
        cron=cron,
        job=job,
        arguments=arguments_of(parse_job(job, arguments or ())),
        added_by=getpass.getuser(),
    )
    with open_connection(context, screen) as connection:
        _sync(connection, settings)
        first = add_schedule(connection, wanted, settings.school_timezone, now())
    _answer(screen, settings, name, first)


@app.command("pause")
def pause(context: typer.Context, name: Name) -> None:
    """Let a schedule not be due until it is resumed."""
    from gradeline.flows.schedules import pause_schedule  # brings psycopg

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        _sync(connection, settings_of(context))
        pause_schedule(connection, name)
    screen.answer(f"The schedule {name} is paused.", name=name, paused=True)


@app.command("resume")
def resume(context: typer.Context, name: Name) -> None:
    """Let a paused schedule be due again; what it missed is not caught up."""
    from gradeline.flows.schedules import resume_schedule  # brings psycopg

    settings, screen = settings_of(context), screen_of(context)
    with open_connection(context, screen) as connection:
        _sync(connection, settings)
        following = resume_schedule(connection, name, now())
    _answer(screen, settings, name, following)


@app.command("rm")
def rm(context: typer.Context, name: Name) -> None:
    """Remove a schedule that `add` added."""
    from gradeline.flows.schedules import remove_schedule  # brings psycopg

    screen = screen_of(context)
    with open_connection(context, screen) as connection:
        _sync(connection, settings_of(context))
        remove_schedule(connection, name)
    screen.answer(f"The schedule {name} is gone.", name=name)


def _sync(connection: Connection, settings: Settings) -> None:
    from gradeline.flows.schedules import sync_schedules  # brings psycopg
    from gradeline.wiring.schedules import schedules_of  # as above

    sync_schedules(connection, schedules_of(settings), settings.school_timezone, now())


def _answer(screen: Screen, settings: Settings, name: str, at: datetime) -> None:
    when = _local(at, settings.school_timezone)
    screen.answer(f"The schedule {name} is due next at {when}.", name=name, next=when)


def _row(schedule: Schedule, screen: Screen) -> tuple[object, ...]:
    words = [f"{name}={_text(value)}" for name, value in sorted(schedule.arguments.items())]
    times = [_local(each, schedule.zone) for each in _next_times(schedule)]
    ended_at = _local(schedule.ended_at, schedule.zone) if schedule.ended_at else None
    paused_at = _local(schedule.paused_at, schedule.zone) if schedule.paused_at else None
    return (
        schedule.name,
        schedule.cron,
        schedule.zone,
        " ".join((schedule.job, *words)),
        times if screen.json else "\n".join(times),
        schedule.added_by,
        paused_at,
        ended_at,
        schedule.problem,
    )


def _next_times(schedule: Schedule) -> list[datetime]:
    """Return when a schedule is due next; a paused one is not."""
    if schedule.paused_at is not None:
        return []
    rest = next_instants(schedule.cron, schedule.zone, schedule.next_at, _SHOWN - 1)
    return [schedule.next_at, *rest]


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def _text(value: object) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)
