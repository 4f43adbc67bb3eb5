"""`gradeline demo`: from every system to reports, with nothing to set up.

The systems are twins on this machine, asked by the real clients; they are those of one school,
whose people wrote into the home which courses and learners are one, groups and plans. Their data
never change, so two demos end with equal tables, with or without simulated faults.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from gradeline.access.permissions import Role
from gradeline.base.clock import now
from gradeline.base.errors import DiskFull
from gradeline.entrypoints.cli.context import open_run, screen_of
from gradeline.entrypoints.cli.run_result import print_result
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.after_run import deliver_run
from gradeline.flows.parts import Parts
from gradeline.flows.run import RunRequest, Steps, run_all
from gradeline.records.recipients import NewRecipient, What
from gradeline.records.staff import NewStaffMember
from gradeline.sandbox import NO_FAULTS, Pace, Systems, every_system, mix
from gradeline.sandbox.arrivals import arrivals
from gradeline.settings import Settings, read_settings
from gradeline.warehouse.deliveries import recipients
from gradeline.warehouse.rows.digests import LEFT_OUT, VOLATILE, table_digests
from gradeline.wiring.home import check_owner, open_home
from gradeline.wiring.run import reopen_sources, terms_of

#: Who gets mail in the demo.
RECIPIENT = "curator@school.example"
#: Who linked the demo's learners and added its curators.
_ADDED_BY = "gradeline demo"
#: How many times faster than real time the twins are.
SPEED = 20.0
#: A demo keeps to its own home, whatever database and store the settings name.
_OWN_HOME = dict.fromkeys(
    ("DATABASE_URL", "DB_HOST", "LAKE_URL", "OBJECT_STORAGE_BUCKET", "ACCESS_TOKEN")
) | {"STORAGE_BACKEND": "local"}
#: The day that is collected from systems that are read by the hour or the day.
SINCE, UNTIL = datetime(2015, 3, 10, tzinfo=UTC), datetime(2015, 3, 11, tzinfo=UTC)
#: The demo calculates as of the summer in which its last course has ended.
AS_OF = datetime(2015, 7, 1, tzinfo=UTC)


def demo(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Stop after the run.")] = False,
    faults: Annotated[
        int | None, typer.Option(help="Simulate network failures with this random seed.")
    ] = None,
) -> int:
    """Try Gradeline with sample data and simulated systems. No account needed."""
    from gradeline.base.languages import LANGUAGES  # brings Babel

    screen = screen_of(context)
    home = context.obj.home or _own_home()
    drawn = NO_FAULTS if faults is None else mix(faults)
    with every_system(Pace(speed=SPEED), faults=drawn, first_day=SINCE.date()) as systems:
        told = {**systems.settings, **systems.channel_settings, "RECIPIENT_EMAIL": RECIPIENT}
        told["FILES_DATASETS"] = _exports_of(home)
        settings = read_settings(home=home, overrides={**_OWN_HOME, **told})
        _open_school(settings, systems)
        languages = sorted(LANGUAGES, key=lambda name: name != settings.gradeline_lang)
        with open_run(settings, screen, languages) as parts:
            _bring_people(parts, home)
            parts = _bring_bot_learners(parts, settings, systems)
            request = RunRequest(terms=terms_of(settings, AS_OF), since=SINCE, until=UNTIL)
            started_at = now()
            result = run_all(parts, request, Steps(deliver=False), screen.progress)
            delivery = deliver_run(parts, request, result, started_at)
            code = print_result(replace(result, delivery=delivery), screen)
            _print_reports(parts, home, screen)
        _print_arrivals(systems, screen)
    if not once:
        _show_page(settings, screen)
    return code


def _own_home() -> Path:
    """Return the demo's folder in the home."""
    settings = read_settings()
    check_owner(settings)
    return settings.gradeline_home / "demo"


def _exports_of(home: Path) -> str:
    """Return the dataset of what the school exports into files of its home."""
    home = home.absolute()
    return f"campus={home / 'mapping' / 'campus'}@{home / 'exports' / 'campus'}"


def _open_school(settings: Settings, systems: Systems) -> None:
    """Write what the school's people keep in their home, where it is not there yet.

    Raises:
        WrongUse: the home belongs to another system user.
        DiskFull: it cannot be written.
    """
    from gradeline.sandbox.school.home import write_home  # brings Arrow

    with open_home(settings):
        try:
            write_home(systems.school, settings.gradeline_home)
        except OSError as error:
            raise DiskFull(
                f"The demo cannot write into {settings.gradeline_home}: {error.strerror}.",
                hint="Give another folder with --home.",
            ) from error


def _bring_people(parts: Parts, home: Path) -> None:
    """Link the school's learners across its systems, and let its curators get their groups."""
    from gradeline.flows.deliver.recipients import add_rights, new_recipient  # brings Babel
    from gradeline.flows.learners.link import link_file  # brings Arrow
    from gradeline.flows.staff import add_member  # brings Babel
    from gradeline.sandbox.school.home import CURATORS, LINKS  # brings Arrow

    link_file(parts.database, parts.sources, home / LINKS, write=True, by=_ADDED_BY)
    with parts.database.connect() as connection:
        for curator in CURATORS:
            member = NewStaffMember(
                email=curator.email,
                role=Role.CURATOR.value,
                language=curator.language,
                added_by=_ADDED_BY,
            )
            add_member(connection, member, curator.language)
            wanted = NewRecipient(
                channel="email",
                address=curator.email,
                resolved_address="",
                what=What.GROUP_REPORT,
                role=Role.CURATOR.value,
                language=curator.language,
                added_by=_ADDED_BY,
            )
            wanted = add_rights(connection, wanted, of_whom="", groups=())
            recipients.put(connection, new_recipient(parts.delivery, wanted, now()))


def _show_page(settings: Settings, screen: Screen) -> None:
    """Serve the page, which its curators and an administrator may sign in to."""
    from gradeline.entrypoints.cli.serve import serve_demo  # brings what serves
    from gradeline.sandbox.school.home import CURATORS  # brings Arrow

    serve_demo(settings, screen, [curator.email for curator in CURATORS])


def _bring_bot_learners(parts: Parts, settings: Settings, systems: Systems) -> Parts:
    """Let people of the school practise with the bot; return the parts that read their answers."""
    from gradeline.entrypoints.cli.demo_bot import bring_bot_learners  # brings fsrs

    bring_bot_learners(parts, systems.school, settings, _ADDED_BY)
    return reopen_sources(parts, settings)


def _print_arrivals(systems: Systems, screen: Screen) -> None:
    """Print what arrived at the simulated services, for people only."""
    if screen.json:
        return
    screen.answer("\nAt the simulated services arrived:")
    for line in arrivals(systems):
        screen.answer(f"  {line}")


def _print_reports(parts: Parts, home: Path, screen: Screen) -> None:
    """Print where the reports are; for machines, what every table holds."""
    if not screen.json:
        screen.answer(f"\nThe reports are in {home / 'reports'}:")
        for key in sorted(report.key for report in parts.lake.list("reports/")):
            screen.answer(f"  {home / key}")
        return
    with parts.database.connect() as connection:
        tables = {
            table.name: {"rows": table.rows, "digest": table.digest}
            for table in table_digests(connection)
        }
    left_out = {"tables": sorted(LEFT_OUT), "columns": sorted(VOLATILE)}
    screen.answer("", tables=tables, left_out=left_out)
