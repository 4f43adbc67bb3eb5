"""Bench: rows into and out of the tables of product events by `gradeline serve`, beside scripts."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import jwt

from bench.home import bench_home
from bench.ingest import PEERS_PYTHON
from bench.memory import Memory, proportional_set_size
from gradeline.flows.transform import ask_transform, transform
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.warehouse import Database, EmbeddedServer, open_warehouse

ROWS = 1_000_000
_BATCH = 50_000
_SECRET = "a secret of the benchmark, of 32 bytes"
#: So many rows are enough to tell how long a row takes one that goes row by row.
_LOOP_ROWS = 20_000
_FROM = datetime(2024, 2, 1, tzinfo=UTC)
_PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True, kw_only=True)
class Service:
    """A running `gradeline serve`."""

    pid: int
    port: int
    database: Database
    address: str  #: of the database, for scripts

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        accept: str = "*/*",
        take: Callable[[bytes], object] = len,
    ) -> int:
        """Send a request and read the answer to its end; how many bytes it had."""
        link = http.client.HTTPConnection("127.0.0.1", self.port)
        claims = {"sub": "bench", "role": "admin", "exp": int(time.time()) + 3600}
        token = jwt.encode(claims, _SECRET, "HS256")
        headers = {"Authorization": f"Bearer {token}", "Accept": accept}
        if body:
            headers["Content-Type"] = "application/json"
        link.request(method, path, body or None, headers)
        answer = link.getresponse()
        size = 0
        while piece := answer.read(1 << 20):
            size += len(piece)
            take(piece)
        assert answer.status in (200, 202), (answer.status, piece)
        link.close()
        return size


def run(_rounds: int, rows: int = ROWS) -> None:
    """Measure and print; one round, since each takes minutes."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, serving() as service:
        files = list(_bodies(Path(folder), rows))
        _show("idle", 0.0, f"peak {proportional_set_size(service.pid)[1] / 1e6:.0f} MB")
        ours = _timed(service, f"POST {rows:,} rows", partial(_post, service, files))
        for name in ("psycopg2", "sqlalchemy"):
            _insert(service, name, files, ours)
        base = _spent([sys.executable, _PEERS / "dwh_select.py", service.address, f"{folder}/out"])
        _show(f"psycopg and json.dumps: {rows:,} rows out", base)
        for accept in ("application/x-ndjson", "application/vnd.apache.parquet"):
            took = _timed(service, accept, partial(_read, service, accept))
            print(f"  {base / took:.1f} × as fast (goal ≥ 4)")
        _transform(service, rows)


def _bodies(folder: Path, rows: int) -> Iterator[Path]:
    """Write the rows as bodies of posts."""
    for first in range(0, rows, _BATCH):
        file = folder / f"{first}.json"
        batch = [_event(number) for number in range(first, min(rows, first + _BATCH))]
        file.write_text(json.dumps({"data": batch}))
        yield file


def _event(number: int) -> dict[str, object]:
    at = _FROM + timedelta(seconds=number)
    return {
        "uuid": str(UUID(int=number * 0x9E3779B97F4A7C15_0123456789ABCDEF % 2**128)),
        "app": 385,
        "event_type": ("open", "quiz_answer", "close")[number % 3],
        "event_time": f"{at:%Y-%m-%dT%H:%M:%S}Z",
        "server_upload_time": f"{at:%Y-%m-%dT%H:%M:%S}Z",
        "user_id": f"learner-{number % 5000}",
        "ehr_id": f"person-{number % 5000}",
        "device_id": f"device-{number % 7000}",
        "session_id": 1_706_792_400_000 + number // 20,
        "platform": "Web",
        "version_name": "3.14.1",
        "course_id": f"maths/{number % 40}",
        "item_id": f"item {number % 900}" if number % 3 == 1 else None,
        "correct": number % 2 == 0 if number % 3 == 1 else None,
        "score": number % 5 / 4 if number % 3 == 1 else None,
    }


def _post(service: Service, files: Sequence[Path]) -> None:
    for file in files:
        service.ask("POST", "/db/events-part", file.read_bytes())


def _read(service: Service, accept: str) -> None:
    service.ask("GET", "/db/events-part", accept=accept)


