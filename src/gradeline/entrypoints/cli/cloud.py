"""`gradeline doctor --cloud`: what to type so that Google Cloud runs this school."""

from __future__ import annotations

from gradeline.entrypoints.cli.cloud_commands import CloudJob, cloud_commands
from gradeline.entrypoints.cli.screen import Screen
from gradeline.settings import Settings, settings_rows

#: Settings of this machine, or which the image and the commands say themselves.
_LEFT_OUT = frozenset(
    {
        "gradeline_home",
        "gradeline_db_port",
        "gradeline_db_in_bucket",
        "log_dir",
        "log_format",
        "gcp_project_id",
        "region",
        "storage_backend",
        "gcp_bucket_name",
        "sandbox_url",
        "sandbox_speed",
        "schedule_collect",
        "schedule_batch",
        "learnworlds_poll_secs",
        "smtp_ca_file",
    }
)


def print_cloud_commands(settings: Settings, screen: Screen) -> None:
    """Print the commands, filled in from the settings; what is not set stands in capitals."""
    job = _job_of(settings)
    missing = [
        name
        for name in ("gcp_project_id", "region", "gcp_bucket_name")
        if getattr(settings, name) is None
    ]
    if missing:
        names = ", ".join(name.upper() for name in missing)
        screen.say(f"Not set, so they stand in capitals below: {names}.")
    for command in cloud_commands(job):
        screen.answer(
            f"# {command.purpose}\n{command.line}\n", purpose=command.purpose, command=command.line
        )


def _job_of(settings: Settings) -> CloudJob:
    rows = [
        row
        for row in settings_rows(settings)
        if row.origin != "default" and row.name.lower() not in _LEFT_OUT
    ]
    bucket = settings.gcp_bucket_name or "GCP_BUCKET_NAME"
    return CloudJob(
        project=settings.gcp_project_id or "GCP_PROJECT_ID",
        region=settings.region or "REGION",
        bucket=bucket,
        schedule=settings.schedule_batch,
        timezone=settings.school_timezone,
        variables={"STORAGE_BACKEND": "gcp", "GCP_BUCKET_NAME": bucket}
        | {row.name: row.value for row in rows if not row.secret},
        secrets=tuple(row.name for row in rows if row.secret),
    )
