"""`gradeline settings` and `gradeline doctor`: what is set, and whether it works."""

from __future__ import annotations

from pathlib import Path

import typer

from gradeline.base.errors import GradelineError
from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, wired
from gradeline.flows.upkeep.diagnose import Finding, Verdict, diagnose
from gradeline.settings import misspelt, settings_rows

_MARKS = {Verdict.GOOD: "ok  ", Verdict.WARN: "warn", Verdict.BAD: "BAD "}


def settings(context: typer.Context, json: Json = False) -> None:
    """List every setting: its value (never a secret's), where it comes from, what it is for."""
    screen = screen_of(context, json)
    screen.table(
        ("name", "value", "from", "what it is"),
        [
            (
                row.name,
                row.value,
                row.origin,
                f"{row.description}{' (planned: nothing reads it yet)' if row.planned else ''}",
            )
            for row in settings_rows(settings_of(context))
        ],
    )


def doctor(context: typer.Context, json: Json = False) -> int:
    """Try every part and say what to do about what is wrong; exit code 1 where something is."""
    screen = screen_of(context, json)
    findings = []
    for written, ours in misspelt(Path(".env")):
        says = f".env has {written}, which means nothing here; did you mean {ours}?"
        findings.append(Finding(what="settings", verdict=Verdict.WARN, says=says))
    try:
        with wired(settings_of(context), screen) as parts:
            findings += diagnose(parts)
    except GradelineError as error:
        findings.append(Finding(what="opening", verdict=Verdict.BAD, says=str(error)))
    for each in findings:
        screen.answer(
            f"{_MARKS[each.verdict]}  {each.what}: {each.says}",
            what=each.what,
            verdict=each.verdict,
            says=each.says,
        )
    return int(any(each.verdict is Verdict.BAD for each in findings))
