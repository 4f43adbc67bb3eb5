"""The sandbox as a whole: its journal, its end, many clients at once."""

import json
import socket
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from types import MappingProxyType

import pytest

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox import (
    TRANSPORT,
    Pace,
    Request,
    Response,
    every_twin,
    mix,
    most_within,
    read_journal,
)
from gradeline.sandbox.learnworlds.tokens import ACCESS_TOKEN
from gradeline.sandbox.server.running import running

WINDOW = "/grader/api/statistics?client=sandbox-school&start=2024-01-11T09&end=2024-01-11T10"


class Broken:
    """A twin with a mistake in it."""

    name = "broken"
    faults = TRANSPORT
    settings: Mapping[str, str] = MappingProxyType({})

    def respond(self, request: Request) -> Response:
        """Always fail."""
        raise ZeroDivisionError(request.path)


def test_the_journal_holds_no_secret(tmp_path, raw, lets_in):
    """Neither keys in a query nor headers nor bodies come into it, in memory or on disk."""
    file, pace = tmp_path / "journal.ndjson", Pace(speed=50)
    with running(every_twin(pace), pace=pace, journal=file, faults=mix(1)) as there:
        ask = raw(there.port)
        ask(f"GET {WINDOW}&client_key=sandbox-grader-key-5f0c")
        ask("GET /learnworlds/v2/users?page=1", *lets_in)
        ask("POST /learnworlds/oauth2/access_token", *lets_in, body='{"client_secret": "canary"}')
        kept = json.dumps([asdict(entry) for entry in there.journal.entries()])
    for secret in ("sandbox-grader-key-5f0c", ACCESS_TOKEN, "canary", "2024-01-11"):
        assert secret not in kept + file.read_text("utf-8")


def test_another_process_can_read_the_journal(tmp_path, raw):
    """The file gives back what was noted, at once and in order."""
    file = tmp_path / "journal.ndjson"
    with running(every_twin(Pace(speed=50)), pace=Pace(speed=50), journal=file) as there:
        for key in ("a", "b"):
            raw(there.port)(f"GET {WINDOW}&client_key={key}")
        first, second = read_journal(file)
        assert [first, second] == there.journal.entries()
    assert (first.twin, first.path, first.status) == ("grader", "/api/statistics", 403)
    assert first.asked == second.asked, "the same question, whatever key it came with"
    assert (first.ordinal, second.ordinal) == (0, 1)


def test_the_same_seed_spoils_the_same_answers(raw):
    """Two runs with one seed meet the same faults, though another order asks."""

    def met(order: list[int]) -> dict[str, str | None]:
        pace = Pace(speed=500)
        with running(every_twin(pace), pace=pace, faults=mix(11)) as there:
            for n in order:
                raw(there.port)(f"GET /grader/{n}")
            return {entry.path: entry.fault for entry in there.journal.entries()}

    there = met(list(range(30)))
    assert there == met(list(reversed(range(30))))
    assert len(set(there.values())) > 5


def test_many_clients_are_served_at_once(sandbox, ask):
    """Two hundred questions from sixteen threads all get their answers."""
    sandbox.journal.clear()
    with ThreadPoolExecutor(16) as clients:
        statuses = list(clients.map(lambda n: ask(f"GET /grader/{n}").status, range(200)))
    assert statuses == [404] * 200
    assert len(sandbox.journal.entries("grader")) == 200
    assert most_within(sandbox.journal.entries(), 60) == 200


def test_one_line_serves_many_questions(sandbox):
    """A client may keep its line for the next question."""
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=10) as line:
        for _ in range(3):
            line.sendall(b"GET /grader/x HTTP/1.1\r\nHost: sandbox\r\n\r\n")
            assert line.recv(65536).startswith(b"HTTP/1.1 404 Not Found\r\n")


def test_a_mistake_in_a_twin_is_not_hidden(raw):
    """The client gets a 500, and who runs the sandbox gets the error."""
    with pytest.raises(SandboxBroken) as found, running([Broken()]) as there:
        assert raw(there.port)("GET /broken/x").status == 500
    assert isinstance(found.value.__cause__, ZeroDivisionError)


def test_a_port_that_is_taken_is_named(sandbox):
    """Two sandboxes cannot share a port, and the message says what to do."""
    with pytest.raises(SandboxBroken, match="--port"), running([], port=sandbox.port):
        pytest.fail("it started")


def test_the_sandbox_ends_while_clients_wait(raw):
    """Open lines do not keep it alive."""
    with running(every_twin(Pace()), faults=mix(1)) as there:
        line = socket.create_connection(("127.0.0.1", there.port), timeout=10)
    with line:
        assert line.recv(1) == b""
