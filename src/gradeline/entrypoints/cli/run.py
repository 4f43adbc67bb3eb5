"""`gradeline run` and `gradeline sources`: the main job, from systems to documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, fields
from datetime import datetime
from typing import Annotated, Any

import typer

from gradeline.base.clock import instant_of
from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.parts import Parts
from gradeline.flows.run import RunRequest, RunResult, Steps, plan_run, run_all, source_status
from gradeline.records.slices import Slice
from gradeline.settings import Settings
from gradeline.wiring import terms_of


def run(
    context: typer.Context,
    source: Annotated[list[str] | None, typer.Argument(help="Only these sources.")] = None,
    category: Annotated[str | None, typer.Option(help="Only courses of this category.")] = None,
    course: Annotated[str | None, typer.Option(help="Only this course.")] = None,
    since: Annotated[str | None, typer.Option(help="First day or instant to collect.")] = None,
    until: Annotated[str | None, typer.Option(help="Collect what lies before this.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Count as if it were this instant.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Count and write everything anew.")] = False,
    plan: Annotated[bool, typer.Option("--plan", help="Only print what would be done.")] = False,
    download_only: Annotated[bool, typer.Option("--download-only", help="Only collect.")] = False,
    analysis_only: Annotated[
        bool, typer.Option("--analysis-only", help="Only count and write reports.")
    ] = False,
    upload_only: Annotated[bool, typer.Option("--upload-only", help="Only deliver.")] = False,
    no_upload: Annotated[bool, typer.Option("--no-upload", help="Deliver nothing.")] = False,
    json: Json = False,
) -> int:
    """Collect what is new, count what it changed, write the reports that follow from it."""
    steps = _steps(
        download_only=download_only,
        analysis_only=analysis_only,
        upload_only=upload_only,
        no_upload=no_upload,
    )
    settings, screen = settings_of(context), screen_of(context, json)
    request = RunRequest(
        sources=tuple(source or ()),
        category=category,
        course=course,
        since=_instant("--since", since, settings),
        until=_instant("--until", until, settings),
        terms=terms_of(settings, _instant("--as-of", as_of, settings)),
        full=full,
    )
    with wired(settings, screen) as parts:
        if plan:
            _print_plan(parts, request, screen)
            return 0
        return finish(run_all(parts, request, steps, screen.progress), screen)


def sources(context: typer.Context, json: Json = False) -> None:
    """List the systems that settings name, with what the ledger holds of each."""
    screen = screen_of(context, json)
    with wired(settings_of(context), screen) as parts:
        rows = [astuple(each) for each in source_status(parts.database, parts.sources)]
    if not rows and not screen.json:
        screen.answer("No source is set. Name one in FILES_DATASETS (see gradeline settings).")
        return
    screen.table(("source", "slices", "ended", "waiting", "failed", "held", "rows"), rows)


def finish(result: RunResult, screen: Screen) -> int:
    """Print what a run did; give its exit code."""
    for name, done in result.collected:
        screen.answer(_told(name, done), source=name, **_counted(done))
        for state, those in (
            ("failed", done.failed),
            ("held", done.held),
            ("not ready yet", done.not_ready),
        ):
            for reason, which in _by_reason(those).items():
                more = f" and {len(which) - 1} more" if len(which) > 1 else ""
                screen.say(f"{which[0]}{more} {state}: {reason}")
        if done.unread:
            screen.say(f"{name} could not be read: {done.unread}")
        if done.gone:
            screen.say(
                f"{len(done.gone)} slices of {name} are gone from it and still count: "
                f"{', '.join(map(str, done.gone[:3]))} … Give them up with gradeline slices drop."
            )
        if done.left:
            screen.say(f"{done.left} slices of {name} were left for the next run.")
    _print_analysis(result, screen)
    return 1 if result.failed else 0


def _by_reason(those: Iterable[tuple[Slice, str]]) -> dict[str, list[Slice]]:
    """Slices by why they are named: one mistake in a file or in SQL is told once."""
    found: dict[str, list[Slice]] = {}
    for which, reason in those:
        found.setdefault(reason, []).append(which)
    return found


def _counted(done: CollectOutcome) -> dict[str, Any]:
    """The figures of a collection; of slices that are named, how many."""
    values = {field.name: getattr(done, field.name) for field in fields(done)}
    return {name: len(each) if isinstance(each, tuple) else each for name, each in values.items()}


def _told(name: str, done: CollectOutcome) -> str:
    """What a collection did, as a sentence; what is nought is left out."""
    count = _counted(done)
    ended = sum(count[each] for each in ("done", "shared", "failed", "held", "not_ready", "left"))
    slices = {
        "read": done.done,
        "read by another run": done.shared,
        "failed": count["failed"],
        "held": count["held"],
        "not ready yet": count["not_ready"],
        "as before": done.slices - ended,
    }
    words = ", ".join(f"{number} {what}" for what, number in slices.items() if number)
    if done.unread:
        return f"{name}: nothing was read."
    if not done.received:
        return f"{name}: {done.slices} slices, {words or 'nothing to do'}."
    return (
        f"{name}: {done.slices} slices, {words}. {done.received:,} records received = "
        f"{done.stored:,} stored + {done.already_there:,} already there + "
        f"{done.quarantined:,} in quarantine; {done.objects} objects written to the lake."
    )


def _print_analysis(result: RunResult, screen: Screen) -> None:
    refreshed, reported = result.refresh, result.report
    if refreshed is not None:
        count = len(refreshed.courses)
        screen.answer(
            f"Counted {count} courses anew (build {refreshed.build_id})."
            if count
            else "Nothing to count: no course changed since the last run.",
            courses=sorted(refreshed.courses),
            build=refreshed.build_id,
        )
    if reported is not None:
        screen.answer(
            f"Wrote {len(reported.written)} documents; "
            f"{reported.left} of {reported.courses} courses had theirs as they should be.",
            documents=list(reported.written),
            left=reported.left,
        )


def _print_plan(parts: Parts, request: RunRequest, screen: Screen) -> None:
    for name, planned in plan_run(parts, request):
        screen.answer(
            f"{name}: {len(planned.slices)} slices to read, {planned.settled} with nothing to do",
            source=name,
            to_read=len(planned.slices),
            settled=planned.settled,
        )
        screen.table(
            ("slice", "state", "tries"),
            [(str(each.slice), each.state, each.tries) for each in planned.slices],
        )


def _steps(
    *, download_only: bool, analysis_only: bool, upload_only: bool, no_upload: bool
) -> Steps:
    only = [
        flag
        for flag, given in (
            ("--download-only", download_only),
            ("--analysis-only", analysis_only),
            ("--upload-only", upload_only),
        )
        if given
    ]
    if len(only) > 1:
        raise WrongUse(f"{' and '.join(only)} exclude each other.", hint="Give one of them.")
    if upload_only and no_upload:
        raise WrongUse("--upload-only and --no-upload exclude each other.", hint="Give one.")
    return Steps(
        collect=not (analysis_only or upload_only),
        analyse=not (download_only or upload_only),
        deliver=not (download_only or analysis_only or no_upload),
    )


def _instant(flag: str, text: str | None, settings: Settings) -> datetime | None:
    if text is None:
        return None
    try:
        return instant_of(text, settings.school_timezone)
    except ValueError as error:
        raise WrongUse(
            f"{flag} {text} is no date or time.", hint="Write 2024-01-31 or 2024-01-31T08:00."
        ) from error
