"""What every command starts with: its screen, its settings, and the parts it works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.screen import Screen
from gradeline.settings import Settings, read_settings

if TYPE_CHECKING:
    from gradeline.flows.parts import Parts
    from gradeline.sources.source import FollowsChanges, ListsCourses, Source


def screen_of(context: typer.Context, json: bool = False) -> Screen:
    """Return the screen that this command prints on."""
    return Screen(json=json or context.obj.json)


def settings_of(context: typer.Context) -> Settings:
    """Read the settings of this command.

    Raises:
        WrongSetting: one of them has a value that cannot work.
    """
    return read_settings(home=context.obj.home)


@contextmanager
def open_run(
    settings: Settings, screen: Screen, languages: Sequence[str] | None = None
) -> Iterator[Parts]:
    """Open everything that a run needs; a command that reads tables needs `wire_database` only."""
    # Brings Arrow, DuckDB and every source: half a second that short commands do without.
    from gradeline.wiring.run import wire_run

    with wire_run(settings, screen.say, languages=languages) as parts:
        yield parts


def source_of_changes(sources: Mapping[str, Source]) -> FollowsChanges:
    """Return the school whose changes can be followed.

    Raises:
        WrongUse: the settings name none.
    """
    from gradeline.sources.source import FollowsChanges  # brings Arrow

    for source in sources.values():
        if isinstance(source, FollowsChanges):
            return source
    raise _no_school()


def source_of_courses(sources: Mapping[str, Source]) -> ListsCourses:
    """Return the school that lists its courses.

    Raises:
        WrongUse: the settings name none.
    """
    from gradeline.sources.source import ListsCourses  # brings Arrow

    for source in sources.values():
        if isinstance(source, ListsCourses):
            return source
    raise _no_school()


def _no_school() -> WrongUse:
    return WrongUse(
        "No school at LearnWorlds is set.",
        hint="Set CLIENT_ID, SCHOOL_DOMAIN and ACCESS_TOKEN.",
    )
