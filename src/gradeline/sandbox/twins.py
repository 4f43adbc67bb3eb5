"""Every twin that serves HTTP, one line each."""

from __future__ import annotations

from collections.abc import Callable

from gradeline.sandbox.amplitude.twin import AmplitudeTwin
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin
from gradeline.sandbox.exchange import Pace, Twin
from gradeline.sandbox.grader.twin import GraderTwin
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.school.school import School, read_school

TWINS: tuple[Callable[[School, Pace], Twin], ...] = (
    AmplitudeTwin,
    GraderTwin,
    LearnWorldsTwin,
    AppMetricaTwin,
)


def every_twin(pace: Pace) -> tuple[Twin, ...]:
    """Return all twins, serving one school at one pace."""
    return twins_of(read_school(), pace)


def twins_of(school: School, pace: Pace) -> tuple[Twin, ...]:
    """Return all twins of that school."""
    return tuple(twin(school, pace) for twin in TWINS)
