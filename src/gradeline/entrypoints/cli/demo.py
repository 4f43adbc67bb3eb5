"""`gradeline demo`: the whole way from every system to documents, with nothing to set up.

The systems are twins on this machine, behind the real clients. What they hold is the demo's
own and never changes, so two demos end with equal tables, faults on the way or not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from gradeline.entrypoints.cli.context import Json, screen_of, wired
from gradeline.entrypoints.cli.run import finish
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.parts import Parts
from gradeline.flows.run import RunRequest, Steps, run_all
from gradeline.sandbox import NO_FAULTS, Pace, every_system, mix
from gradeline.settings import read_settings
from gradeline.warehouse.rows.digests import LEFT_OUT, VOLATILE, table_digests
from gradeline.wiring import terms_of

#: Beside the twins: module AAA of OULAD, which ships inside the package.
DATASETS = "oulad=builtin:oulad@builtin:aaa"
#: How many times faster than life the twins are.
SPEED = 20.0
#: A demo keeps to its own home: whatever database and store settings name are not its business.
_AT_HOME = dict.fromkeys(
    ("DATABASE_URL", "DB_HOST", "LAKE_URL", "OBJECT_STORAGE_BUCKET", "ACCESS_TOKEN")
) | {"STORAGE_BACKEND": "local", "FILES_DATASETS": DATASETS}
#: The day that is collected from systems that are asked by the hour or the day.
SINCE, UNTIL = datetime(2015, 3, 10, tzinfo=UTC), datetime(2015, 3, 11, tzinfo=UTC)
#: The demo counts as of the summer in which its last course has ended.
AS_OF = datetime(2015, 7, 1, tzinfo=UTC)


def demo(
    context: typer.Context,
    once: Annotated[  # noqa: ARG001 - until the dashboard stands, every demo is one run
        bool, typer.Option("--once", help="Stop after the run; start no dashboard.")
    ] = False,
    faults: Annotated[
        int | None, typer.Option(help="Let transport fail on the way, by this seed.")
    ] = None,
    json: Json = False,
) -> int:
    """Run on real data and on twins of all systems: nothing to set up, no account needed."""
    from gradeline.base.languages import LANGUAGES  # brings Babel

    screen = screen_of(context, json)
    home = context.obj.home or read_settings().gradeline_home / "demo"
    drawn = NO_FAULTS if faults is None else mix(faults)
    with every_system(Pace(speed=SPEED), faults=drawn, first_day=SINCE.date()) as systems:
        settings = read_settings(home=home, given={**_AT_HOME, **systems.settings})
        languages = sorted(LANGUAGES, key=lambda each: each != settings.gradeline_lang)
        with wired(settings, screen, languages) as parts:
            request = RunRequest(terms=terms_of(settings, AS_OF), since=SINCE, until=UNTIL)
            code = finish(run_all(parts, request, Steps(deliver=False), screen.progress), screen)
            _tell(parts, home, screen)
    return code


def _tell(parts: Parts, home: Path, screen: Screen) -> None:
    """Where the reports lie; for machines, what every table holds."""
    if not screen.json:
        screen.answer(f"\nReports lie in {home / 'reports'}:")
        for key in sorted(each.key for each in parts.lake.list("reports/")):
            screen.answer(f"  {home / key}")
        return
    with parts.database.connect() as connection:
        tables = {
            each.name: {"rows": each.rows, "digest": each.digest}
            for each in table_digests(connection)
        }
    left_out = {"tables": sorted(LEFT_OUT), "columns": sorted(VOLATILE)}
    screen.answer("", tables=tables, left_out=left_out)
