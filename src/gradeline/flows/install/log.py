"""The log of installs: `backup/logs/install_YYYYMMDD.log`, a line for each thing that was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from gradeline.base.clock import now, school_day
from gradeline.base.errors import DiskFull, GradelineError
from gradeline.base.masking import SECRETS
from gradeline.base.printable import one_line, printable


@contextmanager
def install_log(
    home: Path, zone: str, say: Callable[[str], None]
) -> Iterator[Callable[[str], None]]:
    """Yield what prints a line and adds it to the log; an error that ends the block is added too.

    Args:
        home: whose `backup/logs/` gets the file of the school's day.
        zone: the school's.
        say: prints a line.

    Raises:
        DiskFull: the log cannot be written.
    """
    folder = home / "backup" / "logs"
    path = folder / f"install_{school_day(now(), zone):%Y%m%d}.log"

    def write(line: str) -> None:
        at = now().astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{at} {printable(one_line(SECRETS.mask(line)))}\n")
        except OSError as error:
            raise DiskFull(f"The log {path} cannot be written: {error.strerror}.") from error

    def tell(line: str) -> None:
        write(line)
        say(line)

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskFull(f"The folder {folder} cannot be made: {error.strerror}.") from error
    try:
        yield tell
    except GradelineError as error:
        write(f"Failed: {error}")
        raise
    except BaseException as error:
        write(f"Failed: {type(error).__name__}")
        raise
