"""What a person typed that every verb shares, and the parts wired for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.parts import Parts
from gradeline.settings import Settings, read_settings
from gradeline.sources.source import FollowsChanges, ListsCourses
from gradeline.wiring import wire_run

#: `--json` may stand before the verb or behind it.
Json = Annotated[bool, typer.Option("--json", help="Print lines for machines.")]


@dataclass(frozen=True, kw_only=True)
class GlobalOptions:
    """The global options."""

    home: Path | None
    json: bool


def screen_of(context: typer.Context, json: bool = False) -> Screen:
    """The screen that this call prints on."""
    return Screen(json=json or context.obj.json)


def settings_of(context: typer.Context) -> Settings:
    """The settings this call runs under.

    Raises:
        WrongSetting: one of them has a value that cannot work.
    """
    return read_settings(home=context.obj.home)


@contextmanager
def wired(
    settings: Settings, screen: Screen, languages: Sequence[str] | None = None
) -> Iterator[Parts]:
    """The parts, opened for this call."""
    with wire_run(settings, screen.say, languages=languages) as parts:
        yield parts


def source_of_changes(parts: Parts) -> FollowsChanges:
    """Return the school whose changes can be followed.

    Raises:
        WrongUse: settings name none.
    """
    for source in parts.sources.values():
        if isinstance(source, FollowsChanges):
            return source
    raise _no_school()


def source_of_courses(parts: Parts) -> ListsCourses:
    """Return the school that lists its courses.

    Raises:
        WrongUse: settings name none.
    """
    for source in parts.sources.values():
        if isinstance(source, ListsCourses):
            return source
    raise _no_school()


def _no_school() -> WrongUse:
    return WrongUse(
        "No school at LearnWorlds is set.",
        hint="Set CLIENT_ID, SCHOOL_DOMAIN and ACCESS_TOKEN.",
    )
