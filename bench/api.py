"""Bench (f): `GET /stats/groups/{id}` by RS256 under row security, beside a plain handler."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from urllib.parse import quote

import jwt
from cryptography.hazmat.primitives import serialization

from bench.home import bench_home, run, settings_of
from bench.wrk import CONNECTIONS, Answers, send
from gradeline.sandbox.jwks.twin import SigningKey, signing_key
from gradeline.settings import read_settings
from gradeline.warehouse import Role
from gradeline.warehouse.connect.database import conninfo
from gradeline.wiring.database import wire_database

#: Seconds of each turn; ours is to answer so many times as often as the plain one.
_TURN_S, _GOAL = 5.0, 1.3
_SHARE, _MOST_S = 0.7, 0.050


@dataclass(frozen=True, kw_only=True)
class _Setting:
    """What is served, and who asks."""

    home: Path
    group: str
    token: str
    database: str  #: libpq's words for it, as the login of entry points
    key: SigningKey


def run_api(rounds: int) -> None:
    """Send requests to both, then to ours at a share of its most while results are computed."""
    seconds = _TURN_S if rounds > 1 else 1.0
    with bench_home() as home, ExitStack() as opened:
        run(home)
        setting = opened.enter_context(_prepared(home))
        ours, plain = (
            opened.enter_context(served(setting)) for served in (_serving_ours, _serving_plain)
        )
        path = f"/stats/groups/{quote(setting.group)}"
        addresses = {
            "gradeline serve": ours + path,
            "plain": plain + path,
            "constant": f"{ours}/healthz",
        }
        turns: dict[str, list[Answers]] = {name: [] for name in addresses}
        for number in range(rounds):
            for name in list(addresses) if number % 2 else reversed(addresses):
                turns[name].append(send(addresses[name], setting.token, seconds))
        _show(turns)
        most = median(each.rate for each in turns["gradeline serve"])
        _show_under_refresh(setting, addresses["gradeline serve"], most * _SHARE, seconds)


def _show(turns: Mapping[str, list[Answers]]) -> None:
    print(f"answers/s over {CONNECTIONS} connections, median of rounds; wrk on the same cores")
    for name, answers in turns.items():
        ratios = [a.rate / b.rate for a, b in zip(turns["gradeline serve"], answers, strict=True)]
        print(
            f"{name:16} {median(one.rate for one in answers):8.0f}/s"
            f"  99%: {1000 * median(one.slowest for one in answers):6.1f} ms"
            f"  errors: {sum(one.errors for one in answers)}"
            f"  ours is {median(ratios):.2f} x"
        )
    print(f"goal: at least {_GOAL} x plain, no errors")


def _show_under_refresh(setting: _Setting, url: str, rate: float, seconds: float) -> None:
    """Ask at a rate while everything is computed again and again."""
    command = [sys.executable, "-P", "-m", "gradeline", "run", "--analysis-only", "--full"]
    environment = {**os.environ, **settings_of(setting.home)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as refresh:
        time.sleep(min(2.0, seconds))  # it has begun to compute
        found = send(url, setting.token, 2 * seconds, rate)
        refresh.wait()
    print(
        f"at {_SHARE:.0%} of its most ({rate:.0f}/s asked, {found.rate:.0f}/s answered), all being"
        f" computed again: 99% within {1000 * found.slowest:.1f} ms, {found.errors} errors;"
        f" goal: at most {1000 * _MOST_S:.0f} ms, none"
    )


@contextmanager
def _prepared(home: Path) -> Iterator[_Setting]:
    """Find a group, and make the token of its curator."""
    settings = read_settings(home=home)
    key = signing_key("RS256", 1)
    with wire_database(settings, lambda _words: None) as database:
        with database.connect() as connection:
            (group,) = connection.execute("select min(group_id) from group_figures").fetchone()
        claims = {
            "sub": "ana",
            "role": "teacher",
            "group_ids": [group],
            "exp": time.time() + 36_000,
        }
        token = jwt.encode(claims, key.private, "RS256", headers={"kid": key.key_id})
        words = conninfo(database.login_of(Role.APP), database.name)
        yield _Setting(home=home, group=group, token=token, database=words, key=key)


@contextmanager
def _serving_ours(setting: _Setting) -> Iterator[str]:
    """Run `gradeline serve` without a worker; gives its address."""
    with _keys_served(setting.key) as keys:
        environment = {**os.environ, **settings_of(setting.home), "JWT_JWKS_URL": keys}
        command = ["gradeline", "serve", "--port", "0", "--no-worker"]
        with _running(command, environment, r"page is at (http://[\d.]+:\d+)") as address:
            yield address


@contextmanager
def _serving_plain(setting: _Setting) -> Iterator[str]:
    """Run the plain API on the same server."""
    public = setting.key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    environment = {
        **os.environ,
        "BENCH_DATABASE": setting.database,
        "BENCH_PUBLIC_KEY": public.decode(),
    }
    command = ["uvicorn", "bench.peers.api_plain:app", "--port", "0", "--no-access-log"]
    with _running(command, environment, r"running on (http://[\d.]+:\d+)") as address:
        yield address


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], told: str) -> Iterator[str]:
    """Run a module until the block ends; gives what it tells by this pattern."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if match := re.search(told, line):
                yield match[1]
                break
        else:
            raise AssertionError(f"{command[0]} did not start")
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def _keys_served(key: SigningKey) -> Iterator[str]:
    """Publish the key that verifies tokens; gives its address."""
    content = json.dumps({"keys": [key.public()]}).encode()

    class Handler(BaseHTTPRequestHandler):
        """Answers every path with the keys."""

        def do_GET(self) -> None:
            """Answer."""
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/jwks.json"
        server.shutdown()
