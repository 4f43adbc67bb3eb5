"""The commands that set a school up as a job in Google Cloud, filled in from its settings."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: The name of the job, and the beginning of all that belongs to it.
JOB = "batch-processing"

#: Where the job has a disk of its own while it runs, and how large it is: the least there is.
MOUNT, DISK = "/mnt/gradeline", "10Gi"

_SERVICES = (
    "run", "cloudscheduler", "cloudbuild", "artifactregistry", "storage", "secretmanager",
    "drive", "sheets",
)  # fmt: skip
#: What the job's account may do in the project.
_ROLES = (
    "roles/secretmanager.secretAccessor",
    "roles/logging.logWriter",
    "roles/monitoring.metricWriter",
)


@dataclass(frozen=True, kw_only=True)
class CloudJob:
    """What the commands are filled in with."""

    project: str  #: id of the project
    region: str
    bucket: str  #: its name
    schedule: str  #: cron line
    timezone: str  #: of the schedule
    variables: Mapping[str, str]  #: settings that everybody may see
    secrets: tuple[str, ...]  #: names of settings whose values only the job may see

    @property
    def account(self) -> str:
        """The service account that the job runs as, and that starts it."""
        return f"{JOB}-sa@{self.project}.iam.gserviceaccount.com"

    @property
    def image(self) -> str:
        """Where the image of the job is."""
        return f"{self.region}-docker.pkg.dev/{self.project}/{JOB}/gradeline:latest"


@dataclass(frozen=True, kw_only=True)
class CloudCommand:
    """One command, and what it is for."""

    purpose: str
    line: str  #: for a POSIX shell; carries no secret


def cloud_commands(job: CloudJob) -> Iterator[CloudCommand]:
    """Yield the commands in their order; each creates, and none needs one that comes later."""
    project = f"--project={job.project}"
    services = " ".join(f"{name}.googleapis.com" for name in _SERVICES)
    yield _command("Enable the services", f"services enable {services} {project}")
    yield _command(
        "Create the account of the job",
        f"iam service-accounts create {JOB}-sa --display-name='Batch Processing' {project}",
    )
    yield from _roles(job)
    yield _command(
        "Create the bucket; nobody reads it without a right to",
        f"storage buckets create gs://{job.bucket} --location={job.region}"
        f" --uniform-bucket-level-access --public-access-prevention {project}",
    )
    yield _command(
        "Let the job read and write it",
        f"storage buckets add-iam-policy-binding gs://{job.bucket}"
        f" --member=serviceAccount:{job.account} --role=roles/storage.objectAdmin",
    )
    yield from _secrets(job, project)
    yield _command(
        "Create a place for the image",
        f"artifacts repositories create {JOB} --repository-format=docker"
        f" --location={job.region} {project}",
    )
    yield _command(
        "Build the image from this folder, which has the Dockerfile",
        f"builds submit --tag={job.image} {project}",
    )
    yield _create(job, project)
    yield from _start(job, project)


def _roles(job: CloudJob) -> Iterator[CloudCommand]:
    for role in _ROLES:
        yield _command(
            f"Give it {role.removeprefix('roles/')}",
            f"projects add-iam-policy-binding {job.project}"
            f" --member=serviceAccount:{job.account} --role={role} --condition=None",
        )


def _secrets(job: CloudJob, project: str) -> Iterator[CloudCommand]:
    """Yield a command for each secret; its value comes from the shell, never from the line."""
    for name in job.secrets:
        yield CloudCommand(
            purpose=f"Create the secret of {name}; it is asked for and not shown",
            line=f'read -rs VALUE && printf %s "$VALUE" | gcloud secrets create'
            f" {secret_name(name)} --data-file=- {project}; unset VALUE",
        )


def _create(job: CloudJob, project: str) -> CloudCommand:
    parts = [
        f"beta run jobs create {JOB} --image={job.image} --region={job.region}",
        f"--service-account={job.account} --cpu=1 --memory=512Mi --task-timeout=3600",
        "--max-retries=1",
        # What the container writes elsewhere is in its memory, and a database needs more.
        f"--add-volume=name=home,type=ephemeral-disk,size={DISK}",
        f"--add-volume-mount=volume=home,mount-path={MOUNT}",
    ]
    # Values may have commas, so that something else stands between them.
    variables = {"GRADELINE_HOME": f"{MOUNT}/home", **job.variables}
    pairs = "||".join(f"{name}={value}" for name, value in variables.items())
    parts.append(f"--set-env-vars={shlex.quote(f'^||^{pairs}')}")
    if job.secrets:
        pairs = ",".join(f"{name}={secret_name(name)}:latest" for name in job.secrets)
        parts.append(f"--set-secrets={pairs}")
    return _command("Create the job", " ".join([*parts, project]))


def _start(job: CloudJob, project: str) -> Iterator[CloudCommand]:
    invoker = (
        f"run jobs add-iam-policy-binding {JOB} --region={job.region} --role=roles/run.invoker"
    )
    number = f"$(gcloud projects describe {job.project} --format='value(projectNumber)')"
    scheduler = f"service-{number}@gcp-sa-cloudscheduler.iam.gserviceaccount.com"
    yield _command(
        "Let its account start it",
        f"{invoker} --member=serviceAccount:{job.account} {project}",
    )
    yield _command(
        "Let Cloud Scheduler start it",
        f'{invoker} --member="serviceAccount:{scheduler}" {project}',
    )
    yield _command("Try it", f"run jobs execute {JOB} --region={job.region} --wait {project}")
    uri = (
        f"https://run.googleapis.com/v2/projects/{job.project}/locations/{job.region}"
        f"/jobs/{JOB}:run"
    )
    yield _command(
        "Create the schedule",
        f"scheduler jobs create http {JOB}-daily --location={job.region}"
        f" --schedule={shlex.quote(job.schedule)} --time-zone={job.timezone} --uri={uri}"
        f" --http-method=POST --oauth-service-account-email={job.account} {project}",
    )


def secret_name(setting: str) -> str:
    """Return what a setting's secret is called in the project: `ACCESS_TOKEN` is `access-token`."""
    return setting.lower().replace("_", "-")


def _command(purpose: str, rest: str) -> CloudCommand:
    return CloudCommand(purpose=purpose, line=f"gcloud {rest}")
