"""Small schools cut out of the publishers' OULAD files: real rows of module AAA, or fewer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection
from pathlib import Path

import duckdb

from gradeline.sandbox.school.school import shipped

BY_COURSE = ("assessments", "courses", "studentInfo", "studentRegistration", "vle")
#: The columns of a file are its own, and none is read from the names of its folders.
_ONE_FILE = "hive_partitioning = false"
#: In the publishers' Parquet files every number is a double.
_AS_PARQUET = "auto_type_candidates = ['DOUBLE', 'VARCHAR']"
BY_LEARNER = ("studentInfo", "studentRegistration", "studentAssessment", "studentVle")


def cut(
    target: Path,
    *,
    presentations: Collection[str] = ("2013J", "2014J"),
    learners: int | None = None,
    luck: random.Random | None = None,
) -> Path:
    """Write the module's files to `target` as Parquet, all its learners or some by chance."""
    target.mkdir(parents=True)
    connection = duckdb.connect(config={"threads": 1})
    whole = shipped()
    courses = f"code_presentation in {_listed(presentations)}"
    chosen = _chosen(connection, courses, learners, luck or random.Random(0))
    for table in BY_COURSE:
        wanted = f"{courses} and {chosen}" if table in BY_LEARNER else courses
        _copy(connection, whole / f"{table}.csv", target / f"{table}.parquet", wanted)
    items = f"id_assessment in (select id_assessment from '{target}/assessments.parquet')"
    _copy(
        connection,
        whole / "studentAssessment.csv",
        target / "studentAssessment.parquet",
        f"{items} and {chosen}",
    )
    for presentation in presentations:
        part = f"studentVle/code_module=AAA/code_presentation={presentation}"
        (target / part).mkdir(parents=True)
        _copy(connection, whole / part / "part-0.parquet", target / part / "part-0.parquet", chosen)
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
        f"select distinct id_student::bigint from '{shipped()}/studentInfo.csv' "
        f"where {courses} order by 1"
    ).fetchall()
    return f"id_student in {_listed(luck.sample([str(row[0]) for row in rows], learners))}"


def _listed(values: Collection[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _copy(connection: duckdb.DuckDBPyConnection, file: Path, target: Path, where: str) -> None:
    is_csv = file.suffix == ".csv"
    rows = (
        f"read_csv('{file}', {_AS_PARQUET})" if is_csv else f"read_parquet('{file}', {_ONE_FILE})"
    )
    connection.execute(
        f"copy (select * from {rows} where {where}) "
        f"to '{target}' (format parquet, compression zstd)"
    )
