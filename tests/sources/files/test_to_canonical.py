"""What facts mean, told once for every engine: DuckDB over files and PostgreSQL over rows agree."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docs.build_canonical_views import canonical_views

from gradeline.engine import DuckEngine
from gradeline.flows.refresh.union import unite
from gradeline.records.streams import SLICE_COLUMN
from gradeline.records.tables import CANONICAL
from gradeline.sources.files.datasets import parse_datasets
from gradeline.sources.files.source import FILES, open_files
from gradeline.sources.source import PlanRequest
from gradeline.sources.tabular.streams import TABLES, fact_schema
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger

ROWS = "learner_id,item_id,kind,score,at\n7,a,answer,1,2024-03-01\n7,a,answer,1,2024-03-01\n"


def canonical_of(streams: dict[str, ir.Table], source: str) -> dict[str, ir.Table]:
    """Canonical tables of the facts of one source."""
    named = {n: facts.mutate(source_name=ibis.literal(source)) for n, facts in streams.items()}
    return FILES.to_canonical(named)


def meant(facts: dict[str, pa.Table], source: str = "files:school") -> dict[str, list[dict]]:
    """Canonical rows of some facts, by DuckDB."""
    with tempfile.TemporaryDirectory() as spill, DuckEngine(spill=Path(spill)).session() as session:
        streams = {name: session.memory_table(name, table) for name, table in facts.items()}
        tables = canonical_of(streams, source)
        return {
            name: session.run(unite(name, [table])).to_pylist() for name, table in tables.items()
        }


def attempts(slice_: str, *rows: tuple) -> pa.Table:
    """Facts of attempts: (position, own id, learner, score)."""
    schema = fact_schema("attempts")
    given = [
        {
            "slice": slice_,
            "position": p,
            "attempt_id": own,
            "learner_id": who,
            "kind": "answer",
            "score": score,
        }
        for p, own, who, score in rows
    ]
    table = pa.Table.from_pylist(given, schema=pa.schema([f.with_nullable(True) for f in schema]))
    return table.set_column(
        table.schema.get_field_index("at"), "at", pa.array([0] * len(rows), schema.field("at").type)
    )


def test_a_row_without_an_id_is_named_by_its_place(school):
    """Twins stay two, and a rerun meets itself."""
    school.put("attempts.csv", ROWS)
    facts = school.read().facts
    ids = [row["attempt_id"] for row in meant({"attempts": facts})["attempts"]]
    place = hashlib.sha256(b"files:school/attempts/attempts.csv:1").hexdigest()
    assert place in ids
    assert len(set(ids)) == 2


def test_ids_begin_with_their_source():
    """Two schools may both have a learner 7."""
    (row,) = meant({"attempts": attempts("s", (1, "a1", "7", None))})["attempts"]
    assert (row["attempt_id"], row["learner_id"]) == ("files:school:a1", "files:school:7")
    assert row["source"] == "files:school"


def test_links_give_a_learner_the_id_that_all_sources_share():
    """A link counts for its own source; who has none keeps source:external."""
    links = pa.table(
        {
            "source": ["files:school", "other"],
            "external_id": ["7", "8"],
            "learner_id": ["anna", "ben"],
        }
    )
    facts = attempts("s", (1, "a1", "7", None), (2, "a2", "8", None))
    rows = meant({"attempts": facts, "learner_links": links})["attempts"]
    assert sorted(row["learner_id"] for row in rows) == ["anna", "files:school:8"]


def test_of_two_slices_with_one_key_the_greater_counts():
    """A file that repeats another's row replaces it, wherever it was read first."""
    facts = pa.concat_tables([attempts("b", (1, "a1", "7", 1)), attempts("a", (9, "a1", "7", 0))])
    (row,) = meant({"attempts": facts})["attempts"]
    assert row["score"] == 1


def test_every_canonical_table_has_its_columns():
    """The meaning of each stream is the canonical table, and of which source its courses are."""
    facts = {table: ibis.table(ibis.schema(fact_schema(table)), name=table) for table in TABLES}
    found = {name: tuple(table.columns) for name, table in canonical_of(facts, "files:x").items()}
    declared = {table: CANONICAL[table].schema.names for table in TABLES}
    assert found == {
        table: (*names, "source_name") if "course_id" in names else tuple(names)
        for table, names in declared.items()
    }


@pytest.mark.parametrize("table", FILES.tables.values(), ids=lambda table: table.name)
def test_a_row_table_is_what_its_migration_made(warehouse, table):
    """Declared columns, the order and whether they may be null: the database agrees."""
    with warehouse.connect() as connection:
        made = connection.execute(
            "SELECT column_name, is_nullable = 'YES' FROM information_schema.columns "
            "WHERE table_name = %s ORDER BY ordinal_position",
            [table.name],
        ).fetchall()
    declared = [(field.name, field.nullable) for field in table.schema]
    nullable_day = table.name == "files_event_days"
    assert made == declared or nullable_day


def filled(warehouse, home) -> Iterator[tuple[str, pa.Table]]:
    """The demo's slices put into the warehouse's row tables, clicks left out; its facts."""
    (dataset,) = parse_datasets("oulad=builtin:oulad@builtin:aaa")
    source = open_files(dataset, spool=home)
    plan = source.plan(PlanRequest())
    planned = [each for each in plan.slices if each.slice.stream != "events"]
    with warehouse.connect() as connection:
        for entry in ledger.plan(connection, planned):
            raws = [raw.path for raw in plan.fetch(entry.planned, home)]
            source.read(entry.planned, raws, home / "facts.parquet")
            facts = pq.read_table(home / "facts.parquet", partitioning=None)
            (table,) = source.streams[entry.slice.stream].tables
            load.load_rows(
                connection, table, entry.slice_id, facts.drop_columns(SLICE_COLUMN).to_batches()
            )
            yield entry.slice.stream, facts


def test_views_of_the_warehouse_equal_duckdb_row_by_row(warehouse, tmp_path):
    """One expression, two engines, the same rows."""
    facts = dict(filled(warehouse, tmp_path))
    by_duckdb = meant(facts, "files:oulad")
    views = {
        name: ibis.to_sql(view, dialect="postgres") for name, view in canonical_views().items()
    }
    with warehouse.connect() as connection:
        cursor = {name: connection.execute(str(views[name])) for name in facts}
        by_postgres = {
            name: [
                dict(zip(CANONICAL[name].schema.names, row, strict=True)) for row in rows.fetchall()
            ]
            for name, rows in cursor.items()
        }
    assert {name: ordered(name, rows) for name, rows in by_postgres.items()} == {
        name: ordered(name, rows) for name, rows in by_duckdb.items()
    }


def ordered(table: str, rows: list[dict]) -> list[dict]:
    """Canonical rows in the order of their key."""
    return sorted(rows, key=lambda row: [row[column] for column in CANONICAL[table].key])
