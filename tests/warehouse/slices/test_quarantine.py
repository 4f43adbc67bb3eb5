"""A record that could not be understood is kept whole until a later reading understands it."""

import pytest

from gradeline.base.errors import WrongUse
from gradeline.records.slices import RejectedRecord
from gradeline.warehouse.rows.digests import table_digests
from gradeline.warehouse.slices import ledger, quarantine


def broken(place="line 2", reason="bad_number: score is 'abc'", raw=b"1,abc"):
    """A record as a reader gives it."""
    return RejectedRecord(place=place, reason=reason, raw=raw)


def test_a_record_is_kept_whole(loader, loaded):
    """Place, reason, code and all bytes come back as they went in."""
    raw = bytes(range(256)) * 10_000
    assert quarantine.replace(loader, loaded.slice_id, [broken(raw=raw)]) == 1
    (listed,) = quarantine.ls(loader)
    shown = quarantine.show(loader, listed.quarantine_id)
    assert (shown.place, shown.reason_code, shown.raw) == ("line 2", "bad_number", raw)
    assert (listed.size, listed.raw) == (len(raw), raw[: quarantine.HEAD])


def test_a_nul_in_the_words_breaks_nothing(loader, loaded):
    """NUL and stray surrogates in place and reason are shown; the bytes keep theirs."""
    quarantine.replace(loader, loaded.slice_id, [broken("a\0", "bad: \0 \udcff", b"\0")])
    (listed,) = quarantine.ls(loader)
    assert (listed.place, listed.reason, listed.raw) == ("a␀", "bad: ␀ \\udcff", b"\0")


def test_reading_again_replaces_the_open_records(loader, loaded):
    """What broke again keeps its number, what no longer does is closed, what is new is added."""
    quarantine.replace(loader, loaded.slice_id, [broken(), broken("line 3")])
    first = quarantine.ls(loader)[0].quarantine_id
    quarantine.replace(loader, loaded.slice_id, [broken(), broken("line 4")])
    still = quarantine.ls(loader)
    assert [record.place for record in still] == ["line 2", "line 4"]
    assert still[0].quarantine_id == first
    (closed,) = quarantine.ls(loader, is_open=False)
    assert (closed.place, closed.resolution) == ("line 3", "read_again")


def test_what_is_over_makes_no_difference(loader, loaded):
    """Two warehouses with the same open records are equal, whatever was closed on the way."""
    quarantine.replace(loader, loaded.slice_id, [broken()])
    (straight,) = [each for each in table_digests(loader) if each.name == "quarantine"]
    quarantine.replace(loader, loaded.slice_id, [broken("line 3")])
    quarantine.replace(loader, loaded.slice_id, [broken()])
    (roundabout,) = [each for each in table_digests(loader) if each.name == "quarantine"]
    assert roundabout == straight


def test_reading_the_same_again_writes_nothing(loader, loaded, written):
    """The same broken records, twins included, touch no row."""
    twins = [broken(), broken(), broken("line 3")]
    assert written("quarantine", lambda: quarantine.replace(loader, loaded.slice_id, twins)) == (
        3,
        0,
        0,
    )
    assert written("quarantine", lambda: quarantine.replace(loader, loaded.slice_id, twins)) == (
        0,
        0,
        0,
    )


def test_several_slices_in_one_transaction(loader, planned):
    """Each slice's records replace its own only."""
    one, two = ledger.plan(loader, [planned("a"), planned("b")])
    with loader.transaction():
        quarantine.replace(loader, one.slice_id, [broken("in a")])
        quarantine.replace(loader, two.slice_id, [broken("in b")])
    assert [record.place for record in quarantine.ls(loader)] == ["in a", "in b"]


def test_a_held_reading_stands_beside_what_is_loaded(loader, loaded):
    """Records of a held version do not close those of the version that is loaded."""
    quarantine.replace(loader, loaded.slice_id, [broken()])
    quarantine.replace(loader, loaded.slice_id, [broken(), broken("line 9")], held=True)
    assert [(r.place, r.of_held) for r in quarantine.ls(loader)] == [
        ("line 2", False),
        ("line 2", True),
        ("line 9", True),
    ]


def test_settling_a_held_version_takes_its_records_over(loader, loaded):
    """Once released and loaded, what still breaks is open as of what is loaded, and only once."""
    quarantine.replace(loader, loaded.slice_id, [broken()])
    quarantine.replace(loader, loaded.slice_id, [broken(), broken("line 9")], held=True)
    quarantine.replace(loader, loaded.slice_id, [broken(), broken("line 9")])
    assert [(r.place, r.of_held) for r in quarantine.ls(loader)] == [
        ("line 2", False),
        ("line 9", False),
    ]


def test_kinds_are_told_by_file_and_reason_with_their_first_record(loader, loaded):
    """Records of two files stand apart, and where no place names a file the stream does."""
    places = ["b.csv, line 3, column score", "b.csv, line 9", "a.csv, line 2", "part 7"]
    quarantine.replace(loader, loaded.slice_id, [broken(place) for place in places])
    found = quarantine.kinds(loader, ["files:oulad"])
    assert [(one.file, one.records, one.place) for one in found] == [
        ("a.csv", 1, "a.csv, line 2"),
        ("attempts", 1, "part 7"),
        ("b.csv", 2, "b.csv, line 3, column score"),
    ]
    assert quarantine.kinds(loader, ["grader"]) == []


def test_records_are_chosen_and_counted(loader, loaded):
    """A list can be narrowed by source and reason; counts go by reason, most first."""
    quarantine.replace(loader, loaded.slice_id, [broken("1"), broken("2"), broken("3", "no_id")])
    assert [r.place for r in quarantine.ls(loader, reason_code="no_id")] == ["3"]
    assert quarantine.ls(loader, source="grader") == []
    assert len(quarantine.ls(loader, most=2)) == 2
    counted = quarantine.counts(loader, source="files:oulad")
    assert [(c.reason_code, c.records, c.slices) for c in counted] == [
        ("bad_number", 2, 1),
        ("no_id", 1, 1),
    ]


def test_a_number_nobody_has_is_wrong_use(loader):
    """Asking for an absent record names the number and the command that lists them."""
    with pytest.raises(WrongUse, match=r"number 77.*quarantine ls"):
        quarantine.show(loader, 77)
