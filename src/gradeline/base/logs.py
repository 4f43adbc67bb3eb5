"""One log file a day, kept for a few days; nothing secret is ever handed to it."""

from __future__ import annotations

import logging
import re
import sys
import time
from datetime import date, timedelta
from pathlib import Path

#: Logs carry the date in their name, as users of the grader script know them.
_NAME = re.compile(r"^etl_(\d{4}-\d{2}-\d{2})\.log$")
#: What the library of the warehouse warns of belongs to the log; else it is on the screen.
_LOGGERS = ("gradeline", "psycopg")
_LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def open_log(folder: Path, *, today: date, keep_days: int, debug: bool = False) -> Path:
    """Write the log of `gradeline` to `folder/etl_YYYY-MM-DD.log`; drop those past their days.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"etl_{today.isoformat()}.log"
    handler = _Log(path, encoding="utf-8")
    handler.setFormatter(_in_utc(_LINE))
    close_log()
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
    logger = logging.getLogger("gradeline")
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    logger.propagate = False
    _drop_old(folder, today - timedelta(days=keep_days))
    return path


class _Log(logging.FileHandler):
    """A log that says once that it cannot be written; what is worked on goes on."""

    _said = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """One line for the first record that is lost, instead of a stack trace for each."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self._say(error)
        else:
            super().handleError(record)

    def close(self) -> None:
        """Let go of the file, whether or not it takes what is left to be written."""
        try:
            super().close()
        except OSError as error:
            self._say(error)

    def _say(self, error: OSError) -> None:
        if not self._said:
            self._said = True
            sys.stderr.write(f"The log {self.baseFilename} cannot be written: {error.strerror}.\n")


def close_log() -> None:
    """Let go of the log file."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        for handler in [each for each in logger.handlers if isinstance(each, logging.FileHandler)]:
            logger.removeHandler(handler)
            handler.close()


def _in_utc(line: str) -> logging.Formatter:
    formatter = logging.Formatter(line, datefmt="%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    return formatter


def _drop_old(folder: Path, before: date) -> None:
    for path in folder.iterdir():
        match = _NAME.match(path.name)
        if match and date.fromisoformat(match.group(1)) < before:
            path.unlink(missing_ok=True)
