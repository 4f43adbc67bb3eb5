"""The end of a run: one line for machines, and its figures for Prometheus."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from datetime import datetime

from gradeline.base.errors import DeliveryError, GradelineError
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.run import RunResult
from gradeline.settings import Settings

_log = logging.getLogger(__name__)

_DESCRIPTIONS = {
    "exit_code": "Exit code of the last run: 0 done, 1 something failed, 2 wrong use",
    "received": "Records that the last run received",
    "stored": "Records that the last run stored",
    "quarantined": "Records that the last run put in quarantine",
    "courses": "Courses that the last run recalculated",
    "documents": "Documents that the last run wrote",
    "sent": "Messages that the last run sent",
    "waiting": "Messages that wait for the next run",
    "problems": "Problems of the last run that a person must see to",
}


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A run in figures."""

    exit_code: int
    received: int
    stored: int
    quarantined: int
    courses: int  #: recalculated
    documents: int  #: written
    sent: int  #: messages
    waiting: int  #: messages that wait for the next run
    problems: int


def summarise(result: RunResult, error: GradelineError | None) -> Summary:
    """Return a run in figures; `error` is what ended it."""
    counts = [outcome.counts for _, outcome in result.collected]
    delivery = result.delivery
    return Summary(
        exit_code=error.exit_code if error is not None else int(result.failed),
        received=sum(each.received for each in counts),
        stored=sum(each.stored for each in counts),
        quarantined=sum(each.quarantined for each in counts),
        courses=len(result.refresh.courses) if result.refresh is not None else 0,
        documents=len(result.report.written) if result.report is not None else 0,
        sent=delivery.total if delivery is not None else 0,
        waiting=delivery.waiting if delivery is not None else 0,
        problems=len(result.problems) + (error is not None),
    )


def print_summary(
    summary: Summary, screen: Screen, started_at: datetime, ended_at: datetime
) -> None:
    """Print the last line of a run for machines; people have read it all before."""
    if screen.json:
        times = {"started_at": started_at.isoformat(), "ended_at": ended_at.isoformat()}
        screen.answer("", run={**times, **asdict(summary)})


def push_summary(
    summary: Summary, settings: Settings, screen: Screen, ended_at: datetime, seconds: float
) -> None:
    """Push a run's figures to METRICS_PUSH_URL, if it is set; that it fails is only a warning."""
    if settings.metrics_push_url is None:
        return
    from gradeline.delivery.pushgateway import Figure, push  # brings an HTTP client

    figures = [
        Figure(name=f"gradeline_run_{name}", description=_DESCRIPTIONS[name], value=value)
        for name, value in asdict(summary).items()
    ]
    figures += [
        Figure(
            name="gradeline_run_ended_timestamp_seconds",
            description="When the last run ended, in seconds since 1970",
            value=ended_at.timestamp(),
        ),
        Figure(
            name="gradeline_run_duration_seconds",
            description="How long the last run took",
            value=seconds,
        ),
    ]
    try:
        push(settings.metrics_push_url.get_secret_value(), figures)
    except DeliveryError as error:
        _log.warning("%s", error)
        screen.say(f"Warning: {error}")
