"""Rows that slices share by a key arrive the same whichever way they can go."""

from dataclasses import replace
from types import SimpleNamespace

import pyarrow as pa
import pytest

from gradeline.warehouse.rows import load
from gradeline.warehouse.slices import ledger


@pytest.fixture
def slices(loader, planned):
    """Two slices: a.csv and b.csv."""
    first, second = ledger.plan(loader, [planned("a.csv"), planned("b.csv")])
    return SimpleNamespace(a=first.slice_id, b=second.slice_id)


def given(table, devices):
    """Devices (id, model) that can be read repeatedly."""
    columns = pa.schema([field for field in table.schema if field.name != "slice_id"])
    rows = [{"position": n, "device_id": d, "model": m} for n, (d, m) in enumerate(devices)]
    batch = pa.RecordBatch.from_pylist(rows, schema=columns)
    return load.Repeatable(give=lambda names: iter([batch.select(names) if names else batch]))


def many(start, end, model="x"):
    """That many devices."""
    return [(f"d{number:05}", model) for number in range(start, end)]


def kept(connection):
    """The table."""
    return dict(connection.execute("select device_id, model from devices").fetchall())


def test_rows_of_new_keys_go_straight_in(loader, slices, devices):
    """Into an empty table and beside others."""
    first = load.load_rows(loader, devices, slices.a, given(devices, many(0, 3000)))
    second = load.load_rows(loader, devices, slices.b, given(devices, many(3000, 5000)))
    assert (first.stored, second.stored, len(kept(loader))) == (3000, 2000, 5000)


@pytest.mark.parametrize("known", [1, 100, 1400, 2999, 3000])
def test_a_few_known_keys_do_not_hold_up_the_rest(loader, slices, devices, known):
    """New rows go in, equal ones stay, and of others that of the later slice counts."""
    load.load_rows(loader, devices, slices.a, given(devices, many(0, known, "old")))
    did = load.load_rows(loader, devices, slices.b, given(devices, many(0, 3000, "new")))
    assert (did.stored, did.changed, did.already_there) == (3000 - known, known, 0)
    assert kept(loader) == dict(many(0, 3000, "new"))


def test_a_known_key_behind_the_sample_is_found(loader, slices, devices):
    """Where the sample promises too much, the table is as if it had not."""
    load.load_rows(loader, devices, slices.a, given(devices, many(2990, 3000, "old")))
    did = load.load_rows(loader, devices, slices.b, given(devices, many(0, 3000, "new")))
    assert (did.stored, did.changed) == (2990, 10)
    assert kept(loader) == dict(many(0, 3000, "new"))


def test_the_earlier_slice_changes_nothing_of_the_later(loader, slices, devices):
    """In whatever order slices are loaded, the one with the greater name is believed."""
    load.load_rows(loader, devices, slices.b, given(devices, many(0, 100, "b")))
    did = load.load_rows(loader, devices, slices.a, given(devices, many(50, 2000, "a")))
    assert (did.stored, did.changed, did.already_there) == (1900, 0, 50)
    assert kept(loader)["d00060"] == "b"


def test_a_key_given_twice_is_one_row(loader, slices, devices):
    """The one that came last."""
    load.load_rows(loader, devices, slices.a, given(devices, [*many(0, 2000), ("d00001", "last")]))
    assert (len(kept(loader)), kept(loader)["d00001"]) == (2000, "last")


def test_the_same_again_touches_no_row(loader, slices, devices, written):
    """Known keys with equal values are not written."""
    rows = given(devices, many(0, 2000))
    load.load_rows(loader, devices, slices.a, rows)
    assert written("devices", lambda: load.load_rows(loader, devices, slices.a, rows)) == (0, 0, 0)


def test_a_slice_that_grew_gains_only_what_is_new(loader, slices, devices, written):
    """What came late goes straight in; what was there is not touched."""
    load.load_rows(loader, devices, slices.a, given(devices, many(0, 100)))
    grown = given(devices, many(0, 2000))
    assert written("devices", lambda: load.load_rows(loader, devices, slices.a, grown)) == (
        1900,
        0,
        0,
    )


@pytest.mark.parametrize("new", [20, 1000])
def test_rows_that_the_slice_no_longer_has_are_counted(loader, slices, devices, new):
    """Whether few or most of the rows are known, those that went are deleted and counted."""
    replacing = replace(devices, replaces_slice=True)
    load.load_rows(loader, replacing, slices.a, given(devices, many(0, 100)))
    did = load.load_rows(loader, replacing, slices.a, given(devices, many(60, 100 + new)))
    assert (did.removed, did.changed, did.stored) == (60, 40, new)
