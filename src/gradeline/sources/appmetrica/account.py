"""An app at AppMetrica, the token that may read it, and what asks there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from gradeline.base.errors import SourceRefused, WrongAnswer
from gradeline.sources.appmetrica.export import MOST_PARTS
from gradeline.sources.appmetrica.request_slots import SLOTS
from gradeline.sources.web.client import Host, HttpClient, Request, RequestPolicy, via_sandbox

NAME = "appmetrica"
URL = "https://api.appmetrica.yandex.com"
POLICY = RequestPolicy(requests=30, per_s=1, parallel=SLOTS, deadline_s=1800)
#: Somebody waits for the answer.
_AT_ONCE = RequestPolicy(requests=30, per_s=1, tries=2, deadline_s=20, silence_s=10)


@dataclass(frozen=True, kw_only=True)
class AppMetricaAccount:
    """An app and the token that may read it."""

    token: str = field(repr=False)  #: APPMETRICA_TOKEN
    application_id: str  #: APPMETRICA_APPLICATION_ID
    sandbox: str | None = None  #: SANDBOX_URL
    speed: float = 1.0  #: SANDBOX_SPEED
    form: str = "csv"  #: `csv`, or `json` where CSV is no use
    most_parts: int = MOST_PARTS  #: a day that needs more is asked for by the hour


def open_client(account: AppMetricaAccount, limits: Path, policy: RequestPolicy) -> HttpClient:
    """Return what asks AppMetrica as this account.

    Raises:
        WrongSetting: SANDBOX_URL leads to another machine.
    """
    host = Host(
        name="AppMetrica",
        url=URL,
        address_setting="APPMETRICA_APPLICATION_ID",
        key_settings="APPMETRICA_TOKEN and APPMETRICA_APPLICATION_ID",
        headers={"Authorization": f"OAuth {account.token}"},
        secrets=(account.token,),
    )
    host = via_sandbox(host, account.sandbox, NAME)
    return HttpClient(host, replace(policy, speed=account.speed), limits)


def check_access(account: AppMetricaAccount, limits: Path) -> None:
    """Ask AppMetrica whether it takes the token and whether the token may see the app.

    Raises:
        SourceRefused: it does not, or may not.
        SourceUnavailable, WrongAnswer: there is no answer that says so.
    """
    client = open_client(account, limits, _AT_ONCE)
    answer = client.send(Request(path="/management/v1/applications")).json()
    try:
        seen = {str(application["id"]) for application in answer["applications"]}
    except (KeyError, TypeError):
        raise WrongAnswer("AppMetrica's list of applications has another form.") from None
    if account.application_id not in seen:
        raise SourceRefused(
            f"AppMetrica takes the token, which may not see application {account.application_id}.",
            hint="Correct APPMETRICA_APPLICATION_ID, or let its owner give your login access.",
        )
