"""The HTTP server: uvicorn, set up the same for `gradeline serve`, tests and benches.

It runs on uvloop where there is one, which is everywhere but on Windows.
"""

from __future__ import annotations

from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config, Server

from gradeline.entrypoints.web.http_protocol import BoundedProtocol

#: Seconds that requests get to end after the process was told to stop.
_GRACE_S = 30
#: Connections that the system keeps for us while all of ours are busy.
BACKLOG = 128


def server_config(
    app: ASGIApp | str, protocol: type[BoundedProtocol] = BoundedProtocol, **more: Any
) -> Config:
    """Return how an application is served.

    Args:
        app: what answers, or where to import what makes it.
        protocol: how connections are read.
        more: further arguments of uvicorn's Config.
    """
    return Config(
        app,
        http=protocol,
        ws="none",
        log_config=None,  # our own log has each request that failed
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        backlog=BACKLOG,
        **more,
    )


def http_server(app: ASGIApp, protocol: type[BoundedProtocol] = BoundedProtocol) -> Server:
    """Return a server for an application; `run(sockets=[…])` answers until told to stop."""
    return Server(server_config(app, protocol))
