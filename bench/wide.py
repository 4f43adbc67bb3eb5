"""Bench (f): a wide school, each learner with an attempt in most of 76 items: its memory."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import duckdb

from bench.home import bench_home, call, run

LEARNERS = 99_400
ITEMS = 76
#: What all processes together may hold, PostgreSQL included; files of the home are not counted.
MOST_BYTES = 700_000_000
_HERE = Path(__file__).parent / "wide_school"
_SOURCE = "files:wide"


def run_wide(rounds: int, *, learners: int = LEARNERS, courses: int = 1) -> None:  # noqa: ARG001 - as every benchmark
    """Read the school, then count it and write its documents in a process that is watched."""
    with bench_home() as home:
        settings = write_school(home.parent / "school", learners, courses)
        read = run(home, "--download-only", source=_SOURCE, settings=settings)
        school = f"{learners:,} learners × {ITEMS} items in {courses} courses"
        print(f"read {school}: {read.seconds:.0f} s; {read.memory.text()}")
        call(home, settings, "stop")
        began = time.perf_counter()
        done = run(home, "--analysis-only", source=_SOURCE, settings=settings)
        print(f"counted and written: {time.perf_counter() - began:.0f} s")
        print(f"{done.memory.text()}; goal: at most {MOST_BYTES / 1e6:.0f} MB")
        _print_documents(home)


def write_school(folder: Path, learners: int, courses: int) -> Mapping[str, str]:
    """Write the school's files; return the settings that read them."""
    folder.mkdir()
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "512MB"})
    for path in sorted(_HERE.glob("school/*.sql")):
        text = path.read_text(encoding="utf-8")
        values = {"learners": learners, "items": ITEMS, "courses": courses}
        connection.execute(
            f"COPY ({text.format(**values)}) TO '{folder / path.stem}.parquet' (FORMAT parquet)"
        )
    connection.close()
    return {"FILES_DATASETS": f"wide={_HERE / 'map'}@{folder}"}


def _print_documents(home: Path) -> None:
    sizes: dict[str, int] = {}
    for path in home.rglob("*"):
        if path.is_file() and path.relative_to(home).parts[0] in ("reports", "processed"):
            sizes[path.name] = sizes.get(path.name, 0) + path.stat().st_size
    listed = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sorted(sizes.items()))
    print(f"documents: {listed}")
