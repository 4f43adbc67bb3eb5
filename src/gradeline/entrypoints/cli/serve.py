"""`gradeline serve`: the curators' page and the HTTP API, and a worker beside them."""

from __future__ import annotations

import atexit
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from gradeline.base.clock import now
from gradeline.base.errors import WrongUse
from gradeline.entrypoints.cli.context import refuse_bucket, screen_of, settings_of
from gradeline.entrypoints.cli.screen import Screen
from gradeline.entrypoints.cli.worker_process import working_beside
from gradeline.entrypoints.worker.loop import Stop
from gradeline.settings import Settings, read_settings
from gradeline.warehouse import Database, Role
from gradeline.warehouse.connect.logins import ensure_login
from gradeline.wiring.channels import wire_channels
from gradeline.wiring.database import wire_database
from gradeline.wiring.lake import wire_lake
from gradeline.wiring.objects import wire_objects
from gradeline.wiring.posting import wire_posting
from gradeline.wiring.raw_exports import VendorExports
from gradeline.wiring.signing_keys import wire_signing_keys

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp

    from gradeline.entrypoints.web.exports import ExportParts
    from gradeline.entrypoints.web.side_by_side import RoutedApp

_PORTS = 65535
#: Connections that ask for tokens and staff; no request's own SQL runs on them.
_SIGN_IN_CONNECTIONS = 2
#: Seconds that a request waits for a connection to the database before it is told to come later.
_POOL_WAIT_S = 2.0
#: Tells a process that `--reload` starts which address is listened on.
_HOST = "GRADELINE_SERVE_HOST"


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
    """Show the curators' page and answer over HTTP; with a worker beside.

    It runs until it is stopped; requests under way may end first.
    """
    settings, screen = settings_of(context), screen_of(context)
    refuse_bucket(settings, "A service")
    stop = Stop()
    with suppress(KeyboardInterrupt), stop.listening(), _listening(host, port) as listener:
        address = _address(listener)
        with ExitStack() as opened:
            if reload:
                _serve_with_reload(context, listener, host)
                return 0
            database = opened.enter_context(wire_database(settings, screen.say))
            app = _open_app(settings, database, opened, host)
            if worker:
                opened.enter_context(working_beside(settings.gradeline_home, screen.say))
            screen.say(f"The page is at {address}; {address}/docs describes the API.")
            link = _first_link(settings, database, address)
            if link is not None:
                screen.say(f"The staff has no administrator. This signs one in, once: {link}")
            _serve(app, listener)
    screen.say("Stopped.")
    return 0


def serve_demo(settings: Settings, screen: Screen, people: Sequence[str]) -> None:
    """Serve the page of a demo on this machine until it is stopped, without a worker.

    Args:
        settings: of the demo.
        screen: where its address is printed, with a sign-in link for an administrator and others.
        people: who is signed in by further links, by e-mail.
    """
    from gradeline.flows.sign_in import make_sign_in_link  # brings Babel

    stop, made_by = Stop(), "gradeline demo"
    with (
        suppress(KeyboardInterrupt),
        stop.listening(),
        _listening_near(8000) as listener,
        ExitStack() as opened,
    ):
        address = _address(listener)
        database = opened.enter_context(wire_database(settings, screen.say))
        app = _open_app(settings, database, opened, "127.0.0.1")
        with database.connect() as connection:
            links = {
                person or "an administrator": make_sign_in_link(
                    connection, person, public_url=address, made_by=made_by
                )
                for person in (None, *people)
            }
        screen.answer(f"\nThe page is at {address}. These links sign in, once each:")
        for whom, link in links.items():
            screen.answer(f"  {whom}: {link}")
        screen.answer("Press Ctrl-C to stop.")
        _serve(app, listener)


def _first_link(settings: Settings, database: Database, address: str) -> str | None:
    """Return a link that signs an administrator in, while the staff has none."""
    from gradeline.flows.sign_in import first_admin_link  # brings Babel

    public_url = str(settings.public_url)
    # Where nobody else is told how to reach us, the address is the one that we listen on.
    is_own = urlsplit(public_url).hostname in ("127.0.0.1", "localhost")
    with database.connect() as connection:
        return first_admin_link(
            connection, public_url=address if is_own else public_url, made_by="gradeline serve"
        )


