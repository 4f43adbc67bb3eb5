"""A run's figures reach a Pushgateway, or a sentence says why not."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from gradeline.base.errors import DeliveryLater, DeliveryRefused
from gradeline.delivery.pushgateway import Figure, as_text, push

FIGURES = [Figure(name="gradeline_run_stored", description="Records stored", value=1_234_567)]
TEXT = """\
# HELP gradeline_run_stored Records stored
# TYPE gradeline_run_stored gauge
gradeline_run_stored 1234567
"""


class Gateway(HTTPServer):
    """A Pushgateway that keeps what it got, and answers what a test says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = 200
        self.got: list[tuple[str, str, str | None]] = []

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_PUT(self) -> None:
        """Keep a body."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((self.path, body, self.headers["Authorization"]))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Print nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """A gateway that listens."""
    with Gateway() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_figures_are_written_as_prometheus_reads_them():
    """Each with its description and type."""
    assert as_text(FIGURES) == TEXT


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "/metrics/job/gradeline"),
        ("/push/", "/push/metrics/job/gradeline"),
        ("/metrics/job/school/host/a", "/metrics/job/school/host/a"),
    ],
)
def test_they_replace_those_of_the_run_before(gateway, path, expected):
    """A PUT to the group of the job, or to one that a person chose, with the login."""
    push(f"http://me:secret@{gateway.host}{path}", FIGURES)
    assert gateway.got == [(expected, TEXT, "Basic bWU6c2VjcmV0")]


@pytest.mark.parametrize(("answer", "kind"), [(400, DeliveryRefused), (503, DeliveryLater)])
def test_a_gateway_that_refuses_is_named_without_its_login(gateway, answer, kind):
    """The message has the answer and the host alone."""
    gateway.answer = answer
    with pytest.raises(kind, match=f"127.0.0.1: it answered {answer}") as caught:
        push(f"http://me:secret@{gateway.host}", FIGURES)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_gateway_that_is_away_is_named():
    """Nothing listens there."""
    with pytest.raises(DeliveryLater, match="does not answer"):
        push("http://127.0.0.1:9", FIGURES)


@pytest.mark.parametrize("address", ["gateway:9091", "ftp://host", "http://", "http://[::1"])
def test_what_is_no_address_is_refused(address):
    """The message says how to write one."""
    with pytest.raises(DeliveryRefused, match="http://host:9091"):
        push(address, FIGURES)
