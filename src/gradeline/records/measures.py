"""A measure: a number with its n, its interval and its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: The 97.5% quantile of the normal distribution, which gives two-sided 95% intervals.
Z = 1.959964


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One number as it is shown everywhere: screen, CSV, XLSX, PDF, API and messages."""

    value: float | None  #: the number; None without observations
    n: int  #: how many observations it is based on
    low: float | None = None  #: lower bound of its 95% interval
    high: float | None = None  #: upper bound of its 95% interval
    as_of: datetime | None = None  #: the time of the latest data, in UTC


#: The figures of a course that its report, kpi.json and messages show, in this order.
COURSE_KPIS = (
    "attendance_rate",
    "response_rate",
    "completion_rate",
    "average_grade",
    "average_grade_all",
)

#: The figures of a group, level, topic, course or learner, in the order that pages show them.
STAT_MEASURES = (
    "total_attempts",
    "total_users",
    "avg_accuracy",
    "first_try_accuracy",
    "unaided_accuracy",
    "avg_score",
    "hints_usage",
    "hints_per_attempt",
    "avg_time",
    "median_time",
)
