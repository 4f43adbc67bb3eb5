"""The whole of it as plain processes: collect, tick, export, signed link, and Prometheus beside."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import jwt
import pytest
from proofs.rig.oulad import cut

from .test_monitoring import DEPLOY, PROMETHEUS, metric_names, panel_queries, rule_queries

pytestmark = [
    pytest.mark.slow,
    pytest.mark.process,
    pytest.mark.skipif(shutil.which("prometheus") is None, reason="Prometheus is not installed"),
]

SECRET, METRICS = "a-secret-of-forty-bytes-for-the-scenario", "token-of-prometheus"
#: Nobody gets messages here, and nothing is held or failed.
EMPTY = {"gradeline_backup_age_seconds", "gradeline_messages"}


@dataclass(frozen=True)
class Installation:
    """Addresses of what runs."""

    api: str
    prometheus: str

    def ask(self, path: str, body: Mapping[str, object] | None = None) -> dict:
        """Ask the API as an administrator."""
        claims = {"sub": "ada", "role": "admin", "exp": time.time() + 3600}
        headers = {
            "Authorization": f"Bearer {jwt.encode(claims, SECRET, 'HS256')}",
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.api + path, data, headers), timeout=20) as answer:
            return json.load(answer)

    def query(self, expression: str) -> list[dict]:
        """Ask Prometheus."""
        with urlopen(f"{self.prometheus}/api/v1/query?query={quote(expression)}") as answer:
            return json.load(answer)["data"]["result"]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the embedded server's own user may pass."""
    with tempfile.TemporaryDirectory(prefix="scenario-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Installation]:
    """`gradeline serve` over a little of OULAD, its worker ticking every second, and Prometheus."""
    data = cut(folder / "aaa", presentations=("2013J",), learners=12)
    environment = {
        **os.environ,
        "GRADELINE_HOME": str(folder / "home"),
        "FILES_DATASETS": f"oulad=builtin:oulad@{data}",
        "JWT_SECRET": SECRET,
        "METRICS_TOKEN": METRICS,
        "REPORTING_WORKER_INTERVAL_SECS": "1",
    }
    gradeline = [sys.executable, "-P", "-m", "gradeline"]
    subprocess.run(
        [*gradeline, "run", "files:oulad"], env=environment, check=True, capture_output=True
    )
    with ExitStack() as opened:
        command = [*gradeline, "serve", "--port", "0"]
        said = opened.enter_context(process(command, environment, r"page is at (http://\S+\d);"))
        port = _free_port()
        opened.enter_context(process(_prometheus(folder, said, port), environment, r"(ready)"))
        yield Installation(said, f"http://127.0.0.1:{port}")
    subprocess.run([*gradeline, "stop"], env=environment, check=True, capture_output=True)


@contextmanager
def process(command: list[str], environment: Mapping[str, str], told: str) -> Iterator[str]:
    """Run a command until the block ends; gives what it tells by this pattern."""
    running = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert running.stdout is not None
    try:
        yield next(found[1] for line in running.stdout if (found := re.search(told, line)))
    finally:
        running.terminate()
        running.communicate()


def _prometheus(folder: Path, api: str, port: int) -> list[str]:
    """Write its configuration, which is that of deploy/ but faster; return its command."""
    given = (PROMETHEUS / "prometheus.yml").read_text(encoding="utf-8")
    given = given.replace("15s", "1s").replace("127.0.0.1:8000", api.removeprefix("http://"))
    (folder / "prometheus.yml").write_text(given, encoding="utf-8")
    (folder / "metrics_token").write_text(METRICS, encoding="utf-8")
    shutil.copy(PROMETHEUS / "rules.yml", folder)
    return [
        "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'series'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def until(found: Callable[[], object], seconds: float = 60) -> object:
    """Ask again until there is something."""
    ends = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < ends:
        time.sleep(0.5)
    return value


def test_an_export_is_made_and_its_link_gives_the_file(running: Installation) -> None:
    """Asked for over HTTP, made by the worker, and fetched by whoever has the link."""
    group = running.ask("/stats/groups")["groups"][0]["group_id"]
    wanted = {
        "topic_ids": [],
        "period": {"from": "2013-10-01", "to": "2014-09-30"},
        "format": "csv",
    }
    asked = running.ask(f"/stats/groups/{quote(group)}/export", wanted)

    def ready() -> dict | None:
        found = running.ask(f"/stats/exports/{asked['id']}")
        return found if found["status"] == "ready" else None

    url = until(ready)["url"]
    with urlopen(running.api + re.sub(r"^https?://[^/]+", "", url)) as answer:
        assert answer.read().count(b"\n") > 1
    with pytest.raises(HTTPError, match="403"):
        urlopen(running.api + re.sub(r"^https?://[^/]+", "", url)[:-1])


def test_every_query_of_panels_and_rules_has_series(running: Installation) -> None:
    """After a few scrapes Prometheus has everything that is asked for."""
    until(lambda: running.query("increase(reporting_worker_ticks_total[1m]) > 0"))
    queries = [each for each in panel_queries() if not metric_names(each) & EMPTY]
    queries += sorted({name for each in rule_queries() for name in metric_names(each)} - EMPTY)
    missing = [each for each in queries if not until(lambda each=each: running.query(each), 15)]
    assert missing == []


def test_no_alert_fires(running: Installation) -> None:
    """All is well, so nothing is told."""
    assert running.query('ALERTS{alertstate="firing"}') == []
    assert (DEPLOY / "compose.yaml").exists()
