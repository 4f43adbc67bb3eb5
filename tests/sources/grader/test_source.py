"""The grader is asked hour by hour, and what is no list of attempts is said to be so."""

from datetime import timedelta

import pyarrow.parquet as pq
import pytest

from gradeline.base.errors import SourceRefused, WrongAnswer
from gradeline.sandbox import mix, named
from gradeline.sources.source import PlanRequest

from .conftest import HOUR


def fetched(source, hours, folder):
    """The hours from HOUR on, fetched and read: facts by hour."""
    found = {}
    plan = source.plan(PlanRequest(since=HOUR, until=HOUR + timedelta(hours=hours)))
    for planned in plan.slices:
        (raw,) = plan.fetch(planned, folder)
        reading = source.read(planned, [raw.path], folder / "facts.parquet")
        found[planned.slice.window] = (reading, pq.read_table(folder / "facts.parquet"))
    return found


def test_an_hour_is_one_question(grader, sandbox, tmp_path):
    """Each window is asked for once, and no key is in what was asked."""
    assert len(fetched(grader(), 3, tmp_path)) == 3
    assert len(sandbox.journal.entries("grader")) == 3


def test_no_attempt_is_lost_or_doubled_where_hours_meet(grader, tmp_path):
    """Somebody acts on each stroke of the hour; hours together hold each attempt once."""
    hours = fetched(grader(), 4, tmp_path)
    instants = [at for _, facts in hours.values() for at in facts["created_at"].to_pylist()]
    assert sum(reading.counts.already_there for reading, _ in hours.values()) >= 4
    assert {at.minute for at in instants} >= {0}
    keys = {
        tuple(row[name] for name in ("user_id", "created_at", "attempt_type"))
        for _, facts in hours.values()
        for row in facts.to_pylist()
    }
    assert len(keys) == len(instants)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_faults_change_nothing(grader, sandbox, tmp_path, seed):
    """Under a mix of all faults the facts are those of a quiet line."""
    calm = fetched(grader(), 2, tmp_path)
    sandbox.switch(mix(seed))
    rough = fetched(grader(), 2, tmp_path)
    assert all(rough[hour][1].equals(facts) for hour, (_, facts) in calm.items())


def test_rows_in_no_order_are_the_same_facts(grader, sandbox, tmp_path):
    """What the grader does not promise is not relied on."""
    calm = fetched(grader(), 1, tmp_path)
    sandbox.switch(named("shuffled", always=True))
    assert fetched(grader(), 1, tmp_path)["2023-05-31T09"][1].equals(calm["2023-05-31T09"][1])


def test_a_wrong_key_names_the_settings(grader, tmp_path):
    """The message says which two settings to fix, but not their values."""
    with pytest.raises(SourceRefused, match="GRADER_CLIENT and GRADER_CLIENT_KEY") as caught:
        fetched(grader(client_key="another-key"), 1, tmp_path)
    assert "another-key" not in str(caught.value)


def test_an_error_object_with_status_200_is_no_data(grader, sandbox, tmp_path):
    """The system's own words are passed on, and nothing is left that could be read."""
    sandbox.switch(named("errors-object", always=True))
    with pytest.raises(WrongAnswer, match=r"answered with an error: .*not available"):
        fetched(grader(), 1, tmp_path)
    assert list(tmp_path.glob("*.json")) == []


def test_a_wrong_address_names_its_setting(grader, sandbox, tmp_path):
    """A page that is not there leads to the setting of the address."""
    with pytest.raises(WrongAnswer, match="GRADER_API_URL"):
        fetched(grader(url=f"{sandbox.url}/grader/api/other"), 1, tmp_path)
