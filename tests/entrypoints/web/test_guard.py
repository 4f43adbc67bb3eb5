"""The guard and the protocol before it, asked by bytes over a real connection."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from starlette.types import Receive, Scope, Send
from tests.entrypoints.web.raw_http import ask as ask_at
from tests.entrypoints.web.raw_http import connected, read_all, read_answer, serving

from gradeline.entrypoints.web.front import guarded
from gradeline.entrypoints.web.guard import Limits
from gradeline.entrypoints.web.hosts import allowed_hosts, host_of

HOST = b"Host: localhost\r\n"
LIMITS = Limits(receive_s=0.4, busy=4)
HOSTS = allowed_hosts("http://school.test", "::", ())
CHUNKED = b"Transfer-Encoding: chunked\r\n"


async def respond(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the size of the body; /early without reading it; /slow after a while."""
    if scope["type"] != "http":
        return
    size, more = 0, scope["path"] != "/early"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    if scope["path"] == "/slow":
        await asyncio.sleep(0.5)
    length = [(b"content-length", str(len(str(size))).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    if scope["path"] == "/stuck":
        await asyncio.sleep(0.5)
    await send({"type": "http.response.body", "body": str(size).encode()})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server behind an impatient guard."""
    with serving(guarded(respond, HOSTS, limits=LIMITS)) as port:
        yield port


@pytest.fixture
def ask(port: int) -> Callable[[bytes], bytes]:
    """Sends bytes and returns all that comes back."""
    return lambda request: ask_at(port, request)


def get(more: bytes = b"", *, host: bytes = HOST, path: bytes = b"/") -> bytes:
    """Return the bytes of a request without a body, after which the connection closes."""
    return b"GET " + path + b" HTTP/1.1\r\nConnection: close\r\n" + host + more + b"\r\n"


def post(head: bytes, body: bytes = b"", path: bytes = b"/") -> bytes:
    """Return the bytes of a request with a body."""
    return b"POST " + path + b" HTTP/1.1\r\nConnection: close\r\n" + HOST + head + b"\r\n" + body


def status(answer: bytes) -> int:
    """Return the status of an answer, 0 where there is none."""
    return int(answer[9:12] or b"0")


REFUSED = {
    "no Host": (get(host=b""), 400),
    "two Hosts": (get(host=HOST * 2), 400),
    "a foreign Host": (get(host=b"Host: evil.test\r\n"), 421),
    "ours as a suffix": (get(host=b"Host: evil.school.test\r\n"), 421),
    "a length and chunks": (post(b"Content-Length: 5\r\n" + CHUNKED, b"0\r\n\r\n"), 400),
    "chunks and a length": (post(CHUNKED + b"Content-Length: 5\r\n", b"0\r\n\r\n"), 400),
    "two lengths": (post(b"Content-Length: 1\r\nContent-Length: 2\r\n", b"aa"), 400),
    "a length twice": (post(b"Content-Length: 1\r\nContent-Length: 1\r\n", b"a"), 400),
    "a list of lengths": (post(b"Content-Length: 1, 1\r\n", b"a"), 400),
    "a signed length": (post(b"Content-Length: +1\r\n", b"a"), 400),
    "another coding": (post(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"), 400),
    "chunks twice": (post(CHUNKED * 2, b"0\r\n\r\n"), 400),
    "chunks in HTTP/1.0": (
        post(CHUNKED, b"0\r\n\r\n").replace(b"HTTP/1.1", b"HTTP/1.0"),
        400,
    ),
    "a bare LF": (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
    "a folded header": (get(b"X: a\r\n b\r\n"), 400),
    "a blank before the colon": (get(b"X : a\r\n"), 400),
    "a NUL": (get(b"X: a\0b\r\n"), 400),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00" * 10, 400),
    "a head of 256 KB": (get(b"X: " + b"a" * 262_144 + b"\r\n"), 431),
    "a head of 20 KB": (get(b"X: " + b"a" * 20_000 + b"\r\n"), 431),
    "many headers": (get(b"X: a\r\n" * 200), 431),
    "a long path": (get(path=b"/" + b"a" * 20_000), 431),
    "an encoded body": (post(b"Content-Encoding: gzip\r\nContent-Length: 1\r\n", b"a"), 415),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_be_read_in_two_ways_or_is_too_large_is_refused(case, ask) -> None:
    """The answer is a problem with this status, and the connection closes."""
    request, expected = REFUSED[case]
    answer = ask(request)
    assert status(answer) == expected
    assert b"application/problem+json" in answer
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == expected


@pytest.mark.parametrize("host", [b"localhost:80", b"127.0.0.1", b"[::1]:1", b"School.test:443"])
def test_our_names_are_answered(host, ask) -> None:
    """PUBLIC_URL's host and loopback, with any port, in any case."""
    assert status(ask(get(host=b"Host: " + host + b"\r\n"))) == 200


def test_every_answer_says_how_it_may_be_used_and_none_what_serves(ask) -> None:
    """Refusals too; nobody learns the server's name and version."""
    for answer in (ask(get()), ask(get(host=b"Host: evil.test\r\n"))):
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"x-content-type-options: nosniff" in head
        assert b"referrer-policy: no-referrer" in head
        assert b"frame-ancestors 'none'" in head
        assert b"x-request-id: " in head
        assert b"\r\nserver:" not in head


def test_a_head_that_drips_is_ended(port) -> None:
    """One byte now and then does not keep a connection."""
    with connected(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        for _ in range(4):
            connection.sendall(b"a")
            time.sleep(0.02)
        assert status(read_all(connection)) == 408


@pytest.mark.parametrize("sent", [b"", b"\r\n"])
def test_a_connection_without_a_request_is_closed(sent, port) -> None:
    """Also where it only sends line ends."""
    with connected(port) as connection:
        connection.sendall(sent)
        assert read_all(connection) == b""


def test_a_connection_is_used_again_and_its_second_head_has_an_end_too(port) -> None:
    """The deadline is for each head."""
    with connected(port) as connection:
        for _ in range(2):
            connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"\r\n")
            assert status(read_answer(connection)) == 200
        connection.sendall(b"GET /")
        assert status(read_all(connection)) == 408


def test_a_body_that_drips_is_ended(port) -> None:
    """A few bytes a second are below the least rate."""
    with connected(port) as connection:
        connection.sendall(post(b"Content-Length: 1000\r\n", b"a"))
        for _ in range(5):
            time.sleep(0.02)
            connection.sendall(b"a")
        assert status(read_answer(connection)) == 408


def test_a_large_body_may_take_longer_than_the_deadline(port) -> None:
    """What comes at the least rate is read to its end."""
    with connected(port) as connection:
        connection.sendall(post(b"Content-Length: 60000\r\n"))
        for _ in range(6):
            connection.sendall(b"a" * 10_000)
            time.sleep(0.12)
        assert read_all(connection).endswith(b"\r\n\r\n60000")


def test_whoever_writes_a_body_that_nobody_reads_gets_the_answer(ask) -> None:
    """The rest is read for a while, so that the answer is not lost."""
    assert status(ask(post(b"Content-Length: 900000\r\n", b"a" * 900_000, b"/early"))) == 200


def test_beyond_what_can_be_worked_on_requests_are_told_to_come_later(port, ask) -> None:
    """503 with Retry-After at once; health is always answered."""
    with ExitStack() as opened:
        busy = [opened.enter_context(connected(port)) for _ in range(LIMITS.busy)]
        for connection in busy:
            connection.sendall(get(path=b"/slow"))
        time.sleep(0.1)
        refused = ask(get())
        assert status(refused) == 503
        assert b"retry-after: 2" in refused
        assert status(ask(get(path=b"/healthz"))) == 200
        assert [status(read_all(connection)) for connection in busy] == [200] * LIMITS.busy
    assert status(ask(get())) == 200


def test_who_sends_or_reads_slowly_keeps_nobody_else_from_being_answered(port, ask) -> None:
    """Waiting for a client is no work."""
    with ExitStack() as opened:
        for number in range(4 * LIMITS.busy):
            slow = opened.enter_context(connected(port))
            body = b"Content-Length: 9\r\n"
            slow.sendall(post(body) if number % 2 else get(path=b"/stuck"))
        time.sleep(0.1)
        assert status(ask(get())) == 200


def test_more_connections_than_we_keep_are_told_to_come_later(port) -> None:
    """They are closed at once, with the reason."""
    with ExitStack() as opened:
        for _ in range(40):
            opened.enter_context(connected(port))
        with connected(port) as last:
            answer = read_all(last)
    assert status(answer) == 503
    assert b"retry-after" in answer


@pytest.mark.parametrize(
    ("header", "name"),
    [("A.b:80", "a.b"), ("[::1]:8000", "[::1]"), ("[::1]", "[::1]"), ("a:b", "a:b")],
)
def test_a_host_is_named_without_its_port(header, name) -> None:
    """In lower case; what is no port stays."""
    assert host_of(header) == name


def test_addresses_that_mean_all_are_no_names() -> None:
    """Who listens on all addresses is reached under names that a setting gives."""
    hosts = allowed_hosts("https://user@a.test:443/x", "0.0.0.0", ("B.test",))
    assert hosts == {"a.test", "b.test", "localhost", "127.0.0.1", "[::1]"}
