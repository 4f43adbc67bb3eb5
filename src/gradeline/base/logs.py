"""Log files: one a day, one record a line, each line with the ids of what was worked on."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType

from gradeline.base.masking import SECRETS
from gradeline.base.printable import one_line, printable

#: The date is in the name, as users of the grader script know it.
_NAME = re.compile(r"^etl_(\d{4}-\d{2}-\d{2})\.log$")
#: Without a handler of its own, psycopg's warnings would appear on the screen.
_LOGGERS = ("gradeline", "psycopg")
_ids: ContextVar[Mapping[str, str]] = ContextVar("log_ids", default=MappingProxyType({}))


@contextmanager
def log_ids(**ids: str) -> Iterator[None]:
    """Add ids (`run="8f14e45f"`) to every line that this thread or task logs in the block.

    Blocks nest: the inner one adds its ids, or replaces those of the same name.
    """
    token = _ids.set({**_ids.get(), **ids})
    try:
        yield
    finally:
        _ids.reset(token)


def share_log_ids() -> Callable[[], object]:
    """Return an `initializer` for a thread pool: its threads log the ids of the caller."""
    return partial(_ids.set, _ids.get())


def open_log(
    folder: Path,
    *,
    today: Callable[[], date],
    keep_days: int,
    debug: bool = False,
    as_json: bool = False,
) -> None:
    """Write the log to `folder/etl_YYYY-MM-DD.log` until `close_log`.

    Args:
        folder: created if needed.
        today: gives the day whose file a record goes to.
        keep_days: older files are deleted, now and whenever a new day begins.
        debug: also write records of level DEBUG.
        as_json: write a JSON object a line: `time`, `level`, `logger`, `message`, the ids, and
            `exception` where there is one.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = _DailyFile(folder, today, keep_days)
    handler.setFormatter((_JsonLine if as_json else _TextLine)())
    close_log()
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
    logger = logging.getLogger("gradeline")
    logger.setLevel(logging.DEBUG if debug else logging.INFO)
    logger.propagate = False


def close_log() -> None:
    """Close the log file."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        for handler in [one for one in logger.handlers if isinstance(one, _DailyFile)]:
            logger.removeHandler(handler)
            handler.close()


class _DailyFile(logging.FileHandler):
    """Writes to the file of the day. If that fails it says so once, and the work goes on."""

    def __init__(self, folder: Path, today: Callable[[], date], keep_days: int) -> None:
        self._folder, self._today, self._keep_days = folder, today, keep_days
        self._day = today()
        self._warned = False
        super().__init__(self._path(), encoding="utf-8")
        self._delete_old()

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line, to a new file if a new day has begun."""
        try:
            if self._today() != self._day:
                self._start_day()
            super().emit(record)
        except OSError as error:
            self._warn(error)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Print one line for the first record that is lost, not a stack trace for each."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            self._warn(error)
        else:
            super().handleError(record)

    def close(self) -> None:
        """Close the file, even if its last lines cannot be written."""
        try:
            super().close()
        except OSError as error:
            self._warn(error)

    def _start_day(self) -> None:
        self._day = self._today()
        if self.stream is not None:
            self.stream.close()
        self.baseFilename = str(self._path().resolve())
        self.stream = self._open()
        self._delete_old()

    def _path(self) -> Path:
        return self._folder / f"etl_{self._day.isoformat()}.log"

    def _delete_old(self) -> None:
        oldest = self._day - timedelta(days=self._keep_days)
        for path in self._folder.iterdir():
            day = _day_of(path.name)
            if day is not None and day < oldest:
                path.unlink(missing_ok=True)

    def _warn(self, error: OSError) -> None:
        if not self._warned:
            self._warned = True
            sys.stderr.write(f"The log {self.baseFilename} cannot be written: {error.strerror}.\n")


def _day_of(name: str) -> date | None:
    """Return the day of a log file; None = it is none of ours, whatever its name looks like."""
    match = _NAME.match(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:  # a name such as etl_2024-02-30.log
        return None


class _TextLine(logging.Formatter):
    """`2024-01-31T08:00:00Z INFO gradeline.flows.run: message run=8f14e45f`, times in UTC."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s%(ids)s")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, a stack trace below it."""
        record.ids = one_line("".join(f" {name}={value}" for name, value in _ids.get().items()))
        return printable(SECRETS.mask(super().format(record)))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the line; a line end in a message would begin a line of somebody's own."""
        record.message = one_line(record.message)
        return super().formatMessage(record)


class _JsonLine(_TextLine):
    """The same record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object, a stack trace in it."""
        line = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRETS.mask(record.getMessage()),
            **_ids.get(),
        }
        if record.exc_info:
            line["exception"] = SECRETS.mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
