"""B3: counting only what new data changed gives the same as counting everything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb

from gradeline.warehouse import Database
from proofs.ingest.crash_run import AS_OF
from proofs.promise import Setting, Try
from proofs.results.counted import Results, counted_in
from proofs.rig.command import School
from proofs.rig.in_process import HomeServer, server
from proofs.rig.kills import Record, run_undisturbed
from proofs.rig.oulad import copied, cut
from proofs.rig.shared_server import served_school

MAPPING = "builtin:oulad"

#: Ways in which a school's data changes between two runs, as SQL over the rows of one file.
#: `{salt}` is a number by chance, `{share}` keeps or changes about one row of twenty.
CHANGES = (
    ("studentAssessment", "select * from old where {share}"),
    (
        "studentAssessment",
        "select id_assessment, id_student, date_submitted, is_banked, "
        "if({share}, score, hash(rowid, {salt}) % 101) as score from old",
    ),
    (
        "studentAssessment",
        "select id_assessment, id_student, date_submitted + if({share}, 0, 9) as date_submitted, "
        "is_banked, score from old",
    ),
    (
        "studentInfo",
        "select * replace (if({share}, final_result, 'Fail') as final_result) from old",
    ),
    (
        "studentRegistration",
        "select * replace (if({share}, date_unregistration, hash(rowid, {salt}) % 200) "
        "as date_unregistration) from old",
    ),
    ("assessments", "select * replace (if({share}, date, date + 7) as date) from old"),
    ("studentVle", "select * from old where {share}"),
    ("studentVle", "from old union all from old where not {share}"),
)


def stats_equal(setting: Setting) -> Iterator[Try]:
    """Change files by chance, run, change again; each time a home that never knew the old files."""
    original = cut(setting.folder / "cut", learners=60, luck=setting.luck)
    with server(setting.folder) as there:
        for stream in range(1, setting.many(6, 1) + 1):
            data = copied(original, setting.folder / f"data-{stream}")
            with served_school(there, data, MAPPING) as (place, database):
                _count(place)
                for step in range(1, setting.many(6, 2) + 1):
                    told = _change(data, setting.luck)
                    _count(place)
                    wrong = _beside_fresh(there, data, database)
                    yield Try(name=f"stream {stream}, step {step}: {told}", wrong=wrong)


def _beside_fresh(there: HomeServer, data: Path, grown: Database) -> str:
    with served_school(there, data, MAPPING) as (fresh, database):
        _count(fresh)
        wanted = Results(tables=counted_in(database, rows=True), documents={})
        return wanted.differs_from(Results(tables=counted_in(grown, rows=True), documents={}))


def _count(place: School) -> None:
    """Collect what changed, and count what that touches."""
    record = Record(place.home.parent / "record")
    run_undisturbed(place, record, ("proofs.rig.collect_only", (AS_OF[1],)))


def _change(data: Path, luck: random.Random) -> str:
    """Rewrite one file of the school; what was done."""
    table, query = luck.choice(CHANGES)
    salt = luck.randrange(1 << 30)
    file = luck.choice(sorted((data / table).rglob("*.parquet")) or [data / f"{table}.parquet"])
    share = f"hash(rowid, {salt}) % 20 > 0"
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(
        f"create table old as from read_parquet('{file}', hive_partitioning = false)"
    )
    connection.execute(
        f"copy ({query.format(share=share, salt=salt)}) to '{file}' "
        "(format parquet, compression zstd)"
    )
    connection.close()
    return f"{file.relative_to(data).as_posix()} by change {CHANGES.index((table, query)) + 1}"
