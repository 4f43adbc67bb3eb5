"""`gradeline worker`: work that goes on by itself as long as the process lives."""

from __future__ import annotations

import signal
import time
import uuid
from enum import StrEnum
from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.base.logs import log_ids
from gradeline.entrypoints.cli.context import no_school, open_run, screen_of, settings_of
from gradeline.entrypoints.cli.run_result import print_result
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.follow import PollResult, poll_once
from gradeline.settings import Settings
from gradeline.sources.source import FollowsChanges
from gradeline.wiring.home import limits_of
from gradeline.wiring.run import terms_of


class Part(StrEnum):
    """What a worker can do."""

    COLLECT = "collect"


def worker(
    context: typer.Context,
    only: Annotated[  # noqa: ARG001 - until there is more to choose from
        list[Part] | None, typer.Option(help="Only this part of the work.")
    ] = None,
) -> int:
    """Poll LearnWorlds and update changed courses.

    It polls every LEARNWORLDS_POLL_SECS seconds until it is stopped.
    """
    settings, screen = settings_of(context), screen_of(context)
    if settings.learnworlds_poll_secs is None:
        raise WrongUse(
            "The worker has nothing to do.",
            hint="Set LEARNWORLDS_POLL_SECS and the settings of LearnWorlds.",
        )
    # SIGTERM from a supervisor ends a poll as Ctrl-C ends a run.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _poll(settings, screen)
    except KeyboardInterrupt:
        screen.say("Stopped. Finished work is saved. The next worker continues.")
    finally:
        signal.signal(signal.SIGTERM, before)
    return 0


def _poll(settings: Settings, screen: Screen) -> None:
    """Poll until interrupted."""
    every_s = float((settings.learnworlds_poll_secs or 0) / settings.sandbox_speed)
    with open_run(settings, screen) as parts:
        schools = [one for one in parts.sources.values() if isinstance(one, FollowsChanges)]
        if not schools:
            raise no_school()
        source = schools[0]
        checkpoints = source.checkpoint_file(limits_of(settings))
        with checkpoints.locked():
            screen.say(f"Following LearnWorlds, every {every_s:g} seconds.")
            while True:
                with log_ids(run=uuid.uuid4().hex[:8]):
                    terms = terms_of(settings, None)
                    _print(poll_once(parts, source, checkpoints, terms, screen.progress), screen)
                time.sleep(every_s)


def _print(result: PollResult, screen: Screen) -> None:
    if result.unreachable:
        screen.say(f"Could not read recent changes from LearnWorlds: {result.unreachable}")
    if result.run is not None:
        print_result(result.run, screen)
