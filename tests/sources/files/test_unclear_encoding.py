"""A slice whose encoding is not clear waits for a person, and the next run does what they said."""

import pytest

from gradeline.flows.collect.collect import collect
from gradeline.flows.upkeep.source_status import file_encodings
from gradeline.records.slices import State
from gradeline.sources.files.datasets import Dataset
from gradeline.sources.files.source import open_files
from gradeline.sources.source import PlanRequest
from gradeline.warehouse.slices import ledger

NAME = "files:school/learners/students.csv"


@pytest.fixture
def run(parts, tmp_path):
    """Collects one file that reads well in two encodings; gives its entry in the ledger."""
    for folder in ("map", "data"):
        (tmp_path / folder).mkdir()
    sql = "SELECT _file, _line, id AS learner_id, name FROM students"
    (tmp_path / "map/learners.sql").write_text(sql)
    (tmp_path / "data/students.csv").write_bytes("id;name\n1;é\n".encode("windows-1252"))
    dataset = Dataset(name="school", mapping=tmp_path / "map", data=tmp_path / "data")

    def go(**said):
        source = open_files(dataset, encodings=said)
        collect(source, PlanRequest(), parts, lambda *_: None)
        with parts.database.connect() as connection:
            return ledger.read_entries(connection, source=source.name)[0]

    return go


def test_it_is_held_with_both_readings(run):
    """The reason shows the readings, the setting to write and the command that lets it guess."""
    entry = run()
    assert entry.state is State.HELD
    assert '"é" (windows-1252) or "й" (windows-1251)' in entry.reason
    assert f"`gradeline slices release '{NAME}'`" in entry.reason


def test_a_setting_decides(run):
    """With the encoding set the next run reads it, and the ledger says by whom it was known."""
    run()
    entry = run(school="windows-1251")
    assert (entry.state, entry.counts.stored) == (State.LOADED, 1)
    assert entry.notes == {"encodings": {"students.csv": {"name": "windows-1251", "by": "set"}}}


def test_sources_lists_the_encodings_of_files(run, parts):
    """`gradeline sources` shows each text file with its encoding and how that is known."""
    run(school="windows-1251")
    (listed,) = file_encodings(parts.database, ["files:school"])
    assert (listed.file, listed.encoding, listed.by) == ("students.csv", "windows-1251", "set")


def test_a_release_lets_it_guess(run, parts):
    """A released slice is read as the likeliest reading, and noted as a guess."""
    entry = run()
    with parts.database.connect() as connection:
        ledger.release(connection, entry.slice)
    assert run().notes["encodings"]["students.csv"] == {"name": "windows-1252", "by": "guessed"}
