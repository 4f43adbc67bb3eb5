"""`gradeline worker`: what goes on by itself for as long as the process lives."""

from __future__ import annotations

import signal
import time
from enum import StrEnum
from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import Json, screen_of, settings_of, source_of_changes, wired
from gradeline.entrypoints.cli.run import finish
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.follow import PollResult, poll_once
from gradeline.settings import Settings
from gradeline.wiring import home_ready, limits_of, terms_of


class Part(StrEnum):
    """What a worker can do."""

    COLLECT = "collect"


def worker(
    context: typer.Context,
    only: Annotated[  # noqa: ARG001 - until there is more to choose from
        list[Part] | None, typer.Option(help="Only this part of the work.")
    ] = None,
    json: Json = False,
) -> int:
    """Look at LearnWorlds every LEARNWORLDS_POLL_SECS seconds; bring the courses it touched."""
    settings, screen = settings_of(context), screen_of(context, json)
    if settings.learnworlds_poll_secs is None:
        raise WrongUse(
            "The worker has nothing to do.",
            hint="Set LEARNWORLDS_POLL_SECS, and the settings by which LearnWorlds is read.",
        )
    # A supervisor's word to stop is a person's Ctrl-C: it ends a look as it ends a run.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _follow(settings, screen)
    except KeyboardInterrupt:
        screen.say("Stopped. What was settled stays; the next worker goes on.")
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0


def _follow(settings: Settings, screen: Screen) -> None:
    """Look again and again, until interrupted."""
    every_s = float((settings.learnworlds_poll_secs or 0) / settings.sandbox_speed)
    with wired(settings, screen) as parts:
        source = source_of_changes(parts)
        stored = source.checkpoint_file(limits_of(settings))
        with stored.locked():
            screen.say(f"Following LearnWorlds, every {every_s:g} seconds.")
            while True:
                home_ready(settings)  # each day has a log of its own
                terms = terms_of(settings, None)
                _tell(poll_once(parts, source, stored, terms, screen.progress), screen)
                time.sleep(every_s)


def _tell(result: PollResult, screen: Screen) -> None:
    if result.unreachable:
        screen.say(f"LearnWorlds does not tell what happened: {result.unreachable}")
    if result.run is not None:
        finish(result.run, screen)