def _insert(service: Service, name: str, files: Sequence[Path], ours: float) -> None:
    if not PEERS_PYTHON.exists():
        print(f"{name}: not measured, {PEERS_PYTHON} is not there (requirements-bench.lock)")
        return
    with service.database.connect_as_login() as connection:
        connection.execute("create schema if not exists peer")
        connection.execute("drop table if exists peer.events_part")
        connection.execute("create table peer.events_part (like public.events_part including all)")
    address = service.address
    if name == "sqlalchemy":
        address = address.replace("postgresql://", "postgresql+psycopg2://")
    script = [PEERS_PYTHON, _PEERS / "dwh_insert.py", name, address, "peer.events_part", *files]
    took = _spent(script)
    _show(f"{name}: the same rows", took, f"{took / ours:.1f} × ours (goal ≥ 3)")


def _transform(service: Service, rows: int) -> None:
    """Move as many user properties, of 5,000 people."""
    with service.database.connect_as_login() as connection:
        connection.execute(_LOOP.encode(), prepare=False)
    for first in range(0, rows, _BATCH):
        told = [_properties(number) for number in range(first, min(rows, first + _BATCH))]
        service.ask("POST", "/db/user-properties", json.dumps({"data": told}).encode())
    with service.database.connect_as_login() as connection:
        connection.execute(
            "insert into loop.tmp select u.uuid, u.ehr_id, u.user_properties, e.event_time, false"
            " from tmp_user_properties u join events_part e using (uuid)"
        )
    began = time.perf_counter()
    report = ask_transform(service.database, "posted", "bench")
    done = transform(service.database, read_mappings(), report)
    ours = time.perf_counter() - began
    assert done.migrated == rows, done
    _show(f"transform of {rows:,} rows", ours)
    few = min(rows, _LOOP_ROWS)
    took = _spent([sys.executable, _PEERS / "dwh_loop.py", service.address, str(few)])
    whole = took * rows / few
    _show(f"row by row, {few:,} of them", took, f"{whole / ours:.1f} × ours for all (goal ≥ 10)")


def _properties(number: int) -> dict[str, object]:
    level = ("A1", "A2", "B1", "B2")[number // 200_000 % 4]
    given = {"email": f"{number % 5000}@school.test", "level": level, "plan": "free", "x": number}
    event = _event(number)
    return {"uuid": event["uuid"], "ehr_id": event["ehr_id"], "user_properties": given}


_LOOP = """
create schema loop;
create table loop.tmp (
    uuid uuid primary key, ehr_id text, user_properties jsonb, at timestamptz, migrated boolean
);
create table loop.permanent (ehr_id text primary key, known_at timestamptz, properties jsonb);
create table loop.changeable (
    ehr_id text, changed_at timestamptz, properties jsonb, primary key (ehr_id, changed_at)
);
"""


def _timed(service: Service, name: str, deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    with Memory(lambda: [service.pid], every=0.2) as memory:
        deed()
    took = time.perf_counter() - began
    _show(name, took, memory.text())
    return took


def _show(name: str, seconds: float, more: str = "") -> None:
    print(f"{name}: {seconds:.1f} s{', ' if more else ''}{more}", flush=True)


def _spent(command: Sequence[object]) -> float:
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return float(done.stdout)


@contextmanager
def serving(given: Mapping[str, str] | None = None) -> Iterator[Service]:
    """Run `gradeline serve` on a new home, with these settings besides."""
    with bench_home() as home:
        port = _free_port()
        with open_warehouse(
            EmbeddedServer(home=home, port=port), say=lambda _words: None
        ) as database:
            env = {
                **os.environ,
                "GRADELINE_HOME": str(home),
                "JWT_SECRET": _SECRET,
                "GRADELINE_DB_PORT": str(port),
                **(given or {}),
            }
            listening = _free_port()
            command = [sys.executable, "-P", "-m", "gradeline", "serve", "--no-worker"]
            command += ["--port", str(listening)]
            log = (home / "serve.out").open("wb")
            server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
            try:
                _wait(listening, server)
                yield Service(
                    pid=server.pid, port=listening, database=database, address=_url(database, port)
                )
            finally:
                server.terminate()
                server.wait()
                log.close()


def _url(database: Database, port: int) -> str:
    with database.connect_as_login() as connection:
        info = connection.info
        return f"postgresql://{info.user}:{info.password}@127.0.0.1:{port}/{info.dbname}"


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "gradeline serve ended"
        try:
            link = http.client.HTTPConnection("127.0.0.1", port)
            link.request("GET", "/healthz")
            link.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("gradeline serve does not answer")


def _free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])
