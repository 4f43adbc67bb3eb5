"""The schedules that settings name."""

from __future__ import annotations

from collections.abc import Mapping

from gradeline.flows.schedules import SETTINGS
from gradeline.jobs.names import Backup, BotBackup, Collect, Job, Levels, Run, arguments_of, name_of
from gradeline.records.schedules import NewSchedule
from gradeline.settings import Settings
from gradeline.settings.values import NEVER


def schedules_of(settings: Settings) -> tuple[NewSchedule, ...]:
    """Return the schedules that settings name."""
    named: Mapping[str, tuple[str, Job]] = {
        "collect": (settings.schedule_collect, Collect()),
        "batch": (settings.schedule_batch, Run()),
        "levels": (settings.schedule_levels, Levels()),
        "backup": (settings.schedule_backup, Backup()),
        "bot_backup": (settings.schedule_bot_backup, BotBackup()),
    }
    return tuple(
        NewSchedule(
            name=name,
            cron=cron,
            job=name_of(job),
            arguments=arguments_of(job),
            origin=SETTINGS,
            added_by=SETTINGS,
        )
        for name, (cron, job) in named.items()
        if cron != NEVER
    )
