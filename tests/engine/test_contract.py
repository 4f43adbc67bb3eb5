"""What every engine promises."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gradeline.base.errors import EngineError, ObjectMissing
from gradeline.engine import Engine, FactObjects, RowSession, Session
from gradeline.lake import FactWriter
from gradeline.records.streams import FactQuery
from gradeline.records.tables import CANONICAL

from .conftest import SCHEMA, fact_file


def test_many_fact_files_are_one_table(session: Session, locations: list[str]) -> None:
    """Fact objects are read as one table with the schema asked for, whatever their folders are."""
    facts = session.facts(locations, SCHEMA)
    result = session.run(facts.order_by("slice", "position"))
    assert result.schema.equals(SCHEMA)
    assert result["learner_id"].to_pylist() == ["l0", "l1", "l2", "l0", "l9"]
    assert result["slice"].to_pylist() == ["s/a/1"] * 3 + ["s/a/2"] * 2


@pytest.mark.parametrize("table", CANONICAL.values(), ids=CANONICAL)
def test_no_fact_files_are_an_empty_table(session: Session, table: object) -> None:
    """Without any object there is a table without rows, with every canonical column and type."""
    schema = pa.schema([field.with_nullable(True) for field in table.schema])  # type: ignore[attr-defined]
    result = session.run(session.facts([], table.schema))  # type: ignore[attr-defined]
    assert result.schema.equals(schema)
    assert result.num_rows == 0


def test_older_files_fit_a_newer_schema(
    session: Session, locations: list[str], tmp_path: Path
) -> None:
    """A missing column is null, another type is cast, an unknown column is not seen."""
    older = pa.schema([("extra", pa.int32()), ("position", pa.int16()), ("slice", pa.string())])
    rows: list[dict[str, object]] = [{"extra": 1, "position": 7, "slice": "s/a/0"}]
    old = fact_file(tmp_path / "old.parquet", rows, older)
    facts = session.facts([old, *locations], SCHEMA)
    assert session.run(facts).schema.equals(SCHEMA)
    row = session.run(facts.filter(facts.slice == "s/a/0")).to_pylist()[0]
    assert row == dict.fromkeys(SCHEMA.names) | {"slice": "s/a/0", "position": 7}


def test_only_columns_in_use_are_read(session: Session, locations: list[str]) -> None:
    """Damage in a column harms only who asks for that column."""
    column = pq.read_metadata(locations[0]).row_group(0).column(0)
    with Path(locations[0]).open("r+b") as file:
        file.seek(column.dictionary_page_offset)
        file.write(bytes(column.total_compressed_size))
    facts = session.facts(locations, SCHEMA)
    assert session.run(facts.score.sum())[0][0].as_py() == Decimal(1)
    with pytest.raises(EngineError, match="The engine stopped"):
        session.run(facts.slice.max())


def test_values_keep_their_kind(session: Session, tmp_path: Path) -> None:
    """Decimals stay decimals, instants stay UTC, days stay days, true stays true."""
    row: dict[str, object] = {
        "slice": "s/a/1",
        "position": 2**53 + 1,
        "learner_id": "Ñandú 'x'",
        "score": Decimal("0.123457"),
        "at": datetime(2024, 3, 31, 1, 30, 0, 123456, tzinfo=UTC),
        "day": date(2024, 2, 29),
        "correct": True,
    }
    facts = session.facts([fact_file(tmp_path / "x.parquet", [row])], SCHEMA)
    assert session.run(facts).to_pylist() == [row]


def test_what_is_kept_is_computed_once(session: Session, tmp_path: Path) -> None:
    """A kept table gives the same rows after its fact files are gone."""
    path = tmp_path / "x.parquet"
    facts = session.facts([fact_file(path, [{"slice": "s/a/1", "position": 1}])], SCHEMA)
    kept = session.materialize("attempts by slice", facts.group_by("slice").agg(n=facts.count()))
    path.unlink()
    assert session.run(kept).to_pylist() == [{"slice": "s/a/1", "n": 1}]


def test_work_side_by_side_waits_for_what_it_reads(session: Session, locations: list[str]) -> None:
    """Tables and results begun one after another are those that they would be one by one."""
    facts = session.facts(locations, SCHEMA)
    table = facts.select("learner_id", "position")
    for step in range(20):
        table = session.start_materializing(
            f"step {step}", table.mutate(position=table.position + 1)
        )
    total = session.start(table.position.sum())
    first = session.run(session.start_materializing("alone", facts.limit(1)).count())
    assert first[0][0].as_py() == 1
    assert total.result()[0][0].as_py() == session.run(facts.position.sum())[0][0].as_py() + 100


def test_who_reads_a_table_that_could_not_be_made_is_told_why(
    session: Session, locations: list[str], tmp_path: Path
) -> None:
    """What stopped a table begun beside other work is met by all that read it, and by no others."""
    path = tmp_path / "x.parquet"
    facts = session.facts([fact_file(path, [])], SCHEMA)
    path.unlink()
    gone = session.start_materializing("gone", facts)
    later = session.start_materializing("later", gone.limit(1))
    for read in (session.run, lambda table: session.view("v", table)):
        with pytest.raises(ObjectMissing, match=r"x\.parquet"):
            read(later)
    assert session.run(session.facts(locations, SCHEMA).count())[0][0].as_py() == 5


def test_a_session_ends_though_work_is_begun(engine: Engine) -> None:
    """Work of an hour that nobody waits for is stopped with its session."""
    with engine.session() as session:
        numbers = session.memory_table("numbers", pa.table({"a": range(20_000)}))
        pairs = numbers.cross_join(numbers.rename(b="a")).cross_join(numbers.rename(c="a"))
        total = (pairs.a * pairs.b % (pairs.c + 1)).sum().name("total").as_table()
        session.start(session.start_materializing("total", total))


def test_a_view_is_computed_when_it_is_read(session: Session, locations: list[str]) -> None:
    """An expression under a name gives its rows, and only columns asked for, at every reading."""
    facts = session.facts(locations, SCHEMA)
    few = facts.filter(facts.learner_id != "l1")
    named = session.view("few", few)
    rows = [sorted(session.run(each).to_pylist(), key=str) for each in (named, few)]
    assert rows[0] == rows[1] != []
    assert session.run(named.select("learner_id").distinct()).column_names == ["learner_id"]


def test_numbered_texts_answer_as_texts(session: Session, locations: list[str]) -> None:
    """Texts kept as numbers join, compare, sort and come out as texts, with strangers too."""
    facts = session.facts(locations, SCHEMA)
    kept = {name: session.materialize(name, facts.select("learner_id")) for name in ("one", "two")}
    kept["none"] = session.materialize("none", facts.filter(facts.learner_id == "nobody"))
    session.encode_texts(kept, ["learner_id", "slice"])
    strangers = session.memory_table("more", pa.table({"learner_id": ["l2", "l3"]}))
    both = kept["one"].select("learner_id").union(strangers).distinct()
    shown = both.semi_join(kept["two"], "learner_id").filter(both.learner_id != "elsewhere")
    found = session.run(shown.order_by(ibis.desc("learner_id")))
    assert found["learner_id"].to_pylist() == ["l9", "l2", "l1", "l0"]
    assert session.run(kept["one"].learner_id.max())[0][0].as_py() == "l9"
    assert session.run(kept["none"]).num_rows == 0


def test_a_name_kept_again_means_the_newer_table(session: Session, locations: list[str]) -> None:
    """Keeping another expression under a name takes the earlier one's place."""
    facts = session.facts(locations, SCHEMA)
    session.materialize("t", facts.select("slice"))
    assert session.run(session.materialize("t", facts.limit(2)).count())[0][0].as_py() == 2


