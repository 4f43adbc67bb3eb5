"""wrk sends requests over several connections, for a time, and tells what came back."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
#: Seconds of each unit that wrk prints.
_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What came back."""

    rate: float  #: answers per second
    slowest: float  #: seconds that 99 of 100 were faster than
    errors: int  #: answers that were none, or had another status than 2xx and 3xx


def send(url: str, token: str, seconds: float, rate: float | None = None) -> Answers:
    """Ask for one address again and again.

    Args:
        url: what is asked for.
        token: the bearer's.
        seconds: for how long.
        rate: requests per second at most; None = as many as are answered.
    """
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "pace.lua"
        pause_ms = 1000 * CONNECTIONS / rate if rate else 0
        # Each connection waits around that long before a request, so they do not come at once.
        script.write_text(f"function delay() return math.random() * 2 * {pause_ms:.0f} end\n")
        asked = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--latency"]
        asked += ["-H", f"Authorization: Bearer {token}", *(["-s", str(script)] if rate else [])]
        told = subprocess.run([*asked, url], capture_output=True, text=True, check=True).stdout
    return Answers(
        rate=float(_found(r"Requests/sec:\s+([\d.]+)", told)),
        slowest=_seconds(_found(r"99%\s+([\d.]+\w+)", told)),
        errors=sum(
            int(n) for n in re.findall(r"(?:Non-2xx\D+|connect |read |write |timeout )(\d+)", told)
        ),
    )


def _found(pattern: str, told: str) -> str:
    match = re.search(pattern, told)
    if match is None:
        raise AssertionError(f"wrk told nothing like {pattern}: {told}")
    return match[1]


def _seconds(told: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)([a-z]+)", told).groups()  # type: ignore[union-attr]
    return float(number) * _UNITS[unit]
