"""Bench: a raw export of 2 GB by `gradeline serve`, fetched first, then from the lake."""

from __future__ import annotations

import tempfile
import time
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.dwh import Service, serving
from bench.memory import Memory, proportional_set_size
from gradeline.sandbox import Pace
from gradeline.sandbox.amplitude.archive import MADE, gzipped, member
from gradeline.sandbox.amplitude.bulk import BulkEvents, PreparedExportTwin
from gradeline.sandbox.amplitude.events import APPS
from gradeline.sandbox.amplitude.twin import KEYS
from gradeline.sandbox.school.school import read_school
from gradeline.sandbox.server.running import running

#: Of 1.7 kB each.
EVENTS = 1_250_000
_DAY = datetime(2024, 3, 14, tzinfo=UTC)
_HOURS = 24
_EXPORT = "/amplitude/export?start=20240314&end=20240314&source=web"


def run(_rounds: int, events: int = EVENTS) -> None:
    """Measure and print; one round, since memory does not change."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        lines, size = _pack(folder / "day.zip", max(1, events // _HOURS))
        twin = PreparedExportTwin({_DAY: folder / "day.zip"})
        with running([twin], pace=Pace(speed=10)) as sandbox:
            settings = {**KEYS, "SANDBOX_URL": sandbox.url, "SANDBOX_SPEED": "10"}
            with serving(settings) as service:
                idle = proportional_set_size(service.pid)[1]
                print(f"  {lines:,} events, {size / 1e9:.2f} GB; idle {idle / 1e6:.0f} MB")
                for what in ("fetched from Amplitude", "from the lake"):
                    _measure(service, what, idle, folder / "export.zip", lines, size)


def _measure(service: Service, what: str, idle: int, to: Path, lines: int, size: int) -> None:
    began = time.perf_counter()
    with Memory(lambda: [service.pid]) as memory, to.open("wb") as file:
        packed = service.ask("GET", _EXPORT, take=file.write)
    took = time.perf_counter() - began
    assert _lines_in(to) == lines
    print(
        f"  {what}: {took:.1f} s, {size / took / 1e6:.0f} MB/s, {packed / 1e6:.0f} MB sent;"
        f" {memory.text()}, {(memory.peak - idle) / 1e6:.0f} MB over idle (goal ≤ 150)"
    )


def _pack(path: Path, count: int) -> tuple[int, int]:
    """Write a day whose hours have the same events; how many lines and bytes it has."""
    bulk = BulkEvents(school=read_school(), project="web", hour=_DAY, count=count)
    lines = size = 0

    def counted():
        nonlocal lines, size
        for text in bulk.lines(count):
            lines, size = lines + 1, size + len(text) + 1
            yield text + b"\n"

    body = gzipped(counted(), level=3)
    with zipfile.ZipFile(path, "w") as packed:
        for hour in range(_HOURS):
            name = member(APPS["web"], _DAY + timedelta(hours=hour), 0)
            packed.writestr(zipfile.ZipInfo(name, MADE), body)
    return lines * _HOURS, size * _HOURS


def _lines_in(path: Path) -> int:
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
