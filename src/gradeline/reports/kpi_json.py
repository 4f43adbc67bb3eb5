"""A course's five headline figures as JSON, for machines."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure
from gradeline.reports.glossary import KPIS


def render(report: CourseReport) -> bytes:
    """The five figures, each with n and its 95 % interval, and the newest fact of all.

    Always all five in the order of METRICS, whatever the course's report shows; unknown
    numbers are null; instants are ISO 8601 in UTC.
    """
    told: dict[str, object] = {name: _measure(report.kpis[name]) for name in KPIS}
    seen = [each.as_of for each in report.kpis.values() if each.as_of is not None]
    told["as_of"] = _instant(max(seen, default=report.as_of))
    return (json.dumps(told, indent=2, allow_nan=False) + "\n").encode()


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "value": measure.value,
        "n": measure.n,
        "low": measure.low,
        "high": measure.high,
        "as_of": _instant(measure.as_of),
    }


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
