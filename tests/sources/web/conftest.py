"""A system on loopback with everything that can go wrong, and a client for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gradeline.sandbox import TRANSPORT, Pace, Request, Response, Sandbox
from gradeline.sandbox.server.running import running
from gradeline.sources.web.client import Host, HttpClient, RequestPolicy

SPEED = 200.0
SECRET = "s3cret/key&more"
RECORDS = [{"n": n, "pad": "y" * 40} for n in range(100)]
BIG = bytes(range(256)) * 4096


@dataclass
class Toy:
    """A system that answers by path; `says` overrides what it says there."""

    name: str = "toy"
    faults: dict[str, bool] = field(default_factory=lambda: dict(TRANSPORT))
    settings: dict[str, str] = field(default_factory=dict)
    says: dict[str, Response] = field(default_factory=dict)

    def respond(self, request: Request) -> Response:
        """What was set for the path, else records, or a megabyte under /big."""
        if request.path in self.says:
            return self.says[request.path]
        if request.path == "/big":
            return Response(body=BIG, content_type="application/octet-stream")
        return Response(body=json.dumps(RECORDS).encode())


@pytest.fixture
def toy() -> Toy:
    """The system."""
    return Toy()


@pytest.fixture
def speed() -> float:
    """How many times faster than life system and client are."""
    return SPEED


@pytest.fixture
def sandbox(toy: Toy, speed: float) -> Iterator[Sandbox]:
    """The system, listening."""
    with running([toy], pace=Pace(speed=speed)) as box:
        yield box


@pytest.fixture
def client(sandbox: Sandbox, speed: float, tmp_path: Path) -> Callable[..., HttpClient]:
    """A client for the system, by its policy."""

    def make(**policy: object) -> HttpClient:
        host = Host(
            name="The toy",
            url=f"{sandbox.url}/toy",
            address_setting="TOY_URL",
            key_settings="TOY_KEY",
            secrets=(SECRET,),
        )
        return HttpClient(
            host,
            RequestPolicy(**{"speed": speed, "silence_s": 200, "max_wait_s": 20, **policy}),
            tmp_path / "limits",
        )

    return make
