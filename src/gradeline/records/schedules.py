"""Schedules: which job is due when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class NewSchedule:
    """A schedule as a setting or a command names it."""

    name: str
    cron: str  #: when, on the school's wall clock
    job: str  #: the name of a job
    arguments: Mapping[str, Any] = field(default_factory=dict)  #: of that job
    origin: str = "command"  #: or `settings`
    added_by: str


@dataclass(frozen=True, kw_only=True)
class Schedule(NewSchedule):
    """A schedule as it is kept."""

    zone: str  #: the time zone whose wall clock `cron` means
    next_at: datetime  #: when it is due next
    paused_at: datetime | None = None  #: since when it is not due; None = it is
    ended_at: datetime | None = None  #: when its job last ended; None = never
    problem: str | None = None  #: what went wrong in that last run; None = nothing did
