"""A12: how rows are spread over files, and in which order they stand, changes no number."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from proofs.ingest.crash_run import AS_OF, small_school
from proofs.promise import Setting, Try
from proofs.results.counted import results_of
from proofs.rig.command import make_home, school
from proofs.rig.oulad import copied

TABLES = ("studentInfo", "studentRegistration", "studentAssessment", "assessments", "vle")


def order(setting: Setting) -> Iterator[Try]:
    """Shuffle every file and split the click files differently; the numbers must not change."""
    data = small_school(setting)
    made = make_home(setting.folder / "made")
    with school(setting.folder / "clean", data, like=made, forks=True) as clean:
        clean.run(*AS_OF)
        wanted = results_of(clean)
    for turn in range(1, setting.many(8, 1) + 1):
        other = copied(data, setting.folder / f"data-{turn}")
        for table in TABLES:
            _shuffle(other / f"{table}.parquet", setting.luck)
        parts = [
            _split(part, setting.luck) for part in sorted((other / "studentVle").rglob("*.parquet"))
        ]
        with school(setting.folder / f"turn-{turn}", other, like=made, forks=True) as place:
            place.run(*AS_OF)
            yield Try(
                name=f"turn {turn}: shuffled, clicks in {sum(parts)} files",
                wrong=wanted.differs_from(results_of(place)),
            )
        shutil.rmtree(other)


def _shuffle(file: Path, luck: random.Random) -> None:
    """Write the rows of a file in another order."""
    _rewrite(file, file, f"select * from old order by hash(rowid, {luck.randrange(1 << 30)})")


def _split(file: Path, luck: random.Random) -> int:
    """Write the rows of a file into several beside it, each row into one by chance; how many."""
    many, seed = luck.randrange(1, 5), luck.randrange(1 << 30)
    for part in range(many):
        _rewrite(
            file,
            file.with_name(f"piece-{part}.parquet"),
            f"select * from old where hash(rowid, {seed}) % {many} = {part} order by hash(rowid)",
        )
    file.unlink()
    return many


def _rewrite(file: Path, target: Path, query: str) -> None:
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(
        f"create table old as from read_parquet('{file}', hive_partitioning = false)"
    )
    connection.execute(f"copy ({query}) to '{target}' (format parquet, compression zstd)")
    connection.close()
