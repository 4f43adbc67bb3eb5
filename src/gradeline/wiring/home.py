"""The home: its folders, its log, and the limits that its processes share."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gradeline.base.clock import now, school_day
from gradeline.base.errors import DiskFull, GradelineError
from gradeline.base.logs import close_log, open_log
from gradeline.embedded.owner import is_root, make_home, refuse_foreign_home
from gradeline.settings import Settings

_log = logging.getLogger(__name__)


@contextmanager
def open_home(settings: Settings) -> Iterator[Path]:
    """Create the home and write its log until the block ends; an error that ends it is logged.

    Yields:
        The spool, the folder for files in transit.

    Raises:
        WrongUse: the home belongs to another system user.
        DiskFull: the home cannot be written.
    """
    check_owner(settings)
    spool = _create(settings)
    try:
        yield spool
    except GradelineError as error:
        _log.error("%s", error)
        raise
    except Exception as error:
        _log.exception("an unexpected error")
        error.add_note(f"The log in {settings.log_dir or spool.with_name('logs')} has the details.")
        raise
    finally:
        close_log()


def limits_of(settings: Settings) -> Path:
    """Return the folder through which all processes of one home share the systems' rate limits."""
    return settings.gradeline_home / "limits"


def logs_of(settings: Settings) -> Path:
    """Return the folder of log files."""
    return settings.log_dir or settings.gradeline_home / "logs"


def check_owner(settings: Settings) -> None:
    """Refuse a home that another system user made.

    Raises:
        WrongUse: it belongs to somebody else.
    """
    # Users may share a home whose database is elsewhere. Root may not: what it writes there is
    # closed to the others.
    folders = ["db"] if is_root() or settings.warehouse_url() is None else []
    refuse_foreign_home(settings.gradeline_home, [*folders, "spool"] if is_root() else folders)


def _create(settings: Settings) -> Path:
    home = settings.gradeline_home
    spool = home / "spool"
    try:
        make_home(home)
        spool.mkdir(exist_ok=True)
        open_log(
            logs_of(settings),
            today=lambda: school_day(now(), settings.school_timezone),
            keep_days=settings.log_retention_days,
            debug=settings.debug,
            as_json=settings.log_format == "json",
        )
    except OSError as error:
        raise DiskFull(
            f"The data folder {home} cannot be written: {error.strerror}.",
            hint="Set GRADELINE_HOME to a folder that you can write to.",
        ) from error
    return spool
