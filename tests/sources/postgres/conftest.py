"""A school's own database, running, and a source over its one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.embedded.data_folder import SUPERUSER
from gradeline.records.slices import PlannedSlice
from gradeline.sandbox.database import SchoolDatabase, running_database
from gradeline.sandbox.school.school import read_school
from gradeline.sources.postgres.source import PostgresSource, open_postgres
from gradeline.sources.postgres.tables import parse_tables
from gradeline.sources.source import PlanRequest, Reading

ATTEMPTS = """
SELECT _file, _line, id::VARCHAR AS attempt_id, learner AS learner_id, lesson AS item_id,
       CASE kind WHEN 'answered' THEN 'answer' ELSE 'run' END AS kind, solved AS correct,
       score / 100 AS score, seconds AS duration_s, happened_at AS "at"
FROM lesson_activity
"""
LEARNERS = "SELECT _file, _line, learner AS learner_id, email FROM lesson_activity"

ODD = """
SELECT _file, _line, learner AS learner_id, 'answer' AS kind, score, "at" FROM t
"""


@dataclass(frozen=True, kw_only=True)
class Read:
    """One range that was read."""

    planned: PlannedSlice
    reading: Reading
    facts: pa.Table


@pytest.fixture(scope="session")
def database() -> Iterator[SchoolDatabase]:
    """The database, three days of lessons in it, which nobody changes."""
    with running_database(read_school()) as running:
        yield running


@pytest.fixture
def changing() -> Iterator[SchoolDatabase]:
    """Another one like it, for a test that changes it."""
    with running_database(read_school()) as running:
        yield running


@pytest.fixture
def source(database: SchoolDatabase, tmp_path: Path) -> Callable[..., PostgresSource]:
    """The source by its cursor; a test may change the login or the mapping."""

    def make(
        cursor: str = "updated_at", at: SchoolDatabase = database, **changes: str
    ) -> PostgresSource:
        mapping = tmp_path / "mapping"
        mapping.mkdir(exist_ok=True)
        (mapping / "attempts.sql").write_text(changes.pop("attempts", ATTEMPTS))
        told = f"school={mapping}@{at.url}#lesson_activity?cursor={cursor}"
        (table,) = parse_tables(told, home=tmp_path)
        return open_postgres(replace(table, **changes), spool=tmp_path, speed=20)

    return make


@pytest.fixture
def table(database: SchoolDatabase, tmp_path: Path) -> Callable[..., PostgresSource]:
    """A source over a table `t` of a database of the test's own, which some SQL fills."""

    def make(
        fill: str, *, cursor: str = "at", encoding: str = "UTF8", port: int = 0
    ) -> PostgresSource:
        name = f"t{tmp_path.name}".lower()
        admin = f"postgresql://{SUPERUSER}:{database.owner_password}@127.0.0.1:{database.port}"
        with psycopg.connect(f"{admin}/postgres", autocommit=True) as connection:
            how = f"encoding '{encoding}' locale 'C' template template0 strategy file_copy"
            connection.execute(f'create database "{name}" {how}'.encode())
        with psycopg.connect(f"{admin}/{name}", client_encoding="UTF8") as connection:
            connection.execute(fill.encode() + b"; grant select on t to reader")
        (tmp_path / "attempts.sql").write_text(ODD)
        url = database.url_at(port or database.port).rpartition("/")[0]
        (made,) = parse_tables(f"odd=.@{url}/{name}#t?cursor={cursor}", home=tmp_path)
        return open_postgres(made, spool=tmp_path)

    return make


@pytest.fixture
def read(tmp_path: Path) -> Callable[[PostgresSource], dict[str, Read]]:
    """Every range that the source has now, read: by window."""

    def reading(source: PostgresSource, request: PlanRequest | None = None) -> dict[str, Read]:
        found = {}
        plan = source.plan(request or PlanRequest())
        for planned in plan.slices:
            raws = [raw.path for raw in plan.fetch(planned, tmp_path)]
            done = source.read(planned, raws, tmp_path / "facts.parquet")
            facts = pq.read_table(tmp_path / "facts.parquet")
            found[planned.slice.window] = Read(planned=planned, reading=done, facts=facts)
        return found

    return reading
