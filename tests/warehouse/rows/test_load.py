"""Rows reach a table whole, once and exactly, by whichever way they can go."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.base.errors import InputBroken, WarehouseError
from gradeline.records.streams import RowTable
from gradeline.warehouse import Role
from gradeline.warehouse.connect.savepoints import savepoint
from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger

ROW = {
    "learner_id": "11391",
    "score": Decimal("0.785000"),
    "at": datetime(2013, 10, 19, 4, 5, 6, 789, tzinfo=UTC),
    "day": date(2013, 10, 19),
    "correct": True,
    "hints": 3,
    "weight": 12.5,
    "properties": '{"a": [1, null]}',
}


def batch(table, *rows):
    """Rows of a table as a reader gives them: positions from 0, no slice_id."""
    columns = [field for field in table.schema if field.name != "slice_id"]
    placed = [{"position": n} | row for n, row in enumerate(rows)]
    return pa.RecordBatch.from_pylist(placed, schema=pa.schema(columns))


def kept(connection, table):
    """All of a table, in the order of its key."""
    columns, key = ", ".join(table.schema.names), ", ".join(table.key)
    return connection.execute(f"select {columns} from {table.name} order by {key}").fetchall()


@pytest.fixture
def slices(loader, planned):
    """Two slices: a.csv and b.csv."""
    first, second = ledger.plan(loader, [planned("a.csv"), planned("b.csv")])
    return SimpleNamespace(a=first.slice_id, b=second.slice_id)


def test_each_type_comes_back_as_it_went_in(loader, slices, answers):
    """Text, exact decimals, instants, days, flags, numbers and JSON are what they were."""
    load.load_rows(loader, answers, slices.a, [batch(answers, ROW)])
    assert kept(loader, answers) == [
        (slices.a, 0, *(ROW | {"properties": {"a": [1, None]}}).values())
    ]


def test_only_what_is_new_is_written(loader, slices, answers, written):
    """The same rows again touch nothing; one changed, one new and one gone touch three."""
    rows = [batch(answers, ROW, ROW, ROW)]
    assert load.load_rows(loader, answers, slices.a, rows).stored == 3
    assert written("answers", lambda: load.load_rows(loader, answers, slices.a, rows)) == (0, 0, 0)
    changed = [batch(answers, ROW, ROW | {"hints": 4}, ROW | {"position": 7})]
    did = load.load_rows(loader, answers, slices.a, changed)
    assert did == load.LoadResult(stored=1, changed=1, already_there=1, removed=1)
    assert [row[1] for row in kept(loader, answers)] == [0, 1, 7]


def test_slices_do_not_touch_each_other(loader, slices, answers):
    """A slice that is read again, or forgotten, leaves the rows of others alone."""
    for number in (slices.a, slices.b):
        load.load_rows(loader, answers, number, [batch(answers, ROW, ROW)])
    load.load_rows(loader, answers, slices.a, [])
    assert [row[0] for row in kept(loader, answers)] == [slices.b] * 2
    assert load.delete_rows(loader, answers, slices.b) == 2


def test_both_ways_give_equal_tables(loader, warehouse, slices, answers):
    """Straight COPY and, where row security binds the role, the temporary table agree."""
    rows = [batch(answers, ROW, {}, ROW | {"learner_id": "Жанна"})] * 1
    load.load_rows(loader, answers, slices.a, rows)
    straight = kept(loader, answers)
    load.delete_rows(loader, answers, slices.a)
    with warehouse.connect_as_login() as bound, bound.transaction(force_rollback=True):
        # Undone with the transaction, so that other tests keep a role that may bypass.
        bound.execute("alter role gradeline_loader nobypassrls")
        bound.execute("set local role gradeline_loader")
        assert load.load_rows(bound, answers, slices.a, rows).stored == 3
        assert kept(bound, answers) == straight


def test_many_rows_go_through_in_pieces(loader, slices, answers):
    """A batch larger than what is encoded at a time arrives whole."""
    many = pa.RecordBatch.from_pydict(
        {
            "position": pa.array(range(120_001), pa.int64()),
            **{n: pa.nulls(120_001, answers.schema.field(n).type) for n in ROW},
        }
    )
    assert load.load_rows(loader, answers, slices.a, [many]).stored == 120_001
    counted = loader.execute("select count(*), max(position) from answers").fetchone()
    assert counted == (120_001, 120_000)


def test_dictionaries_other_orders_and_more_columns_are_fine(loader, slices, devices):
    """A batch is matched by column name; dictionary-encoded text is text."""
    made = pa.RecordBatch.from_pydict(
        {
            "model": pa.array(["x", "x"]).dictionary_encode(),
            "slice": ["files:oulad/devices/a", "files:oulad/devices/a"],
            "device_id": ["d1", "d2"],
            "position": pa.array([0, 1], pa.int32()),
        }
    )
    load.load_rows(loader, devices, slices.a, [made])
    assert [row[2:] for row in kept(loader, devices)] == [("d1", "x"), ("d2", "x")]


def test_of_rows_with_one_key_the_last_counts(loader, slices, devices):
    """Twins of a key within a slice become one row, the one that came last."""
    rows = batch(devices, {"device_id": "d", "model": "old"}, {"device_id": "d", "model": "new"})
    did = load.load_rows(loader, devices, slices.a, [rows])
    assert (did.stored, did.already_there) == (1, 1)
    assert kept(loader, devices)[0][3] == "new"


@pytest.mark.parametrize("order", ["ab", "ba", "aba", "bab"])
def test_the_order_of_loading_does_not_matter(loader, slices, devices, order):
    """Of two slices that tell of one key the one with the greater name is believed."""
    for letter in order:
        rows = batch(devices, {"device_id": "d", "model": f"from {letter}"})
        load.load_rows(loader, devices, getattr(slices, letter), [rows])
    assert kept(loader, devices) == [(slices.b, 0, "d", "from b")]


def test_shared_keys_loaded_again_touch_no_row(loader, slices, devices, written):
    """A rerun of either of two slices that share a key writes nothing."""
    rows = [batch(devices, {"device_id": "d", "model": "m"})]
    for number in (slices.a, slices.b):
        load.load_rows(loader, devices, number, rows)
    for number in (slices.a, slices.b):
        assert written("devices", lambda n=number: load.load_rows(loader, devices, n, rows)) == (
            0,
            0,
            0,
        )


def test_rows_that_are_nothing_but_a_key(loader, slices):
    """A table without other columns takes each key once."""
    schema = pa.schema([("slice_id", pa.int64()), ("position", pa.int64())])
    table = RowTable(name="answers", schema=schema, key=("slice_id", "position"))
    for stored in (1, 0):
        assert load.load_rows(loader, table, slices.a, [batch(table, {})]).stored == stored


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({"learner_id": "a\0b"}, r"position 1, column learner_id holds a NUL"),
        ({"properties": '{"a": '}, r"row 2, column properties: invalid input syntax"),
        ({"properties": '"\\u0000"'}, r"row 2, column properties: unsupported Unicode"),
    ],
)
def test_a_value_postgresql_cannot_keep_is_named(loader, slices, answers, bad, why):
    """The message names slice, place and column, and the table is as it was."""
    load.load_rows(loader, answers, slices.a, [batch(answers, ROW)])
    before = kept(loader, answers)
    for number in (slices.a, slices.b):
        with pytest.raises(InputBroken, match=rf"files:oulad/attempts/[ab]\.csv.*{why}"):
            load.load_rows(loader, answers, number, [batch(answers, ROW, ROW | bad)])
    assert kept(loader, answers) == before


@pytest.mark.parametrize(
    ("column", "values", "why"),
    [
        ("learner_id", pa.array([[1]]), "not those of the table"),
        ("score", pa.array([Decimal("1234.0000001")]), "not those of the table"),
        ("at", pa.array([-(2**63)], pa.int64()).cast(pa.timestamp("us", "UTC")), "range"),
    ],
)
def test_rows_of_another_shape_are_refused(loader, slices, answers, column, values, why):
    """A wrong type, a decimal that would lose digits and an impossible instant are errors."""
    good = batch(answers, ROW)
    bad = good.set_column(good.schema.get_field_index(column), column, values)
    with pytest.raises(InputBroken, match=why):
        load.load_rows(loader, answers, slices.a, [bad])


def test_a_missing_column_is_refused(loader, slices, answers):
    """A batch without a column of the table is an error, never a column of nulls."""
    with pytest.raises(InputBroken, match="score"):
        load.load_rows(loader, answers, slices.a, [batch(answers, ROW).drop_columns("score")])


def test_a_slice_that_was_never_planned_takes_no_rows(loader, answers):
    """Rows belong to a slice of the ledger."""
    with pytest.raises(WarehouseError, match="no slice"):
        load.load_rows(loader, answers, 7, [batch(answers, ROW)])


def test_nothing_is_committed_before_the_caller_commits(warehouse, loader, slices, answers):
    """Loading as the first action of a transaction does not end it."""
    with warehouse.connect(Role.LOADER) as connection:
        load.load_rows(connection, answers, slices.a, [batch(answers, ROW)])
        with savepoint(connection):
            load.delete_rows(connection, answers, slices.b)
        assert kept(loader, answers) == []
    assert len(kept(loader, answers)) == 1


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
ROWS = st.fixed_dictionaries(
    {
        "learner_id": st.none() | TEXT,
        "score": st.none() | st.decimals("-999.999999", "999.999999", places=6),
        "at": st.none() | st.datetimes(timezones=st.just(UTC)),
        "day": st.none() | st.dates(),
        "correct": st.none() | st.booleans(),
        "hints": st.none() | st.integers(-(2**31), 2**31 - 1),
        "weight": st.none() | st.floats(allow_nan=False),
        "properties": st.none(),
    }
)


@given(rows=st.lists(ROWS, max_size=5), again=st.lists(ROWS, max_size=5))
def test_any_rows_come_back_as_they_went_in(loader, slices, answers, rows, again):
    """Whatever was there, the table holds exactly what was loaded last, by both ways."""
    load.delete_rows(loader, answers, slices.a)
    for version in (rows, again):
        load.load_rows(loader, answers, slices.a, [batch(answers, *version)])
        expected = [(slices.a, n, *(row[c] for c in ROW)) for n, row in enumerate(version)]
        assert kept(loader, answers) == expected
