"""The line to the school's database: its faults, and a source that connects again."""

from datetime import date

import psycopg
import pytest

from gradeline.base.errors import SourceUnavailable
from gradeline.sandbox import NO_FAULTS, Pace, every_system, mix, named
from gradeline.sources.postgres.source import open_postgres
from gradeline.sources.postgres.tables import parse_tables
from gradeline.sources.source import PlanRequest


@pytest.fixture(scope="module")
def systems():
    """All systems of a school, fast."""
    with every_system(Pace(speed=200), first_day=date(2015, 3, 10)) as running:
        yield running


@pytest.fixture
def source(systems, tmp_path):
    """The source over the line, as the demo's settings name it."""
    (table,) = parse_tables(systems.settings["POSTGRES_TABLES"], home=tmp_path)
    return open_postgres(table, spool=tmp_path, speed=200)


def fetched(source, folder):
    """The bytes of every range."""
    found = {}
    plan = source.plan(PlanRequest())
    for planned in plan.slices:
        (raw,) = plan.fetch(planned, folder)
        found[str(planned.slice)] = raw.path.read_bytes()
    return found


def connect(systems):
    """Ask by hand, without our client."""
    url = systems.settings["POSTGRES_TABLES"].partition("@")[2].partition("#")[0]
    with psycopg.connect(url, connect_timeout=5) as connection:
        return connection.execute("SELECT count(*) FROM lesson_activity").fetchone()[0]


def test_without_faults_bytes_go_through(systems):
    """A reader is let in by the line as by the port."""
    systems.switch(NO_FAULTS)
    assert connect(systems) > 1500


@pytest.mark.parametrize("name", ["cut", "reset"])
def test_a_fault_ends_the_connection(systems, name):
    """A client that does not try again is turned away."""
    systems.switch(named(name, place=0.0))
    with pytest.raises(psycopg.OperationalError):
        connect(systems)
    assert systems.sandbox.journal.entries("postgres")[-1].fault == name


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_source_reads_the_same_over_a_bad_line(systems, source, tmp_path, seed):
    """Late, cut and torn connections change no byte of what is kept."""
    systems.switch(NO_FAULTS)
    clean = fetched(source, tmp_path)
    systems.switch(mix(seed))
    assert fetched(source, tmp_path) == clean


def test_a_line_that_stays_bad_is_given_up(systems, source, tmp_path):
    """After five tries the message names the setting and no password."""
    systems.switch(named("cut", place=0.0, always=True))
    with pytest.raises(SourceUnavailable, match="POSTGRES_TABLES") as away:
        fetched(source, tmp_path)
    assert len(systems.sandbox.journal.entries("postgres")) >= 5
    assert systems.database.reader_password not in str(away.value)


def test_a_source_told_to_stop_tries_no_more(systems, source, tmp_path):
    """It fails at the first lost line."""
    systems.switch(named("cut", place=0.0, always=True))
    source.stop()
    before = len(systems.sandbox.journal.entries("postgres"))
    with pytest.raises(SourceUnavailable):
        fetched(source, tmp_path)
    assert len(systems.sandbox.journal.entries("postgres")) == before + 1
