"""`gradeline serve`: the HTTP API, and a worker beside it."""

from __future__ import annotations

import atexit
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from gradeline.access.principals import Principal
from gradeline.base.clock import now
from gradeline.base.errors import SignInNeeded, WrongUse
from gradeline.entrypoints.cli.context import refuse_bucket, screen_of, settings_of
from gradeline.entrypoints.cli.worker_process import working_beside
from gradeline.entrypoints.worker.loop import Stop
from gradeline.settings import Settings, read_settings
from gradeline.warehouse import Role
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.wiring.database import wire_database
from gradeline.wiring.objects import wire_objects

if TYPE_CHECKING:
    from fastapi import FastAPI

#: Seconds that requests get to end after the process was told to stop.
_GRACE_S = 30
#: Connections that the system keeps for us while all of ours are busy.
_BACKLOG = 128
_PORTS = 65535


class NoSignIn:
    """Signs nobody in: no way to do so is set."""

    def principal_of(self, bearer: str) -> Principal:  # noqa: ARG002 - part of the protocol
        """Refuse everybody."""
        raise SignInNeeded("No way to sign in is set.", hint="Set JWT_SECRET or JWT_JWKS_URL.")


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=_PORTS, help="Port; 0 = any free one.")] = 8000,
    reload: Annotated[
        bool, typer.Option("--reload", help="Start again when Gradeline's own code changes.")
    ] = False,
    worker: Annotated[
        bool,
        typer.Option(help="Also run a worker, as `gradeline worker` does, in a process beside."),
    ] = True,
) -> int:
    """Answer over HTTP: figures, exports, tables and files; with a worker beside.

    It runs until it is stopped; requests under way may end first.
    """
    settings, screen = settings_of(context), screen_of(context)
    refuse_bucket(settings, "A service")
    stop = Stop()
    with suppress(KeyboardInterrupt), stop.listening(), _listening(host, port) as listener:
        address = _address(listener)
        with ExitStack() as opened:
            if reload:
                _serve_with_reload(context, listener)
                return 0
            app = _open_app(settings, opened)
            if worker:
                opened.enter_context(working_beside(settings.gradeline_home, screen.say))
            screen.say(f"Gradeline answers at {address}; {address}/docs describes its API.")
            _serve(app, listener)
    screen.say("Stopped.")
    return 0


def _open_app(settings: Settings, opened: ExitStack) -> FastAPI:
    """Open what the API works with until `opened` closes, and return the application."""
    from gradeline.entrypoints.api.app import api  # brings FastAPI
    from gradeline.entrypoints.api.parts import ApiParts  # as above
    from gradeline.warehouse.connect.pool import open_pool  # as above

    database = opened.enter_context(wire_database(settings, lambda _words: None))
    ensure_login(database, Role.APP)
    parts = ApiParts(
        database=opened.enter_context(open_pool(database)),
        sign_in=NoSignIn(),
        objects=wire_objects(settings),
        clock=now,
        public_url=str(settings.public_url).rstrip("/"),
    )
    return api(parts)


def _serve(app: FastAPI, listener: socket.socket) -> None:
    from uvicorn import Config, Server  # brings asyncio and its protocols

    config = Config(
        app,
        log_config=None,  # our own log has each request that failed
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        backlog=_BACKLOG,
    )
    Server(config).run(sockets=[listener])


def _serve_with_reload(context: typer.Context, listener: socket.socket) -> None:
    from uvicorn import Config, Server  # brings asyncio and its protocols
    from uvicorn.supervisors import ChangeReload  # as above

    if context.obj.home is not None:
        os.environ["GRADELINE_HOME"] = str(context.obj.home)
    target = f"{__name__}:reloaded_app"
    config = Config(target, factory=True, reload=True, server_header=False, backlog=_BACKLOG)
    ChangeReload(config, target=Server(config).run, sockets=[listener]).run()


def reloaded_app() -> FastAPI:
    """Return the application of a process that `--reload` starts; its settings are read again."""
    opened = ExitStack()
    atexit.register(opened.close)
    return _open_app(read_settings(), opened)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen on an address; requests wait until they are answered.

    Raises:
        WrongUse: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise WrongUse(
            f"{host}:{port} cannot be listened on: {error.strerror or error}.",
            hint="Stop what uses it, or choose another with --port.",
        ) from None
    with listener:
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
