"""What a process is started with: its arguments, its streams and its time zone."""

from __future__ import annotations

import io
import os
import select
import sys
from collections.abc import Sequence
from pathlib import Path

from gradeline.base.errors import WrongSetting, WrongUse

_STANDARD_INPUT, _STANDARD_OUTPUT, _STANDARD_ERROR = range(3)


def check_process(arguments: Sequence[str]) -> None:
    """Check what a person can start a process with, and prepare its streams.

    Raises:
        WrongUse: an argument is not UTF-8, or standard output is closed.
        WrongSetting: TZ is not a time zone.
    """
    _open_streams()
    for number, word in enumerate(arguments):
        _check_word(word, arguments[number - 1] if number else "")
    _check_time_zone()


def reader_left() -> bool:
    """Return whether standard output is a pipe whose reader is gone, as `head` goes."""
    if sys.platform == "win32":
        return True
    poll = select.poll()
    poll.register(_STANDARD_OUTPUT, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def discard_output() -> None:
    """Write what is still to be printed to nowhere, so that ending the process does not fail."""
    _open_nowhere(_STANDARD_OUTPUT)


def _open_streams() -> None:
    """Leave no standard stream closed: the next file to be opened would become that stream."""
    if sys.stdin is None:
        _open_nowhere(_STANDARD_INPUT)
    if sys.stderr is None:
        _open_nowhere(_STANDARD_ERROR)
        sys.stderr = open(_STANDARD_ERROR, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        raise WrongUse(
            "Standard output is closed, so nothing can be printed.",
            hint="Leave it open, or send it to a file or to /dev/null.",
        )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a name may have what its encoding lacks
            stream.reconfigure(errors="backslashreplace")


def _open_nowhere(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    if nowhere != descriptor:
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def _check_word(word: str, before: str) -> None:
    try:
        word.encode()
    except UnicodeEncodeError:
        option = word.partition("=")[0] if word.startswith("--") else before
        name = option if option.startswith("--") else "An argument"
        raise WrongUse(
            f"{name} has bytes that are not UTF-8: {os.fsencode(word)!r}.",
            hint="Write it in UTF-8; rename a file or folder that has such a name.",
        ) from None


def _check_time_zone() -> None:
    """Refuse a TZ that libraries fail at; our numbers depend on SCHOOL_TIMEZONE alone."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        return
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # most processes have no TZ

    try:
        if Path(name).exists():
            with Path(name).open("rb") as file:
                ZoneInfo.from_file(file)
        else:
            ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return  # such as UTC0: the system knows it
    except (OSError, ValueError):
        raise WrongSetting(
            f"TZ is {os.environ['TZ']!r}, which is not a time zone.",
            hint="Unset it, or write one like Europe/Madrid.",
        ) from None
