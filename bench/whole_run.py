"""Bench (e): a whole run of 22 courses on one core, delivered through every channel: its memory."""

from __future__ import annotations

import os
from pathlib import Path

from proofs.rig.services import ANA, Services, arrived, services

from bench.home import bench_home, call, run
from bench.memory import cores

#: What all processes together may hold, PostgreSQL included. The home is a volume, as
#: docs/how-to/run-in-google-cloud.md has it, so its files are not counted.
MOST_BYTES = 512 << 20


def run_whole(rounds: int) -> None:  # noqa: ARG001 - as every benchmark
    """Read all of OULAD, compute, write 132 documents, deliver; print the peak and what arrived."""
    allowed = os.sched_getaffinity(0)
    with services() as box, bench_home() as home:
        os.sched_setaffinity(0, {min(allowed)})
        try:
            settings = dict(box.settings)
            for channel, address in _addresses(box):
                asked = ("recipients", "add", "--what", "course-report", "--", channel, address)
                call(home, settings, *asked)
            call(home, settings, "stop")
            print(f"on {cores()} core")
            done = run(home, settings=settings, source="")
        finally:
            os.sched_setaffinity(0, allowed)
        print(f"gradeline run, all of OULAD, every channel: {done.seconds:.0f} s")
        print(f"{done.memory.text()}; goal: at most {MOST_BYTES / 1e6:.0f} MB (512 MiB)")
        print(f"the home is a volume: {_bytes_below(home) / 1e6:.0f} MB on it, not counted above")
        counts: dict[str, int] = {}
        for one in arrived(box).elements():
            counts[one.channel] = counts.get(one.channel, 0) + 1
        print("arrived: " + ", ".join(f"{name} {many}" for name, many in sorted(counts.items())))


def _bytes_below(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*"))


def _addresses(box: Services) -> tuple[tuple[str, str], ...]:
    chat = box.settings["TELEGRAM_CHAT_ID"]
    return (("email", ANA), ("slack", "#reports"), ("telegram", chat), ("webhook", box.hook))
