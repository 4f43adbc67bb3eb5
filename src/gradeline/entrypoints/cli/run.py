"""`gradeline run` and `gradeline sources`: the main job, from the systems to the reports."""

from __future__ import annotations

import logging
from dataclasses import astuple
from datetime import UTC, datetime
from typing import Annotated

import typer

from gradeline.base.clock import now, parse_instant
from gradeline.base.errors import GradelineError, WrongUse
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.context import open_run, screen_of, settings_of
from gradeline.entrypoints.cli.options import Plan
from gradeline.entrypoints.cli.run_end import print_summary, push_summary, summarise
from gradeline.entrypoints.cli.run_result import print_result
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.after_run import deliver_rest
from gradeline.flows.groups_file import describe_groups
from gradeline.flows.parts import Parts
from gradeline.flows.run import (
    RunRequest,
    RunResult,
    Steps,
    plan_run,
)
from gradeline.flows.run_and_deliver import RunEnd, run_and_deliver
from gradeline.flows.upkeep.source_status import file_encodings, source_status
from gradeline.settings import Settings
from gradeline.wiring.run import sync_new_courses, terms_of

_log = logging.getLogger(__name__)

#: What `_parse_time` takes: 1970 to 2199 in every time zone. Days are counted from 1970 on.
_EARLIEST, _LATEST = datetime(1969, 12, 31, tzinfo=UTC), datetime(2200, 1, 2, tzinfo=UTC)


def run(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Argument(help="Only these sources; by default all.")
    ] = None,
    category: Annotated[str | None, typer.Option(help="Only courses of this category.")] = None,
    course: Annotated[str | None, typer.Option(help="Only this course.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Collect data from this day or time on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Collect data up to, not including, this time.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="Calculate as of this time.")] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Recalculate and rewrite everything.")
    ] = False,
    plan: Plan = False,
    download_only: Annotated[bool, typer.Option("--download-only", help="Only collect.")] = False,
    analysis_only: Annotated[
        bool, typer.Option("--analysis-only", help="Only calculate and write reports.")
    ] = False,
    upload_only: Annotated[
        bool, typer.Option("--upload-only", help="Only deliver what was not delivered yet.")
    ] = False,
    no_upload: Annotated[bool, typer.Option("--no-upload", help="Do not deliver reports.")] = False,
) -> int:
    """Collect new data, recalculate metrics and update reports."""
    steps = _choose_steps(
        download_only=download_only,
        analysis_only=analysis_only,
        upload_only=upload_only,
        no_upload=no_upload,
    )
    settings, screen = settings_of(context), screen_of(context)
    span = _parse_span(since, until, settings)
    request = RunRequest(
        sources=tuple(source or ()),
        category=category,
        course=course,
        since=span[0],
        until=span[1],
        terms=terms_of(settings, _parse_time("--as-of", as_of, settings)),
        full=full,
    )
    if plan:
        with open_run(settings, screen, reads=request.sources if steps.collect else None) as parts:
            return _print_plan(parts, request, screen)
    started_at = now()
    end = _run(settings, request, steps, screen)
    print_result(end.result, screen)
    summary, ended_at = summarise(end.result, end.error), now()
    print_summary(summary, screen, started_at, ended_at)
    push_summary(summary, settings, screen, ended_at, (ended_at - started_at).total_seconds())
    if end.error is not None:
        raise end.error
    return summary.exit_code


def _run(settings: Settings, request: RunRequest, steps: Steps, screen: Screen) -> RunEnd:
    """Take the steps; an error that ends them is in the log, and part of what is returned."""
    try:
        with open_run(settings, screen, reads=request.sources if steps.collect else None) as parts:
            if not steps.collect and not steps.analyse:
                return RunEnd(result=RunResult(delivery=deliver_rest(parts, request)))
            if steps.collect:
                parts = sync_new_courses(parts, settings, request.sources)
            end = run_and_deliver(parts, request, steps, screen.progress)
            if end.error is not None:
                _log.error("%s", end.error)
            return end
    except GradelineError as error:
        return RunEnd(result=RunResult(), error=error)


def sources(context: typer.Context) -> None:
    """List the sources in the settings and the state of their data.

    Slices that ended are loaded or empty; those waiting have work left. Text files are listed with
    their encoding: found by proof, set in FILES_ENCODINGS, or guessed from their words.
    """
    screen = screen_of(context)
    with open_run(settings_of(context), screen) as parts:
        rows = [astuple(status) for status in source_status(parts.database, parts.sources)]
        files = [astuple(file) for file in file_encodings(parts.database, parts.sources)]
        groups = describe_groups(parts.database)
    if not rows and not screen.json:
        screen.answer("No source is set. Name one in FILES_DATASETS, see `gradeline settings`.")
        return
    screen.table(("source", "slices", "ended", "waiting", "failed", "held", "rows"), rows)
    if files:
        screen.table(("source", "file", "encoding", "known"), files)
    if groups is not None and not screen.json:
        screen.answer(groups)


def _print_plan(parts: Parts, request: RunRequest, screen: Screen) -> int:
    """Print what a run would do; return 1 where a source cannot be read."""
    code = 0
    for name, planned in plan_run(parts, request):
        if planned.unread:
            screen.say(f"{name} could not be read: {planned.unread}")
            code = 1
            continue
        screen.answer(
            f"{name}: {count(len(planned.slices), 'slice')} to read, "
            f"{planned.settled} with nothing to do",
            source=name,
            to_read=len(planned.slices),
            settled=planned.settled,
        )
        screen.table(
            ("slice", "state", "tries"),
            [(str(entry.slice), entry.state, entry.tries) for entry in planned.slices],
        )
    return code


def _choose_steps(
    *, download_only: bool, analysis_only: bool, upload_only: bool, no_upload: bool
) -> Steps:
    only = [
        flag
        for flag, chosen in (
            ("--download-only", download_only),
            ("--analysis-only", analysis_only),
            ("--upload-only", upload_only),
        )
        if chosen
    ]
    if len(only) > 1:
        raise WrongUse(f"{' and '.join(only)} exclude each other.", hint="Give one of them.")
    if upload_only and no_upload:
        raise WrongUse(
            "--upload-only and --no-upload exclude each other.", hint="Give one of them."
        )
    return Steps(
        collect=not (analysis_only or upload_only),
        analyse=not (download_only or upload_only),
        deliver=not (download_only or analysis_only or no_upload),
    )


def _parse_span(
    since: str | None, until: str | None, settings: Settings
) -> tuple[datetime | None, datetime | None]:
    first = _parse_time("--since", since, settings)
    end = _parse_time("--until", until, settings)
    if first is not None and end is not None and first >= end:
        raise WrongUse(
            f"--since {since} is not before --until {until}, so there is nothing to collect.",
            hint="Data are collected from --since on, up to but not including --until.",
        )
    return first, end


def _parse_time(flag: str, text: str | None, settings: Settings) -> datetime | None:
    if text is None:
        return None
    try:
        instant = parse_instant(text, settings.school_timezone)
    except (ValueError, OverflowError) as error:
        raise WrongUse(
            f"{flag} {text} is not a date or time.", hint="Write 2024-01-31 or 2024-01-31T08:00."
        ) from error
    if not _EARLIEST <= instant < _LATEST:
        raise WrongUse(f"{flag} {text} is too far away.", hint="Write a time from 1970 to 2199.")
    return instant
