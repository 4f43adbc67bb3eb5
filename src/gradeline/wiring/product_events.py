"""From settings to the systems of product events: Amplitude and AppMetrica."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.base.errors import WrongSetting
from gradeline.settings import Settings
from gradeline.sources.amplitude.source import AmplitudeAccount, AmplitudeProject, open_amplitude
from gradeline.sources.appmetrica.account import AppMetricaAccount
from gradeline.sources.appmetrica.source import open_appmetrica
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import Source
from gradeline.wiring.home import limits_of


def wire_amplitude(settings: Settings) -> Iterator[Source]:
    """Open the web and the mobile project at Amplitude whose keys are set."""
    keys = {
        "web": (settings.amplitude_web_api_key, settings.amplitude_web_secret_key),
        "mobile": (settings.amplitude_mobile_api_key, settings.amplitude_mobile_secret_key),
    }
    projects = []
    for name, (key, secret) in keys.items():
        if key is None and secret is None:
            continue
        if key is None or secret is None:
            setting = f"AMPLITUDE_{name.upper()}"
            raise WrongSetting(
                f"The {name} project at Amplitude cannot be read: one of its two keys is missing.",
                hint=f"Set both {setting}_API_KEY and {setting}_SECRET_KEY, or none.",
            )
        projects.append(
            AmplitudeProject(name=name, api_key=key, secret_key=secret.get_secret_value())
        )
    if not projects:
        return
    account = AmplitudeAccount(
        projects=tuple(projects),
        region=settings.amplitude_region,
        sandbox=settings.sandbox_url,
        speed=float(settings.sandbox_speed),
    )
    mappings = read_mappings(settings.gradeline_home)
    yield open_amplitude(account, mappings, limits_of(settings))


def wire_appmetrica(settings: Settings) -> Iterator[Source]:
    """Open the mobile app at AppMetrica, if its token is set."""
    account = appmetrica_account(settings)
    if account is not None:
        mappings = read_mappings(settings.gradeline_home)
        yield open_appmetrica(account, limits_of(settings), mappings)


def appmetrica_account(settings: Settings) -> AppMetricaAccount | None:
    """Return our account at AppMetrica; None = it is not set up.

    Raises:
        WrongSetting: a part of it is missing or wrong.
    """
    token, application_id = settings.appmetrica_token, settings.appmetrica_application_id
    if token is None and application_id is None:
        return None
    if token is None or application_id is None or not application_id.isdecimal():
        raise WrongSetting(
            "AppMetrica cannot be read without a token and the number of the application.",
            hint="Set both APPMETRICA_TOKEN and APPMETRICA_APPLICATION_ID, or none.",
        )
    return AppMetricaAccount(
        token=token.get_secret_value(),
        application_id=application_id,
        sandbox=settings.sandbox_url,
        speed=float(settings.sandbox_speed),
    )
