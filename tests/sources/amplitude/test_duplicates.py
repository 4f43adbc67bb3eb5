"""Each uuid has a mark of its own, and those of marks that came twice are found."""

from uuid import UUID

import pyarrow as pa

from gradeline.sources.amplitude.duplicates import Marks, marks_of

#: So many in a row, a tick of 100 ns between them: more than are sorted together.
COUNT = 300_000
FIRST = UUID("d0b5b3a6-2e3b-11eb-9a80-0a62134d514d")


def _at(tick):
    return str(UUID(int=FIRST.int + (tick << 96)))


def test_uuids_of_one_server_have_marks_of_their_own():
    """Those made of the time differ in their first half alone, and no two share a mark."""
    marks = marks_of(pa.chunked_array([[_at(tick) for tick in range(10_000)]]))
    assert len(marks.unique()) == 10_000


def test_marks_are_spread_over_all_numbers():
    """Each sixteenth of all numbers has about a sixteenth of them, so each part fits in memory."""
    marks = marks_of(pa.chunked_array([[_at(tick) for tick in range(16_000)]])).to_pylist()
    parts = [sum(1 for mark in marks if mark >> 60 == part) for part in range(16)]
    assert 700 < min(parts) < max(parts) < 1300


def test_what_came_twice_is_found_however_far_apart(tmp_path):
    """The first and the last of many rows share an uuid, and nothing else is told of."""
    marks = marks_of(pa.chunked_array([[*map(_at, range(COUNT)), _at(0)]]))
    kept = Marks()
    with kept.kept_in(tmp_path):
        kept.add(marks)
        assert kept.twice().to_pylist() == [marks[0].as_py()]
