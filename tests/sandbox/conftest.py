"""A running sandbox, and requests written by hand: no client of ours and no library is between."""

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradeline.sandbox import Pace, Sandbox, every_twin
from gradeline.sandbox.learnworlds.tokens import ACCESS_TOKEN
from gradeline.sandbox.school.school import School, read_school
from gradeline.sandbox.server.running import running

SPEED = 50.0


@dataclass(frozen=True, kw_only=True)
class Raw:
    """What came over the line, and how the line ended."""

    line: bytes
    torn: bool = False  #: by RST

    @property
    def head(self) -> str:
        """Status line and headers."""
        return self.line.partition(b"\r\n\r\n")[0].decode("latin-1")

    @property
    def body(self) -> bytes:
        """Everything behind the head."""
        return self.line.partition(b"\r\n\r\n")[2]

    @property
    def status(self) -> int:
        """The three digits."""
        return int(self.head.split(" ", 2)[1])

    @property
    def length(self) -> int:
        """What Content-Length says."""
        said = [x for x in self.head.split("\r\n") if x.lower().startswith("content-length:")]
        return int(said[0].partition(":")[2])

    def json(self) -> object:
        """The body as JSON."""
        return json.loads(self.body)


Ask = Callable[..., Raw]


def over(port: int) -> Ask:
    """A function that sends one request and reads until the line ends."""

    def ask(request: str, *headers: str, body: str = "") -> Raw:
        lines = [f"{request} HTTP/1.1", "Host: sandbox", "Connection: close", *headers]
        if body:
            lines.append(f"Content-Length: {len(body.encode())}")
        got = bytearray()
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
            try:
                while piece := line.recv(65536):
                    got += piece
            except ConnectionResetError:
                return Raw(line=bytes(got), torn=True)
        return Raw(line=bytes(got))

    return ask


@pytest.fixture(scope="session")
def school() -> School:
    """The school of all twins."""
    return read_school()


@pytest.fixture(scope="session")
def samples() -> Path:
    """Real answers of the systems; skips where they are not on this machine."""
    folder = Path(__file__).parents[3] / "shared" / "data" / "samples"
    if not folder.is_dir():
        pytest.skip("the samples (../shared/data/samples) are not here")
    return folder


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Every twin, without faults, fifty times faster than life."""
    pace = Pace(speed=SPEED)
    with running(every_twin(pace), pace=pace) as there:
        yield there


@pytest.fixture
def ask(sandbox: Sandbox) -> Ask:
    """Asks that sandbox."""
    return over(sandbox.port)


@pytest.fixture(scope="session")
def raw() -> Callable[[int], Ask]:
    """Gives a function that asks whatever listens on a port."""
    return over


@pytest.fixture(scope="session")
def lets_in() -> tuple[str, str]:
    """The two headers that every question to LearnWorlds needs."""
    return f"Authorization: Bearer {ACCESS_TOKEN}", "Lw-Client: sandbox-client-id"
