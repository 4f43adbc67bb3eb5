"""An hour of very many people takes no more memory than one of few."""

import pyarrow as pa
import pytest

from gradeline.engine import DuckEngine, FactObjects
from gradeline.lake import FactWriter
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.product_events.fields import FACTS
from gradeline.sources.product_events.tables import row_tables

PEOPLE = 600_000
#: Each of so many people is met once, by a phone of their own.
TOLD = {
    "position": pa.array(range(PEOPLE), pa.int64()),
    "event_time": pa.array(range(PEOPLE), pa.timestamp("us", tz="UTC")),
    "ehr_id": pa.array([f"person {n}" for n in range(PEOPLE)]),
    "device_id": pa.array([f"phone {n}" for n in range(PEOPLE)]),
    "platform": pa.array(["iOS"] * PEOPLE),
    "user_properties": pa.array([f'{{"level":{n % 9}}}' for n in range(PEOPLE)]),
}


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """The fact file of such an hour; what it does not tell is null."""
    path = tmp_path_factory.mktemp("many") / "facts.parquet"
    with FactWriter(path, pa.schema([(name, each.type) for name, each in TOLD.items()])) as writer:
        writer.write(pa.record_batch(TOLD))
    return FactObjects(locations=[str(path)], schema=FACTS)


@pytest.mark.parametrize(
    "name", ["mobile_devices", "permanent_user_properties", "changeable_user_properties"]
)
def test_every_one_of_them_has_a_row(name, facts, tmp_path):
    """What is told of 600,000 people fits into the memory that loading may use."""
    table = next(each for each in row_tables(read_mappings()) if each.name == name)
    shape = pa.schema([table.schema.field(table.key[0])])
    with DuckEngine(spill=tmp_path).row_session(share=table.query.share) as session:
        rows = session.rows(facts, table.query, shape).read_all()
    assert rows.num_rows == len(rows[table.key[0]].unique()) == PEOPLE