def test_tables_at_hand_join_facts(session: Session, locations: list[str]) -> None:
    """A small table given by the caller joins fact objects, and so does one inside an expression."""
    facts = session.facts(locations, SCHEMA)
    names = session.memory_table("names", pa.table({"learner_id": ["l0"], "name": ["Ana"]}))
    found = session.run(facts.join(names, "learner_id").select("name", "score"))
    assert sorted(found["score"].to_pylist()) == [Decimal("0.1"), Decimal("0.4")]
    inside = ibis.memtable(pa.table({"learner_id": ["l9"]}))
    assert session.run(facts.semi_join(inside, "learner_id")).num_rows == 1


def test_one_value_is_a_table_of_one(session: Session, locations: list[str]) -> None:
    """An expression for one value gives one row; a sum of decimals is exact."""
    total = session.run(session.facts(locations, SCHEMA).score.sum())
    assert [row[0].as_py() for row in total] == [Decimal("1.000000")]


def test_a_missing_fact_object_is_named(session: Session, tmp_path: Path) -> None:
    """An object that the ledger lists and the lake lacks is named, with the way out."""
    with pytest.raises(
        ObjectMissing, match=r"gone\.parquet is in the load log but missing.*run --full"
    ):
        session.run(session.facts([str(tmp_path / "gone.parquet")], SCHEMA))