def _open_app(settings: Settings, database: Database, opened: ExitStack, host: str) -> ASGIApp:
    """Open what the API works with until `opened` closes, and return what answers.

    Args:
        settings: read by now.
        database: open.
        opened: closes what is opened here.
        host: the address that is listened on.
    """
    from gradeline.entrypoints.api.app import api  # brings FastAPI
    from gradeline.entrypoints.api.parts import ApiParts, Metrics  # as above
    from gradeline.entrypoints.dashboard.app import dashboard  # as above
    from gradeline.entrypoints.dashboard.parts import DashboardParts  # as above
    from gradeline.entrypoints.web.front import guarded  # as above
    from gradeline.entrypoints.web.hosts import allowed_hosts, is_loopback  # as above
    from gradeline.entrypoints.web.side_by_side import SideBySide  # as above
    from gradeline.warehouse.connect.pool import open_pool  # as above
    from gradeline.wiring.office import wire_office  # as above
    from gradeline.wiring.sign_in import (  # brings what verifies tokens
        wire_sessions,
        wire_sign_in,
        wire_yandex,
    )

    public_url = str(settings.public_url).rstrip("/")
    ensure_login(database, Role.APP)
    by_loader = opened.enter_context(
        open_pool(database, Role.LOADER, size=_SIGN_IN_CONNECTIONS, wait_s=_POOL_WAIT_S)
    )
    raw_exports = VendorExports(settings, database)
    opened.callback(raw_exports.stop)
    pooled = opened.enter_context(open_pool(database, wait_s=_POOL_WAIT_S))
    sign_in = wire_sign_in(settings, by_loader)
    exports = _export_parts(settings, by_loader)
    parts = ApiParts(
        database=pooled,
        sign_in=sign_in,
        objects=wire_objects(settings),
        raw_exports=raw_exports,
        exports=exports,
        post_rows=wire_posting(settings, database),
        clock=now,
        public_url=public_url,
        metrics=Metrics(token=_metrics_token(settings), local=is_loopback(public_url)),
    )
    pages = DashboardParts(
        database=pooled,
        sessions=wire_sessions(settings, by_loader, sign_in.guesses),
        clock=now,
        public_url=public_url,
        zone=settings.school_timezone,
        language=settings.gradeline_lang,
        exports=exports,
        office=wire_office(settings, by_loader),
        yandex=wire_yandex(settings),
    )
    answers = SideBySide(_served(api(parts)), _served(dashboard(pages)))
    hosts = allowed_hosts(public_url, host, settings.allowed_hosts)
    return guarded(answers, hosts, measures=parts.metrics.measures)


def _metrics_token(settings: Settings) -> str:
    return settings.metrics_token.get_secret_value() if settings.metrics_token else ""


def _served(app: FastAPI) -> RoutedApp:
    from fastapi.routing import iter_route_contexts  # brings FastAPI

    from gradeline.entrypoints.web.side_by_side import RoutedApp  # brings Starlette

    routes = [(each.path or "", each.methods or ()) for each in iter_route_contexts(app.routes)]
    return RoutedApp(app=app, routes=routes)


def _export_parts(settings: Settings, by_loader: Database) -> ExportParts:
    from gradeline.entrypoints.web.exports import ExportParts  # as above

    return ExportParts(
        lake=wire_lake(settings),
        keys=wire_signing_keys(settings, by_loader),
        per_hour=settings.reporting_export_rate_limit_per_hour,
        link_lives=timedelta(hours=settings.reporting_signed_url_ttl_hours),
        language=settings.gradeline_lang,
        channels=frozenset(wire_channels(settings)),
    )


def _serve(app: ASGIApp, listener: socket.socket) -> None:
    from gradeline.entrypoints.web.server import http_server  # brings asyncio and its protocols

    http_server(app).run(sockets=[listener])


def _serve_with_reload(context: typer.Context, listener: socket.socket, host: str) -> None:
    from uvicorn import Server  # brings asyncio and its protocols
    from uvicorn.supervisors import ChangeReload  # as above

    from gradeline.entrypoints.web.server import server_config  # as above

    if context.obj.home is not None:
        os.environ["GRADELINE_HOME"] = str(context.obj.home)
    os.environ[_HOST] = host
    config = server_config(f"{__name__}:reloaded_app", factory=True, reload=True)
    ChangeReload(config, target=Server(config).run, sockets=[listener]).run()


def reloaded_app() -> ASGIApp:
    """Return the application of a process that `--reload` starts; it reads its settings itself."""
    opened = ExitStack()
    atexit.register(opened.close)
    settings = read_settings()
    database = opened.enter_context(wire_database(settings, lambda _words: None))
    return _open_app(settings, database, opened, os.environ[_HOST])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen on an address; requests wait until they are answered.

    Raises:
        WrongUse: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise WrongUse(
            f"{host}:{port} cannot be listened on: {error.strerror or error}.",
            hint="Stop what uses it, or choose another with --port.",
        ) from None
    with listener:
        yield listener


@contextmanager
def _listening_near(port: int) -> Iterator[socket.socket]:
    """Listen on a port of this machine, or where it is taken on any free one."""
    with ExitStack() as opened:
        try:
            listener = opened.enter_context(_listening("127.0.0.1", port))
        except WrongUse:
            listener = opened.enter_context(_listening("127.0.0.1", 0))
        yield listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
