"""Whoever downloads slowly keeps no connection to the database, and keeps nobody waiting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from fastapi import FastAPI
from tests.entrypoints.web.raw_http import ask, connected, serving

from gradeline.entrypoints.web.front import guarded
from gradeline.entrypoints.web.http_protocol import BoundedProtocol
from gradeline.warehouse import Database, Role

MANY = 200
LARGE = b"a" * 4_000_000


def test_slow_downloads_hold_no_connection_to_the_database(
    warehouse: Database, app_of: Callable[..., FastAPI]
) -> None:
    """Two hundred that read nothing: none of the pool is lent, and others are answered."""
    app = app_of(warehouse)
    head = b"Host: localhost\r\nConnection: close\r\nAuthorization: Bearer admin\r\n"
    with serving(guarded(app, {"localhost"}), BoundedProtocol) as port, ExitStack() as opened:
        size = b"Content-Length: %d\r\n\r\n" % len(LARGE)
        upload = b"POST /s3/upload?key=uploads/large HTTP/1.1\r\n" + head + size + LARGE
        assert b" 200 OK" in ask(port, upload)
        for _ in range(MANY):
            slow = opened.enter_context(connected(port))
            slow.sendall(b"GET /s3/download?key=uploads/large HTTP/1.1\r\n" + head + b"\r\n")
            assert slow.recv(12) == b"HTTP/1.1 200"
        assert app.state.parts.database.pool_uses[Role.APP]().lent == 0
        assert b" 200 OK" in ask(port, b"GET /readyz HTTP/1.1\r\n" + head + b"\r\n")
