"""After a run: deliver its result, the daily figures and the reports that changed."""

from __future__ import annotations

import uuid
from datetime import datetime

from gradeline.base.clock import now
from gradeline.flows.deliver.deliver import deliver
from gradeline.flows.deliver.plan import Occasion
from gradeline.flows.deliver.result import DeliveryResult
from gradeline.flows.parts import Parts
from gradeline.flows.run import RunRequest, RunResult, find_courses
from gradeline.records.recipients import What
from gradeline.records.run_summary import RunSummary
from gradeline.warehouse.deliveries import runs


def deliver_run(
    parts: Parts,
    request: RunRequest,
    result: RunResult,
    started_at: datetime,
    *,
    reports: bool = True,
) -> DeliveryResult:
    """Deliver what is due after a run: its result, figures and reports.

    A run that names its sources delivers daily figures and its result; one that names courses
    delivers reports of these alone. Without `reports`, none are delivered whatever it names.

    Raises:
        WarehouseError: the ledger of deliveries cannot be read or written.
    """
    left_out = set() if reports and not request.sources else {What.COURSE_REPORT, What.GROUP_REPORT}
    occasion = Occasion(
        now=now(),
        as_of=request.terms.as_of,
        run=_summary(result, started_at),
        what=frozenset(What) - left_out,
        courses=find_courses(parts, request),
    )
    return deliver(parts, occasion)


def deliver_rest(parts: Parts, request: RunRequest) -> DeliveryResult:
    """Deliver what exists and was not delivered, without a run of its own.

    Raises:
        WarehouseError: the ledger of deliveries cannot be read or written.
    """
    with parts.database.connect() as connection:
        last = runs.read_last(connection)
    courses = find_courses(parts, request)
    return deliver(parts, Occasion(now=now(), run=last, courses=courses))


def _summary(result: RunResult, started_at: datetime) -> RunSummary:
    counts = [outcome.counts for _, outcome in result.collected]
    return RunSummary(
        run_id=uuid.uuid4().hex,
        started_at=started_at,
        ended_at=now(),
        stored=sum(each.stored for each in counts),
        quarantined=sum(each.quarantined for each in counts),
        recalculated=tuple(sorted(result.refresh.courses)) if result.refresh else (),
        documents=len(result.report.written) if result.report else 0,
        problems=result.data_problems,
    )
