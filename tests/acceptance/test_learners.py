"""Identity by the real command: a learner of OULAD is linked, exported, forgotten."""

import json
import time

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.slow

AS_OF = ("--as-of", "2015-12-31")


@pytest.fixture
def counted(aaa):
    """A school whose first run is over."""
    aaa.run(*AS_OF)
    return aaa


@pytest.fixture
def learner(files):
    """One of its learners: a number, as the publishers give them."""
    found = pq.read_table(files / "studentAssessment.parquet")["id_student"]
    return str(int(found[0].as_py()))


def held_in_lake(place, learner):
    """Objects of the lake in which a learner's column has the learner."""
    found = []
    for path in (place.home / "lake").rglob("*.parquet"):
        table = pq.read_table(path, partitioning=None)
        for name in {"id_student", "learner_id"} & set(table.column_names):
            if (
                pc.any(pc.equal(table[name].cast("string"), learner)).as_py()
                or pc.any(pc.equal(table[name].cast("string"), f"{learner}.0")).as_py()
            ):
                found.append(path.name)
    return found


def told(done):
    """The lines of `--json`."""
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_forgotten_learner_is_in_no_object(counted, learner):
    """Clicks, answers and enrolments of one learner are gone from the lake; a run brings none back."""
    assert held_in_lake(counted, learner)
    (said,) = told(
        counted.call("learners", "forget", f"{counted.source}:{learner}", "--yes", "--json")
    )
    assert said["rows"] > 3
    assert said["raw_lost"] == 0
    assert held_in_lake(counted, learner) == []
    again, *_ = told(counted.call("run", counted.source, *AS_OF, "--json"))
    assert (again["slices"] > 0, again["done"], again["received"]) == (True, 0, 0)
    assert held_in_lake(counted, learner) == []


@pytest.mark.parametrize("after_s", [2.5, 4.0, 6.0])
def test_killed_while_forgetting_a_rerun_completes_it(counted, learner, after_s):
    """Wherever `kill -9` lands, the same command again ends with nothing left of the learner."""
    command = ("learners", "forget", f"{counted.source}:{learner}", "--yes", "--json")
    process = counted.start(*command)
    time.sleep(after_s)
    process.kill()
    process.ended()
    told(counted.call(*command))
    assert held_in_lake(counted, learner) == []
    slices = told(counted.call("slices", "ls", "--json"))
    assert all(
        each["received"] == each["stored"] + each["already there"] + each["quarantined"]
        for each in slices
    )


def test_links_and_exports_are_for_people(counted, learner, ground):
    """A link is listed; an export names the shared id and says what it wrote."""
    (ground / "links.csv").write_text(
        f"source,external_id,learner_id\n{counted.source},{learner},ana\n"
    )
    (made,) = told(counted.call("learners", "link", str(ground / "links.csv"), "--json"))
    assert (made["made"], made["there"]) == (1, 0)
    (listed,) = told(counted.call("learners", "ls", "--json"))
    assert listed["learner_id"] == "ana"
    written = told(counted.call("learners", "export", "ana", "--to", str(ground / "out"), "--json"))
    assert {"links", "canonical_attempts", "rows_files_school_events"} <= {
        each["file"] for each in written
    }


def test_an_unknown_learner_is_wrong_use(counted):
    """A slip of a digit forgets nobody."""
    done = counted.call("learners", "forget", f"{counted.source}:1", "--yes")
    assert done.returncode == 2
    assert "No learner is called" in done.stderr
