"""Every twin that serves HTTP, one line each: systems we read, send through and sign in by."""

from __future__ import annotations

from collections.abc import Callable

from gradeline.sandbox.amplitude.twin import AmplitudeTwin
from gradeline.sandbox.appmetrica.twin import AppMetricaTwin
from gradeline.sandbox.exchange import Pace, Twin
from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.grader.twin import GraderTwin
from gradeline.sandbox.jwks.twin import JwksTwin
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.school.school import School, read_school
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.telegram.twin import TelegramTwin
from gradeline.sandbox.webhook.twin import WebhookTwin
from gradeline.sandbox.yandex.twin import YandexTwin

TWINS: tuple[Callable[[School, Pace], Twin], ...] = (
    AmplitudeTwin,
    GraderTwin,
    LearnWorldsTwin,
    AppMetricaTwin,
)


#: The services that bring messages to people.
CHANNEL_TWINS: tuple[Callable[[School, Pace], Twin], ...] = (
    GoogleTwin,
    SlackTwin,
    TelegramTwin,
    WebhookTwin,
)

#: The services that say who somebody is.
SIGN_IN_TWINS: tuple[Callable[[School, Pace], Twin], ...] = (YandexTwin, JwksTwin)


def every_twin(pace: Pace) -> tuple[Twin, ...]:
    """Return all twins, serving one school at one pace."""
    school = read_school()
    return (
        *twins_of(school, pace),
        *channel_twins_of(school, pace),
        *sign_in_twins_of(school, pace),
    )


def twins_of(school: School, pace: Pace) -> tuple[Twin, ...]:
    """Return the twins of the systems of that school that we read."""
    return tuple(twin(school, pace) for twin in TWINS)


def channel_twins_of(school: School, pace: Pace) -> tuple[Twin, ...]:
    """Return the twins of the services through which that school sends."""
    return tuple(twin(school, pace) for twin in CHANNEL_TWINS)


def sign_in_twins_of(school: School, pace: Pace) -> tuple[Twin, ...]:
    """Return the twins of the services that sign that school's people in."""
    return tuple(twin(school, pace) for twin in SIGN_IN_TWINS)
