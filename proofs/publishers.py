"""Small schools cut out of the publishers' OULAD files: real rows, fewer of them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "oulad" / "parquet"
BY_COURSE = ("assessments", "courses", "studentInfo", "studentRegistration", "vle")
BY_LEARNER = ("studentInfo", "studentRegistration", "studentAssessment", "studentVle")


def cut(
    target: Path,
    *,
    module: str = "AAA",
    presentations: Collection[str] = ("2013J", "2014J"),
    learners: int | None = None,
    luck: random.Random | None = None,
) -> Path:
    """Write the files of one module to `target`, all its learners or some by chance."""
    target.mkdir(parents=True)
    connection = duckdb.connect(config={"threads": 1})
    courses = f"code_module = '{module}' and code_presentation in {_listed(presentations)}"
    chosen = _chosen(connection, courses, learners, luck or random.Random(0))
    for table in BY_COURSE:
        wanted = f"{courses} and {chosen}" if table in BY_LEARNER else courses
        _copy(connection, DATA / f"{table}.parquet", target / f"{table}.parquet", wanted)
    items = f"id_assessment in (select id_assessment from '{target}/assessments.parquet')"
    _copy(
        connection,
        DATA / "studentAssessment.parquet",
        target / "studentAssessment.parquet",
        f"{items} and {chosen}",
    )
    for presentation in presentations:
        part = f"studentVle/code_module={module}/code_presentation={presentation}"
        (target / part).mkdir(parents=True)
        _copy(connection, DATA / part / "part-0.parquet", target / part / "part-0.parquet", chosen)
    connection.close()
    return target


def as_csv(parquet: Path, target: Path) -> Path:
    """The six small tables of a cut as CSV, the clicks left out."""
    target.mkdir(parents=True)
    connection = duckdb.connect(config={"threads": 1})
    for table in (*BY_COURSE, "studentAssessment"):
        connection.execute(
            f"copy (select columns(*)::varchar from '{parquet / table}.parquet') "
            f"to '{target / table}.csv' (header)"
        )
    connection.close()
    return target


def copied(data: Path, target: Path) -> Path:
    """A copy that may be broken."""
    return Path(shutil.copytree(data, target))


def _chosen(
    connection: duckdb.DuckDBPyConnection, courses: str, learners: int | None, luck: random.Random
) -> str:
    if learners is None:
        return "true"
    rows = connection.execute(
        f"select distinct id_student::bigint from '{DATA}/studentInfo.parquet' "
        f"where {courses} order by 1"
    ).fetchall()
    return f"id_student in {_listed(luck.sample([str(row[0]) for row in rows], learners))}"


def _listed(values: Collection[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _copy(connection: duckdb.DuckDBPyConnection, file: Path, target: Path, where: str) -> None:
    connection.execute(
        f"copy (select * from read_parquet('{file}', hive_partitioning = false) where {where}) "
        f"to '{target}' (format parquet, compression zstd)"
    )
