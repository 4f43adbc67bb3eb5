"""`gradeline sandbox`: twins of all systems on this machine, for trying things out."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import Json, screen_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.sandbox import Pace, every_fault, every_system
from gradeline.sandbox.faults.draw import read_faults


def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option(help="Listen here; 0 takes any free port.")] = 0,
    speed: Annotated[float, typer.Option(help="How many times faster than life.")] = 1.0,
    faults: Annotated[
        str, typer.Option(help="Faults of transport: names with commas between them, or mix.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Decides where faults strike.")] = 0,
    journal: Annotated[
        Path | None, typer.Option(help="Write a line of JSON here for each request.")
    ] = None,
    json: Json = False,
) -> None:
    """Serve twins of the systems we read on 127.0.0.1 until interrupted."""
    if speed <= 0:
        raise WrongUse("--speed must be more than 0.")
    screen = screen_of(context, json)
    pace = Pace(speed=speed)
    drawn = read_faults(faults, seed, every_fault())
    ended = threading.Event()
    with ExitStack() as stack:
        _end_on_signals(stack, ended)
        there = stack.enter_context(every_system(pace, faults=drawn, port=port, journal=journal))
        _tell(screen, there.settings)
        ended.wait()


def _end_on_signals(stack: ExitStack, ended: threading.Event) -> None:
    """Ctrl-C and a supervisor's word to stop end the sandbox in good order."""

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for each in (signal.SIGINT, signal.SIGTERM):
        before = signal.signal(each, end)
        stack.callback(signal.signal, each, before)


def _tell(screen: Screen, settings: Mapping[str, str]) -> None:
    screen.say("Put these lines into .env; Ctrl-C ends the sandbox.")
    lines = "\n".join(f"{name}={value}" for name, value in settings.items())
    screen.answer(lines, **settings)
    sys.stdout.flush()  # who started it behind a pipe waits for this line
