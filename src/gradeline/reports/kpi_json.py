"""A course's five headline figures as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from gradeline.records.course_report import CourseReport
from gradeline.records.measures import Measure
from gradeline.reports.glossary import KPIS


def render(report: CourseReport) -> bytes:
    """Return the five figures, each with n and its 95% interval, and the time of the latest data.

    Always all five in the order of KPIS, whichever the report of the course shows. Unknown numbers
    are null; instants are ISO 8601 in UTC.
    """
    figures: dict[str, object] = {name: _measure(report.kpis[name]) for name in KPIS}
    seen = [kpi.as_of for kpi in report.kpis.values() if kpi.as_of is not None]
    figures["as_of"] = _instant(max(seen, default=report.as_of))
    return (json.dumps(figures, indent=2, allow_nan=False) + "\n").encode()


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
