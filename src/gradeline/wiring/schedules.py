"""The schedules that settings name."""

from __future__ import annotations

from gradeline.flows.schedules import SETTINGS
from gradeline.jobs.names import Collect, Levels, Run, arguments_of, name_of
from gradeline.records.schedules import NewSchedule
from gradeline.settings import Settings


def schedules_of(settings: Settings) -> tuple[NewSchedule, ...]:
    """Return the schedules that settings name."""
    lines = {
        "collect": settings.schedule_collect,
        "batch": settings.schedule_batch,
        "levels": settings.schedule_levels,
    }
    jobs = {"collect": Collect(), "batch": Run(), "levels": Levels()}
    return tuple(
        NewSchedule(
            name=name,
            cron=lines[name],
            job=name_of(job),
            arguments=arguments_of(job),
            origin=SETTINGS,
            added_by=SETTINGS,
        )
        for name, job in jobs.items()
    )
