"""What the tests of slices and rows share, and a PostgreSQL that is not ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa
import pytest

from gradeline.records.counts import Counts
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import RowTable
from gradeline.warehouse import Connection, Database, Role
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry, SettledVersion
from gradeline.warehouse.sql import query

from .debian import DebianServer, running_debian_server

_SCHEMA = pa.schema(
    [
        pa.field("slice_id", pa.int64(), nullable=False),
        pa.field("position", pa.int64(), nullable=False),
        pa.field("learner_id", pa.string()),
        pa.field("score", pa.decimal128(9, 6)),
        pa.field("at", pa.timestamp("us", tz="UTC")),
        pa.field("day", pa.date32()),
        pa.field("correct", pa.bool_()),
        pa.field("hints", pa.int32()),
        pa.field("weight", pa.float64()),
        pa.field("properties", pa.string()),
    ]
)

_TABLES = """
create table answers (
    slice_id bigint not null, position bigint not null, learner_id text, score numeric(9, 6),
    at timestamptz, day date, correct boolean, hints integer, weight double precision,
    properties jsonb, primary key (slice_id, position)
);
create table devices (
    slice_id bigint not null, position bigint not null, device_id text primary key, model text,
    seen_at timestamptz default now()
);
select protect_table('answers'), protect_table('devices');
"""


@pytest.fixture
def loader(warehouse: Database) -> Iterator[Connection]:
    """A connection that loads; each `transaction()` of it is one of PostgreSQL."""
    with warehouse.connect(Role.OWNER) as owner:
        owner.execute(_TABLES)
        owner.execute(query("grants", "grant_all"))
    with warehouse.connect(Role.LOADER, autocommit=True) as connection:
        yield connection


@pytest.fixture
def answers() -> RowTable:
    """A table keyed by where a row stood, with a column of each type we load."""
    return RowTable(
        name="answers",
        schema=_SCHEMA,
        key=("slice_id", "position"),
        json=frozenset({"properties"}),
    )


@pytest.fixture
def devices() -> RowTable:
    """A table keyed by an id that several slices may tell of."""
    columns = [
        pa.field("slice_id", pa.int64()),
        pa.field("position", pa.int64()),
        pa.field("device_id", pa.string()),
        pa.field("model", pa.string()),
    ]
    return RowTable(
        name="devices", schema=pa.schema(columns), key=("device_id",), replaces_slice=False
    )


@pytest.fixture
def planned() -> Callable[..., PlannedSlice]:
    """A slice as a source plans it, by window and fingerprint."""

    def make(window: str = "a.csv", fingerprint: str = "v1", **more: object) -> PlannedSlice:
        name = Slice(source="files:oulad", stream="attempts", window=window)
        return PlannedSlice(slice=name, fingerprint=fingerprint, **more)

    return make


@pytest.fixture
def settled() -> Callable[..., SettledVersion]:
    """A version read to its end: ten records, one of them a twin and one broken."""

    def make(**changes: object) -> SettledVersion:
        values = {"fingerprint": "v1", "checksum": "c1", "fact_key": "lake/facts/1.parquet"}
        numbers = {"received": 10, "stored": 8, "already_there": 1, "quarantined": 1}
        counts = Counts(**{name: changes.pop(name, each) for name, each in numbers.items()})
        return SettledVersion(counts=counts, **(values | changes))

    return make


@pytest.fixture
def loaded(
    loader: Connection, planned: Callable[..., PlannedSlice], settled: Callable[..., SettledVersion]
) -> Entry:
    """A slice that is loaded."""
    entry = ledger.plan(loader, [planned()])[0]
    ledger.mark_landed(loader, entry.slice_id, ["raw/1.csv"], fingerprint="v1")
    ledger.settle(loader, entry.slice_id, settled())
    return ledger.read_entry(loader, entry.slice)


@pytest.fixture
def written(loader: Connection) -> Callable[..., tuple[int, ...]]:
    """How many rows of a table a action inserts, updates and deletes, as PostgreSQL counts them."""
    count = """
        select n_tup_ins, n_tup_upd, n_tup_del from pg_stat_xact_user_tables where relname = %s
    """

    def measure(table: str, action: Callable[[], object]) -> tuple[int, ...]:
        # In one transaction: at its end the session's counts move to where others see them.
        with loader.transaction():
            before = loader.execute(count, [table]).fetchone()
            action()
            after = loader.execute(count, [table]).fetchone()
        return tuple(now - then for now, then in zip(after, before, strict=True))

    return measure


@pytest.fixture(scope="session")
def debian_server() -> Iterator[DebianServer]:
    """Debian's PostgreSQL that takes nothing but TCP with TLS and a password."""
    with running_debian_server() as server:
        yield server
