"""`gradeline doctor`: whether everything works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gradeline.base.clock import now
from gradeline.base.errors import GradelineError
from gradeline.base.plurals import count
from gradeline.entrypoints.cli.cloud import print_cloud_commands
from gradeline.entrypoints.cli.context import open_run, screen_of, settings_of
from gradeline.flows.deliver.diagnose import diagnose_delivery
from gradeline.flows.schedules import diagnose_schedules
from gradeline.flows.upkeep.diagnose import Finding, Verdict, diagnose
from gradeline.settings import Settings, find_misspelled
from gradeline.warehouse import Database
from gradeline.wiring.sign_in import describe_sign_in

_MARKS = {Verdict.GOOD: "ok  ", Verdict.WARN: "warn", Verdict.BAD: "BAD "}


def doctor(
    context: typer.Context,
    cloud: Annotated[
        bool,
        typer.Option("--cloud", help="Only print what to type to run it in Google Cloud."),
    ] = False,
) -> int:
    """Check every component and suggest fixes.

    The exit code is 1 if something does not work, 2 if a setting is wrong.
    """
    screen = screen_of(context)
    if cloud:
        print_cloud_commands(settings_of(context), screen)
        return 0
    findings, code = [], 0
    for written, known in find_misspelled(Path(".env")):
        message = f"Unknown setting {written} in .env. Did you mean {known}?"
        findings.append(Finding(what="settings", verdict=Verdict.WARN, message=message))
    try:
        with open_run(settings_of(context), screen) as parts:
            findings += [*diagnose(parts), *diagnose_delivery(parts)]
            findings += diagnose_schedules(parts.database, now())
            findings.append(_check_sign_in(settings_of(context)))
            findings += _check_bot(settings_of(context), parts.database)
    except GradelineError as error:
        findings.append(
            Finding(
                what="settings, cursos.yml and database", verdict=Verdict.BAD, message=str(error)
            )
        )
        code = error.exit_code
    for finding in findings:
        screen.answer(
            f"{_MARKS[finding.verdict]}  {finding.what}: {finding}",
            what=finding.what,
            verdict=finding.verdict,
            says=str(finding),
        )
    return code or int(any(finding.verdict is Verdict.BAD for finding in findings))


def _check_sign_in(settings: Settings) -> Finding:
    """Look which ways to sign in are set, and whether they would be safe."""
    try:
        message, verdict = describe_sign_in(settings), Verdict.GOOD
    except GradelineError as error:
        message, verdict = str(error), Verdict.BAD
    return Finding(what="sign-in", verdict=verdict, message=message)


def _check_bot(settings: Settings, database: Database) -> Iterator[Finding]:
    """Ask Telegram for the bot, if there is a token, and look for words."""
    if settings.telegram_bot_token is None:
        return
    from gradeline.entrypoints.bot.check import ask_telegram  # brings aiogram
    from gradeline.entrypoints.cli.bot_process import api_of  # as above
    from gradeline.warehouse.vocabulary.dictionary import count_entries  # brings psycopg

    try:
        state = ask_telegram(api_of(settings))
    except GradelineError as error:
        yield Finding(what="bot", verdict=Verdict.BAD, message=str(error))
        return
    if state.last_error:
        message = f"Telegram cannot post to {state.webhook_url}: {state.last_error}."
        yield Finding(what="bot", verdict=Verdict.WARN, message=message)
        return
    with database.connect() as connection:
        words = count_entries(connection)
    way = f"Telegram posts to {state.webhook_url}" if state.webhook_url else "it asks for updates"
    known = f"its dictionary has {count(words, 'word')}"
    message = f"@{state.name} answers; {way}; {count(state.waiting, 'update')} wait; {known}"
    yield Finding(what="bot", verdict=Verdict.GOOD, message=message)
