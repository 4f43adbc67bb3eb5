"""`gradeline sandbox`: simulated systems on this machine, for trying things out."""

from __future__ import annotations

import math
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
from gradeline.entrypoints.cli.context import screen_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.sandbox import Pace, Systems, every_fault, every_system
from gradeline.sandbox.arrived_files import ArrivedFiles
from gradeline.sandbox.faults.draw import read_faults

_ARRIVALS_EVERY_S = 1.0


def sandbox(
    context: typer.Context,
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes any free one.", min=0, max=65535)
    ] = 0,
    speed: Annotated[float, typer.Option(help="How many times faster than real time.")] = 1.0,
    faults: Annotated[
        str, typer.Option(help="Network faults to simulate: names separated by commas, or mix.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Random seed of the faults.")] = 0,
    journal: Annotated[
        Path | None, typer.Option(help="Write a line of JSON to this file for each request.")
    ] = None,
    arrivals: Annotated[
        Path | None,
        typer.Option(
            help="Write everything that arrives into this folder: mails, messages, files."
        ),
    ] = None,
) -> None:
    """Simulate the systems on 127.0.0.1 until interrupted."""
    if not 0 < speed < math.inf:
        raise WrongUse(f"--speed is {speed:g}; it must be a number above 0.")
    screen = screen_of(context)
    pace = Pace(speed=speed)
    drawn = read_faults(faults, seed, every_fault())
    ended = threading.Event()
    with ExitStack() as stack:
        _end_on_signals(stack, ended)
        systems = stack.enter_context(every_system(pace, faults=drawn, port=port, journal=journal))
        _print_settings(screen, {**systems.settings, **systems.channel_settings})
        _keep_arrivals(systems, arrivals, ended)


def _keep_arrivals(systems: Systems, folder: Path | None, ended: threading.Event) -> None:
    """Wait for the end, and until then write what arrives into the folder, if there is one."""
    if folder is None:
        ended.wait()
        return
    files = ArrivedFiles(systems, folder)
    while not ended.wait(_ARRIVALS_EVERY_S):
        files.write()
    files.write()


def _end_on_signals(stack: ExitStack, ended: threading.Event) -> None:
    """Let Ctrl-C and SIGTERM end the sandbox cleanly."""

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.signal(number, end)
        stack.callback(signal.signal, number, before)


def _print_settings(screen: Screen, settings: Mapping[str, str]) -> None:
    screen.say("Put these lines into .env; press Ctrl-C to stop the sandbox.")
    lines = "\n".join(f"{name}={value}" for name, value in settings.items())
    screen.answer(lines, **settings)
    sys.stdout.flush()  # a program that reads our output waits for this
