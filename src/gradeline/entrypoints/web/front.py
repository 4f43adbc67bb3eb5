"""What stands before every application that answers HTTP."""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import ASGIApp

from gradeline.entrypoints.web.guard import Guard, Limits
from gradeline.entrypoints.web.meter import HttpMeasures, Meter
from gradeline.entrypoints.web.request_id import RequestId


def guarded(
    app: ASGIApp,
    hosts: Collection[str],
    *,
    limits: Limits | None = None,
    measures: HttpMeasures | None = None,
) -> ASGIApp:
    """Return an application behind the guard, each request with its id and measured.

    Args:
        app: what answers.
        hosts: names and addresses under which we are reached, without ports.
        limits: of a request.
        measures: where requests are counted.
    """
    guard = Guard(app, hosts=hosts, limits=limits)
    return RequestId(Meter(guard, measures or HttpMeasures()))
