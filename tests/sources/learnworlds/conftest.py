"""A school at LearnWorlds: the sandbox's twin at speed 200, or a server that says what a test says."""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.records.course_list import CourseList
from gradeline.records.slices import PlannedSlice, RejectedRecord, Slice
from gradeline.sandbox import NO_FAULTS, Faults, Pace, Sandbox
from gradeline.sandbox.learnworlds.tokens import ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET
from gradeline.sandbox.learnworlds.twin import LearnWorldsTwin
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running
from gradeline.sources.learnworlds.api import Account, LearnWorldsApi
from gradeline.sources.learnworlds.source import LearnWorldsSource, School, open_learnworlds
from gradeline.sources.source import Fetch, PlanRequest, Reading

#: 60 s without a byte count as silence; here 1 s, which a busy machine stays below. At 200 it does not.
SPEED = 60


@dataclass(frozen=True, kw_only=True)
class Read:
    """One slice that was fetched and read."""

    planned: PlannedSlice
    raws: tuple[bytes, ...]
    reading: Reading
    facts: pa.Table
    broken: tuple[RejectedRecord, ...]


@dataclass(kw_only=True)
class Client:
    """A source, and the raw files of the slices it has read, as the lake would keep them."""

    source: LearnWorldsSource
    home: Path
    kept: dict[Slice, list[Path]] = field(default_factory=dict)
    fetch_slice: Fetch | None = None  #: of the last plan

    def plan(self, request: PlanRequest | None = None) -> dict[str, PlannedSlice]:
        """The planned slices by `stream/window`."""
        plan = self.source.plan_reusing(
            request or PlanRequest(), lambda slice_, _folder: self.kept.get(slice_, [])
        )
        self.fetch_slice = plan.fetch
        return {f"{each.slice.stream}/{each.slice.window}": each for each in plan.slices}

    def fetch(self, planned: PlannedSlice) -> list[Path]:
        """The raw files of one slice."""
        folder = Path(tempfile.mkdtemp(dir=self.home))
        return [raw.path for raw in self.fetch_slice(planned, folder)]

    def read(self, planned: PlannedSlice, paths: list[Path] | None = None) -> Read:
        """Read one slice, fetched first where it is not yet."""
        paths = self.fetch(planned) if paths is None else paths
        facts = paths[0].parent / "facts.parquet"
        reading = self.source.read(planned, paths, facts)
        self.kept[planned.slice] = paths
        return Read(
            planned=planned,
            raws=tuple(path.read_bytes() for path in paths),
            reading=reading,
            facts=pq.read_table(facts),
            broken=tuple(reading.broken),
        )

    def all(self) -> dict[str, Read]:
        """Every slice that is not empty, several fetched at once."""
        planned = self.plan()
        with ThreadPoolExecutor(self.source.parallel) as pool:
            fetched = dict(zip(planned, pool.map(self.fetch, planned.values()), strict=True))
        return {name: self.read(planned[name], paths) for name, paths in fetched.items() if paths}


def client_of(
    url: str,
    home: Path,
    *,
    secret: str | None = None,
    token: str | None = ACCESS_TOKEN,
    client_id: str = CLIENT_ID,
    book: CourseList | None = None,
) -> Client:
    """A source that asks at that address."""
    account = Account(
        url=url, client_id=client_id, access_token=token, client_secret=secret, speed=SPEED
    )
    api = LearnWorldsApi(account, home / "limits")
    folder = home / "spool"
    folder.mkdir(exist_ok=True)
    school = School(book=book or CourseList(), timezone="Europe/Madrid")
    return Client(source=open_learnworlds(api, school), home=folder)


@pytest.fixture(scope="module")
def twin() -> Iterator[Sandbox]:
    """LearnWorlds' twin, two hundred times faster than life."""
    with sandbox_of(NO_FAULTS) as there:
        yield there


@contextmanager
def sandbox_of(faults: Faults) -> Iterator[Sandbox]:
    """A sandbox with LearnWorlds alone."""
    pace = Pace(speed=SPEED)
    with running([LearnWorldsTwin(read_school(), pace)], faults=faults, pace=pace) as there:
        yield there


@pytest.fixture
def client(twin, tmp_path) -> Client:
    """A client of the twin with a token that somebody copied."""
    return client_of(f"{twin.url}/learnworlds", tmp_path)


@pytest.fixture
def minting(twin, tmp_path) -> Client:
    """A client of the twin that mints its tokens."""
    return client_of(f"{twin.url}/learnworlds", tmp_path, secret=CLIENT_SECRET, token=None)


@dataclass(kw_only=True)
class Told:
    """A server that answers each path with what a test has put there."""

    url: str = ""
    answers: dict[str, Callable[[dict[str, str]], tuple[int, bytes]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def says(self, path: str, body: object, status: int = 200) -> None:
        """Answer a path with a body, JSON where it is no bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[path] = lambda _query: (status, content)

    def lists(self, path: str, *records: object, pages: int = 1) -> None:
        """Answer a path with one page of records."""
        self.says(path, {"data": list(records), "meta": {"page": 1, "totalPages": pages}})


@pytest.fixture
def told(tmp_path) -> Iterator[Told]:
    """A server of a test's own words, with one empty course `algebra` on it."""
    there = Told()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(there))
    there.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for path in ("users", "courses/algebra/users", "courses/algebra/grades"):
        there.lists(f"/v2/{path}")
    there.lists("/v2/courses", {"id": "algebra", "title": "Álgebra", "categories": ["Mates"]})
    there.says("/v2/courses/algebra/contents", contents("u1"))
    there.lists("/v2/assessments/u1/responses")
    yield there
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def asking(told, tmp_path) -> Client:
    """A client of that server."""
    return client_of(told.url, tmp_path)


def contents(*units: str) -> dict[str, object]:
    """The contents of `algebra` with these assessments in one section."""
    learning = [{"type": "assessment", "id": unit, "title": f"Test {unit}"} for unit in units]
    section = {"id": "s1", "title": "Sets", "learningUnits": learning}
    return {"id": "algebra", "title": "Álgebra", "sections": [section]}


def _handler(there: Told) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            there.asked.append(parts.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            missing = lambda _query: (404, b'{"error":"Sorry the resource does not exist."}')  # noqa: E731
            status, content = there.answers.get(parts.path, missing)(query)
            self.send_response(status)
            kind = "text/html" if content.startswith(b"<") else "application/json"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - as http.server names it

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@pytest.fixture(scope="session")
def open_client() -> Callable[..., Client]:
    """Opens a client of any address."""
    return client_of


@pytest.fixture(scope="session")
def serve() -> Callable[[Faults], object]:
    """Runs a twin with faults."""
    return sandbox_of
