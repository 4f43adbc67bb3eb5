"""A real server on a free port, and requests written byte by byte."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from starlette.types import ASGIApp

from gradeline.entrypoints.web.http_protocol import BoundedProtocol
from gradeline.entrypoints.web.server import http_server


class ImpatientProtocol(BoundedProtocol):
    """Waits for heads shortly, and keeps few connections."""

    head_deadline_s = 0.4
    connections_at_once = 40


@contextmanager
def serving(app: ASGIApp, protocol: type[BoundedProtocol] = ImpatientProtocol) -> Iterator[int]:
    """Serve an application on a free port of loopback, which is given."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = http_server(app, protocol)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """Connect; reading ends with an error after some seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        yield connection


def read_all(connection: socket.socket) -> bytes:
    """Read until the other side closes."""
    content = b""
    while piece := connection.recv(65536):
        content += piece
    return content


def read_answer(connection: socket.socket) -> bytes:
    """Read one answer that has a Content-Length."""
    content = b""
    while b"\r\n\r\n" not in content:
        content += connection.recv(65536)
    head, _, body = content.partition(b"\r\n\r\n")
    names = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(names[b"content-length"]):
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def ask(port: int, request: bytes) -> bytes:
    """Send bytes over a connection of their own and return all that comes back."""
    with connected(port) as connection:
        connection.sendall(request)
        return read_all(connection)
