"""The daily update of levels, with its log."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gradeline.base.errors import DiskFull
from gradeline.base.plurals import count
from gradeline.records.vocabulary import LevelChange
from gradeline.warehouse import Database
from gradeline.warehouse.vocabulary import analytics, words

_log = logging.getLogger(__name__)

#: In the folder of logs.
FOLDER = "cron"
_NAME = re.compile(r"^level_update_(\d{8})\.log$")


@dataclass(frozen=True, kw_only=True)
class LevelLog:
    """Where the update of levels is logged, and for how long."""

    folder: Path  #: of logs; the file lies in its folder `cron`
    keep_days: int  #: LOG_RETENTION_DAYS


@dataclass(frozen=True, kw_only=True)
class LevelUpdate:
    """What an update of levels did."""

    changes: Sequence[LevelChange]
    learners: int  #: learners who have figures
    log: Path


def update_levels(
    database: Database, at: datetime, zone: str, log: LevelLog, *, again: bool = False
) -> LevelUpdate:
    """Let each learner's level go one step towards the one reached, unless it changed today.

    Args:
        database: of the school.
        at: now.
        zone: the school's time zone.
        log: gets a line a change, and one at the end.
        again: first compute everything that quizzes changed again from their answers.

    Raises:
        DiskFull: the log cannot be written; levels are updated all the same.
    """
    with database.connect() as connection:
        if again:
            analytics.recompute(connection, None, at, zone)
        learners, changes = analytics.set_levels(connection, at, zone)
        names = {level.level_id: level.lev_name for level in words.levels(connection)}
    lines = [
        f"learner vocabulary:{one.client_id}: {names[one.before]} -> {names[one.after]}"
        for one in changes
    ]
    lines.append(f"{count(learners, 'learner')} checked, {count(len(changes), 'level')} changed")
    _log.info("levels: %s", lines[-1])
    path = _write(log, at, at.astimezone(ZoneInfo(zone)).date(), lines)
    return LevelUpdate(changes=changes, learners=learners, log=path)


def _write(log: LevelLog, at: datetime, today: date, lines: Sequence[str]) -> Path:
    """Add lines to the log of a school day; delete logs that are past their days."""
    folder = log.folder / FOLDER
    path = folder / f"level_update_{today:%Y%m%d}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.writelines(f"{at:%Y-%m-%dT%H:%M:%SZ} {line}\n" for line in lines)
        oldest = f"{today - timedelta(days=log.keep_days):%Y%m%d}"
        for other in folder.iterdir():
            match = _NAME.match(other.name)
            if match and match[1] < oldest:
                other.unlink(missing_ok=True)
    except OSError as error:
        raise DiskFull(
            f"The log {path} cannot be written: {error.strerror}.",
            hint="Levels are updated. Free space there, or set LOG_DIR to another folder.",
        ) from error
    return path
