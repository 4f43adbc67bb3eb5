"""`gradeline doctor`: whether everything works."""

from __future__ import annotations

from pathlib import Path

import typer

from gradeline.base.errors import GradelineError
from gradeline.entrypoints.cli.context import open_run, screen_of, settings_of
from gradeline.flows.deliver.diagnose import diagnose_delivery
from gradeline.flows.upkeep.diagnose import Finding, Verdict, diagnose
from gradeline.settings import find_misspelled

_MARKS = {Verdict.GOOD: "ok  ", Verdict.WARN: "warn", Verdict.BAD: "BAD "}


def doctor(context: typer.Context) -> int:
    """Check every component and suggest fixes.

    The exit code is 1 if something does not work, 2 if a setting is wrong.
    """
    screen = screen_of(context)
    findings, code = [], 0
    for written, known in find_misspelled(Path(".env")):
        message = f"Unknown setting {written} in .env. Did you mean {known}?"
        findings.append(Finding(what="settings", verdict=Verdict.WARN, message=message))
    try:
        with open_run(settings_of(context), screen) as parts:
            findings += [*diagnose(parts), *diagnose_delivery(parts)]
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
