"""A run's figures for Prometheus, pushed to a Pushgateway: a run ends before it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx2

from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused

_TIMEOUT_S = 10.0
#: Where a Pushgateway takes figures; the run replaces those of the one before.
_GROUP = "/metrics/job/gradeline"
_CLIENT_ERRORS = range(400, 500)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One gauge of a run."""

    name: str
    description: str
    value: float


def as_text(figures: Sequence[Figure]) -> str:
    """Return figures as Prometheus reads them."""
    lines = []
    for figure in figures:
        lines.append(f"# HELP {figure.name} {figure.description}")
        lines.append(f"# TYPE {figure.name} gauge")
        lines.append(f"{figure.name} {figure.value:.17g}")
    return "\n".join(lines) + "\n"


def push(address: str, figures: Sequence[Figure]) -> None:
    """Replace the figures of the last run at a Pushgateway by these.

    Args:
        address: of the gateway, `https://user:password@host:9091`; or with a group of your own,
            `…/metrics/job/school`.
        figures: of the run.

    Raises:
        DeliveryError: they did not arrive. The message has neither the path nor the login.
    """
    url = _url(address)
    try:
        response = httpx2.put(url, content=as_text(figures), headers=_TYPE, timeout=_TIMEOUT_S)
    except httpx2.HTTPError:
        raise _not_pushed(DeliveryLater, url, "it does not answer") from None
    if not response.is_success:
        refused = response.status_code in _CLIENT_ERRORS
        kind = DeliveryRefused if refused else DeliveryLater
        raise _not_pushed(kind, url, f"it answered {response.status_code}")


_TYPE: Mapping[str, str] = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


def _url(address: str) -> httpx2.URL:
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL:
        url = httpx2.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise DeliveryRefused(
            "METRICS_PUSH_URL is not the address of a Pushgateway.",
            hint="Write it as http://host:9091.",
        )
    if "/metrics/job/" in url.path:
        return url
    return url.copy_with(path=f"{url.path.rstrip('/')}{_GROUP}")


def _not_pushed(kind: type[DeliveryError], url: httpx2.URL, why: str) -> DeliveryError:
    return kind(
        f"The figures of this run were not pushed to {url.host}: {why}.",
        hint="Check METRICS_PUSH_URL; the run itself is not affected.",
    )
