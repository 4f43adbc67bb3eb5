"""What every command starts with: its screen, its settings, and the parts it works with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.screen import Screen
from gradeline.settings import Settings, read_settings
from gradeline.wiring.database import wire_database

if TYPE_CHECKING:
    from gradeline.flows.parts import Parts
    from gradeline.warehouse import Connection


#: The file of a home into which a backup is being restored.
RESTORE_MARK = "restore-unfinished.json"
#: The greatest number of a row: what PostgreSQL's bigint holds.
MOST_ROWS = 2**63 - 1


def screen_of(context: typer.Context) -> Screen:
    """Return the screen that this command prints on."""
    return Screen(json=context.obj.json)


def settings_of(context: typer.Context, *, restoring: bool = False) -> Settings:
    """Read the settings of this command.

    Args:
        context: of the command.
        restoring: it goes on with a restore that was killed.

    Raises:
        WrongSetting: one of them has a value that cannot work.
        WrongUse: half a backup is in the home.
    """
    settings = read_settings(home=context.obj.home)
    if not restoring and (settings.gradeline_home / RESTORE_MARK).exists():
        raise WrongUse(
            f"A backup was being restored into {settings.gradeline_home} when the process was"
            " killed.",
            hint="Run the same `gradeline restore` again; it goes on.",
        )
    return settings


@contextmanager
def open_connection(context: typer.Context, screen: Screen) -> Iterator[Connection]:
    """Open the database alone and connect to it."""
    with (
        wire_database(settings_of(context), screen.say) as database,
        database.connect() as connection,
    ):
        yield connection


def open_run(
    settings: Settings,
    screen: Screen,
    languages: Sequence[str] | None = None,
    *,
    reads: Sequence[str] | None = None,
) -> AbstractContextManager[Parts]:
    """Open everything that a run needs; what only reads tables takes `open_connection`."""
    # Brings Arrow, DuckDB and every source: half a second that short commands do without.
    from gradeline.wiring.run import wire_run

    return wire_run(settings, screen.say, languages=languages, reads=reads)


def refuse_bucket(settings: Settings, what: str) -> None:
    """Refuse what needs a database that stays while nobody works with it.

    Raises:
        WrongUse: the bucket keeps the database between runs.
    """
    if settings.database_in_bucket():
        raise WrongUse(
            f"{what} needs a database that stays, and GRADELINE_DB_IN_BUCKET keeps it in the"
            " bucket between runs.",
            hint="Let a scheduler start `gradeline run`, or set DATABASE_URL.",
        )


def no_school() -> WrongUse:
    """Return the error of a command that needs the school at LearnWorlds."""
    return WrongUse(
        "No school at LearnWorlds is set.", hint="Set CLIENT_ID, SCHOOL_DOMAIN and ACCESS_TOKEN."
    )
