"""A whole run: its steps and its messages, also where an error ends it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from gradeline.base.clock import now
from gradeline.base.errors import GradelineError
from gradeline.flows.after_run import deliver_run
from gradeline.flows.parts import Parts
from gradeline.flows.run import Progress, RunRequest, RunResult, Steps, run_all

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class RunEnd:
    """How a run ended."""

    result: RunResult  #: what was done
    error: GradelineError | None = None  #: that ended it before its last step; None = none did


def run_and_deliver(
    parts: Parts,
    request: RunRequest,
    steps: Steps,
    progress: Progress,
    is_last: Callable[[GradelineError], bool] = lambda _error: True,
) -> RunEnd:
    """Take the steps, then deliver what is due after them.

    Recipients are told of an error that ends the run, too.

    Args:
        parts: the wired Gradeline.
        request: what is read and computed.
        steps: which are taken.
        progress: opens a progress bar.
        is_last: whether recipients are to be told of an error; one that a later try may
            overcome is not worth a message.

    Raises:
        GradelineError: nothing was collected, or what was done could not be delivered.
    """
    started_at = now()
    collected = run_all(parts, request, replace(steps, analyse=False), progress)
    try:
        result = run_all(parts, request, replace(steps, collect=False), progress)
    except GradelineError as error:
        if steps.deliver and is_last(error):
            ended = replace(collected, ended_by=str(error))
            _tell_of_end(parts, request, ended, started_at, reports=steps.deliver_reports)
        # What was read stays, and so does what is wrong with it.
        return RunEnd(result=collected, error=error)
    result = collected.with_analysis(result)
    if steps.deliver:
        delivery = deliver_run(parts, request, result, started_at, reports=steps.deliver_reports)
        result = replace(result, delivery=delivery)
    return RunEnd(result=result)


def _tell_of_end(
    parts: Parts, request: RunRequest, ended: RunResult, started_at: datetime, *, reports: bool
) -> None:
    """Tell recipients of a run that an error ended; what keeps that from them is in the log."""
    try:
        deliver_run(parts, request, ended, started_at, reports=reports)
    except GradelineError as error:
        _log.error("nobody could be told of the end of the run: %s", error)