def test_a_damaged_fact_object_is_named(session: Session, locations: list[str]) -> None:
    """A Parquet file cut in half stops the engine with the file's name."""
    half = Path(locations[1])
    half.write_bytes(half.read_bytes()[: half.stat().st_size // 2])
    with pytest.raises(EngineError, match=r"2\.parquet"):
        session.run(session.facts(locations, SCHEMA))


def test_a_value_that_cannot_be_is_one_clear_error(session: Session, locations: list[str]) -> None:
    """A cast that fails says so in our words."""
    bad = session.facts(locations, SCHEMA).learner_id.cast("int64").name("n").as_table()
    with pytest.raises(EngineError, match="The engine stopped while"):
        session.run(bad)


def test_errors_of_the_caller_stay_as_they_are(engine: Engine) -> None:
    """A session ends quietly when the work inside it fails for another reason."""
    with pytest.raises(OSError, match="printer"), engine.session():
        raise OSError("printer on fire")


def test_sums_are_equal_in_any_order(engine: Engine, tmp_path: Path) -> None:
    """Integer and decimal sums do not depend on how rows lie in files."""
    rows: list[dict[str, object]] = [
        {"slice": "s", "position": n, "score": Decimal(n % 997) / 1_000_000} for n in range(20_000)
    ]
    answers = []
    for attempt in range(3):
        random.Random(attempt).shuffle(rows)
        parts = [rows[start : start + 5000] for start in range(0, 20_000, 5000)]
        files = [fact_file(tmp_path / f"{n}.parquet", part) for n, part in enumerate(parts)]
        with engine.session() as session:
            facts = session.facts(files, SCHEMA)
            totals = facts.agg(s=facts.score.sum(), n=facts.position.sum())
            answers.append(session.run(totals).to_pylist())
    assert answers[0] == answers[1] == answers[2]


SUMS = FactQuery(
    sql="SELECT slice, sum(score) AS score, count(*) AS n FROM facts WHERE slice <> $but GROUP BY slice",
    values={"but": "s/a/2"},
)


def test_facts_become_rows_by_a_query(row_session: RowSession, locations: list[str]) -> None:
    """A query over `facts` gives the columns asked for, of exactly their types, by its values."""
    facts = FactObjects(locations=locations, schema=SCHEMA)
    shape = pa.schema([("n", pa.int32()), ("score", pa.decimal128(12, 3))])
    given = row_session.rows(facts, SUMS, shape)
    assert given.schema.equals(shape)
    assert given.read_all().to_pylist() == [{"n": 3, "score": Decimal("0.600")}]


BY_PARTS = FactQuery(
    sql="SELECT n % 7 AS n, count(*) AS many FROM facts WHERE n % 7 % $parts = $part GROUP BY 1",
    by_parts=True,
)


@pytest.mark.parametrize("facts", [0, 70, 1_400_000])
def test_a_query_by_parts_gives_every_row_once(
    row_session: RowSession, tmp_path: Path, facts: int
) -> None:
    """However many facts there are, and so parts, together they give what one would."""
    schema = pa.schema([("n", pa.int64()), ("many", pa.int64())])
    with FactWriter(tmp_path / "x.parquet", schema.remove(1)) as writer:
        writer.write(pa.record_batch({"n": pa.array(range(facts), pa.int64())}))
    objects = FactObjects(locations=[str(tmp_path / "x.parquet")], schema=schema.remove(1))
    rows = row_session.rows(objects, BY_PARTS, schema).read_all()
    assert dict(zip(*rows.to_pydict().values(), strict=True)) == (
        dict.fromkeys(range(7), facts // 7) if facts else {}
    )
    assert rows.num_rows == (7 if facts else 0)


def test_facts_without_a_query_are_rows(row_session: RowSession, locations: list[str]) -> None:
    """Without a query each fact is a row, and no objects have none."""
    shape = pa.schema([SCHEMA.field("learner_id")])
    found = [
        row_session.rows(FactObjects(locations=each, schema=SCHEMA), None, shape).read_all()
        for each in (locations, [])
    ]
    assert sorted(found[0]["learner_id"].to_pylist()) == ["l0", "l0", "l1", "l2", "l9"]
    assert found[1].num_rows == 0
    assert found[1].schema.equals(shape)


def test_rows_of_older_files_fit_a_newer_schema(row_session: RowSession, tmp_path: Path) -> None:
    """A query sees a missing column as null, another type as cast, an unknown column not at all."""
    older = pa.schema([("extra", pa.int32()), ("position", pa.int16()), ("slice", pa.string())])
    old = fact_file(tmp_path / "old.parquet", [{"extra": 1, "position": 7, "slice": "s"}], older)
    facts = FactObjects(locations=[old], schema=SCHEMA)
    row = row_session.rows(facts, None, SCHEMA).read_all().to_pylist()[0]
    assert row == dict.fromkeys(SCHEMA.names) | {"slice": "s", "position": 7}
    with pytest.raises(EngineError, match="extra"):
        row_session.rows(
            facts, FactQuery(sql="SELECT extra AS position FROM facts"), SCHEMA
        ).read_all()


def test_a_reader_of_rows_keeps_its_facts(row_session: RowSession, locations: list[str]) -> None:
    """Two readers asked for one after another give the rows of their own objects."""
    shape = pa.schema([SCHEMA.field("learner_id")])
    readers = [
        row_session.rows(FactObjects(locations=[each], schema=SCHEMA), None, shape)
        for each in locations
    ]
    assert [reader.read_all().num_rows for reader in readers] == [3, 2]


def test_rows_come_in_batches_of_the_size_asked_for(
    row_session: RowSession, tmp_path: Path
) -> None:
    """Many rows come in batches of at most those asked for, all of them."""
    schema = pa.schema([("position", pa.int64())])
    with FactWriter(tmp_path / "x.parquet", schema) as writer:
        writer.write(pa.record_batch({"position": pa.array(range(50_000), pa.int64())}))
    facts = FactObjects(locations=[str(tmp_path / "x.parquet")], schema=schema)
    batches = list(row_session.rows(facts, None, schema, rows=2_048))
    assert max(batch.num_rows for batch in batches) <= 2_048
    positions = pa.Table.from_batches(batches)["position"].to_pylist()
    assert sorted(positions) == list(range(50_000))


def test_rows_of_missing_or_wrong_facts_are_one_clear_error(
    row_session: RowSession, locations: list[str], tmp_path: Path
) -> None:
    """A missing object is named, and so is a value that a query cannot take."""
    gone = FactObjects(locations=[str(tmp_path / "gone.parquet")], schema=SCHEMA)
    with pytest.raises(ObjectMissing, match=r"gone\.parquet is in the load log but missing"):
        row_session.rows(gone, None, SCHEMA).read_all()
    facts = FactObjects(locations=locations, schema=SCHEMA)
    bad = FactQuery(sql="SELECT learner_id::BIGINT AS position FROM facts")
    with pytest.raises(EngineError, match="The engine stopped while making rows of facts"):
        row_session.rows(facts, bad, pa.schema([SCHEMA.field("position")])).read_all()
