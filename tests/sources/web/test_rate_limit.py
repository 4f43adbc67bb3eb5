"""No system ever sees more requests than it allows, whoever makes them."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from gradeline.sandbox import most_within, named
from gradeline.sources.web.client import Request
from gradeline.sources.web.rate_limit import RateLimiter

from .conftest import SPEED

#: Eleven requests of a process of its own, with a limit of five in ten seconds of its system's life.
_ASK = """
import sys
from pathlib import Path
from gradeline.sources.web.client import Host, HttpClient, Request, RequestPolicy
host = Host(name="The toy", url=sys.argv[1], address_setting="A", key_settings="K")
client = HttpClient(host, RequestPolicy(requests=5, per_s=10, parallel=3, speed=float(sys.argv[3])), Path(sys.argv[2]))
for _ in range(11):
    client.send(Request(path="/records"))
"""


def test_two_processes_together_keep_to_one_limit(sandbox, tmp_path):
    """Two runs at once make no more requests in any ten seconds of its life than one may."""
    command = [sys.executable, "-c", _ASK, f"{sandbox.url}/toy", str(tmp_path), str(SPEED)]
    runs = [subprocess.Popen(command) for _ in range(2)]
    assert [run.wait() for run in runs] == [0, 0]
    entries = sandbox.journal.entries()
    assert len(entries) == 22
    assert most_within(entries, 10 / SPEED) <= 5


def test_threads_keep_to_the_limit_on_a_slow_line(sandbox, client):
    """However long requests travel, the system sees no more of them at once than it allows."""
    sandbox.switch(named("delay"))
    web = client(requests=4, per_s=10, parallel=8)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: web.send(Request(path=f"/{n}")), range(12)))
    assert most_within(sandbox.journal.entries(), 10 / SPEED) <= 4


def test_a_slot_of_a_dead_process_is_free_after_a_period(tmp_path):
    """What a killed run has asked still counts, and what it held is not lost."""
    held = "from gradeline.sources.web.rate_limit import RateLimiter; import os, sys, time; from pathlib import Path\n"
    held += "with RateLimiter(Path(sys.argv[1]), 'http://x', requests=1, per_s=0.2).slot(9e9, time.sleep): os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", held, str(tmp_path)]).returncode == -9
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        time.sleep(seconds)

    with RateLimiter(tmp_path, "http://x", requests=1, per_s=0.2).slot(9e9, sleep) as free:
        assert free
    assert waited[0] == pytest.approx(0.2)


def test_a_slot_that_cannot_come_in_time_is_not_waited_for(tmp_path):
    """Where the limit leaves no time before the deadline, that is said at once."""
    limiter = RateLimiter(tmp_path, "http://x", requests=1, per_s=60)
    with limiter.slot(9e9, time.sleep):
        pass
    with limiter.slot(time.monotonic() + 1, time.sleep) as free:
        assert not free
