"""The law on random dirt: received = stored + already there + quarantined, and nothing unnamed."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import School

CELLS = st.sampled_from(
    [
        *("7", "8", "", "task-1", "answer", "run", "0.5", "1,5", "NaN", '"', 'a"b', '""', "-1"),
        *("31.02.2024", "\0", "é", "x" * 5000, ";", "1e400", " ", "2024-03-01", "2026-03-29 02:30"),
    ]
)
GOOD = st.tuples(
    st.integers(1, 9).map(str),
    st.sampled_from("abc"),
    st.just("answer"),
    st.just("0.5"),
    st.just("2024-03-01"),
)
LINES = st.lists(
    st.one_of(GOOD.map(",".join), st.lists(CELLS, max_size=7).map(",".join)), max_size=40
)


@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]), key=st.booleans())
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_line_is_stored_or_named(tmp_path_factory, lines, end, key):
    """Whatever a CSV holds: each record ends in exactly one place, and reasons have a place."""
    named = "learner_id || item_id AS attempt_id, " if key else ""
    sql = f'SELECT _file, _line, {named}learner_id, item_id, kind, score, "at" FROM attempts'
    school = School(
        home=tmp_path_factory.mktemp("law"), mapping={"attempts": sql}, timezone="Europe/Berlin"
    )
    school.put("attempts.csv", end.join(["learner_id,item_id,kind,score,at", *lines, ""]))
    read = school.read()
    reading = read.reading
    assert reading.counts.add_up
    assert (len(read.facts), len(read.broken)) == (
        reading.counts.stored,
        reading.counts.quarantined,
    )
    assert all(
        broken.place.startswith("attempts.csv, line ") and ": " in broken.reason
        for broken in read.broken
    )
    assert len(set(read.facts["position"].to_pylist())) == reading.counts.stored
    assert reading.counts.received >= sum(
        line.count(",") == 4 and '"' not in line and "\0" not in line for line in lines
    )
