"""`gradeline install`: the database, and the bot's tables stage by stage."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from gradeline.base.errors import WarehouseError, WrongUse
from gradeline.entrypoints.cli.context import refuse_bucket, screen_of, settings_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.install.log import install_log
from gradeline.flows.install.plan import plan_install
from gradeline.flows.install.stages import STAGES, Stage, make_missing, run_stages, stages_of
from gradeline.flows.install.work import Installation
from gradeline.settings import Settings
from gradeline.warehouse import Database
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.warehouse.connect.roles import ENTRY_ROLES
from gradeline.wiring.database import wire_database
from gradeline.wiring.server import open_unchanged


def install(
    context: typer.Context,
    stage: Annotated[
        str | None,
        typer.Option("--stage", help="Run one stage: " + ", ".join(s.number for s in STAGES) + "."),
    ] = None,
    all_stages: Annotated[
        bool,
        typer.Option(
            "--all-stages", help="Back up, drop, create and restore the bot's tables: all stages."
        ),
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Print what would be done, and do nothing.")
    ] = False,
) -> int:
    """Create or update the database, its roles, tables and views."""
    screen, settings = screen_of(context), settings_of(context)
    chosen = _chosen(stage, all_stages=all_stages)
    if chosen:
        refuse_bucket(settings, "An install by stages")
    if plan:
        _print_plan(screen, settings, chosen)
        return 0
    with (
        wire_database(settings, screen.say) as database,
        install_log(settings.gradeline_home, settings.school_timezone, screen.say) as tell,
    ):
        place = Installation(
            database=database,
            home=settings.gradeline_home,
            zone=settings.school_timezone,
            login=getpass.getuser(),
            tell=tell,
        )
        if not chosen:
            _ensure_logins(database, screen)
            make_missing(place)
        problems = run_stages(place, chosen)
    ready = f"Ready: {database.description}"
    screen.answer(ready, database=database.description, problems=problems)
    return 1 if problems else 0


def _chosen(stage: str | None, *, all_stages: bool) -> Sequence[Stage]:
    """Return the stages that the options name; none = a bare install."""
    if stage is not None and all_stages:
        raise WrongUse("--stage and --all-stages contradict each other.", hint="Give one of them.")
    if all_stages:
        return STAGES
    return stages_of([stage]) if stage is not None else ()


def _print_plan(screen: Screen, settings: Settings, chosen: Sequence[Stage]) -> None:
    folder: Path = settings.gradeline_home / "backup" / "sql"
    with open_unchanged(settings, screen.say) as database:
        screen.table(("stage", "what it would do"), plan_install(database, folder, chosen))


def _ensure_logins(database: Database, screen: Screen) -> None:
    for role in ENTRY_ROLES:
        try:
            ensure_login(database, role)
        except WarehouseError as error:  # what only collects does without them
            screen.say(f"SQL shells and pages will not open yet. {error}")
