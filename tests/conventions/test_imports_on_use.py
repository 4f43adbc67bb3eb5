"""What only counting and documents need is not imported by who collects or asks for help."""

import subprocess
import sys
import textwrap

#: Together 60 MB and most of a second.
FOR_METRICS = ("ibis", "sqlglot", "xlsxwriter", "pandas", "typst", "altair", "babel")
#: More that reading does without where no text needs its encoding guessed.
FOR_GUESSES = ("chardet",)
#: More that a command does without which only reads tables.
FOR_RUNS = (*FOR_METRICS, "pyarrow", "duckdb", "numpy", "obstore", "httpx2")
#: More that the list of commands does without.
FOR_COMMANDS = (*FOR_RUNS, "psycopg", "pydantic")

HELP = """
from gradeline.entrypoints.cli import main

assert main(["--help"]) == 0
"""

TABLES = """
from gradeline.entrypoints.cli import database, learners, quarantine, settings, slices
"""

COLLECT = """
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

import gradeline.flows.collect.collect, gradeline.warehouse.schema.views, gradeline.flows.run
from gradeline.engine import DuckEngine, FactObjects
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import SLICE_ID_COLUMN
from gradeline.sandbox.amplitude.bulk import BulkEvents
from gradeline.sandbox.school.school import read_school
from gradeline.sources.amplitude.source import AmplitudeAccount, AmplitudeProject, open_amplitude
from gradeline.sources.appmetrica.source import AppMetricaAccount, open_appmetrica
from gradeline.sources.files.datasets import Dataset
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.files.source import open_files
from gradeline.sources.source import PlanRequest
from gradeline.wiring.run import wire_run
from gradeline.wiring.arrow import set_up_arrow

set_up_arrow()
home, hour = Path.cwd(), datetime(2024, 3, 15, 10, tzinfo=UTC)

def stored(source, planned, raws):
    stream, facts = source.streams[planned.slice.stream], home / "facts.parquet"
    assert source.read(planned, raws, facts).counts.stored > 0
    objects = FactObjects(locations=[str(facts)], schema=stream.schema)
    with DuckEngine(spill=home / "spill").row_session() as session:
        for table in stream.tables:
            own = [each for each in table.schema if each.name != SLICE_ID_COLUMN]
            session.rows(objects, table.query, pa.schema(own)).read_all()

BulkEvents(school=read_school(), project="web", hour=hour, count=50).pack(home / "export.zip")
projects = (AmplitudeProject(name="web", api_key="key", secret_key="secret"),)
source = open_amplitude(AmplitudeAccount(projects=projects), read_mappings(), home)
(planned,) = source.plan(PlanRequest(since=hour, until=hour + timedelta(hours=1))).slices
stored(source, planned, [home / "export.zip"])

app = AppMetricaAccount(token="token", application_id="1")
source = open_appmetrica(app, home, read_mappings())
day = hour.replace(hour=0)
(planned,) = source.plan(PlanRequest(since=day, until=day + timedelta(days=1))).slices
seconds = '"event_timestamp": "1710000000", "event_receive_timestamp": "1710000000"'
(home / "events.json").write_text(
    '{"data": [{"event_name": "open", "appmetrica_device_id": "1", ' + seconds + "}]}"
)
stored(source, planned, [home / "events.json"])

for folder in ("data", "mapping"):
    (home / folder).mkdir()
(home / "data" / "clicks.csv").write_text("who,at\\na,2024-03-15 10:00:00Z\\n")
(home / "mapping" / "events.sql").write_text(
    "SELECT _file, _line, who AS learner_id, 'click' AS type, 1 AS count, \\"at\\" FROM clicks"
)
source = open_files(Dataset(name="x", mapping=home / "mapping", data=home / "data"), spool=home)
plan = source.plan(PlanRequest())
for planned in plan.slices:
    stored(source, planned, [raw.path for raw in plan.fetch(planned, home)])
"""


def imported(code: str, folder: str, modules: tuple[str, ...]) -> str:
    """Which of these modules a fresh process has imported after this code, as it prints them."""
    listing = f"\nimport sys; print([name for name in {modules} if name in sys.modules])"
    command = [sys.executable, "-c", textwrap.dedent(code) + listing]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def test_help_imports_nothing_that_commands_work_with(tmp_path):
    """The list of commands is printed without importing any of them."""
    assert imported(HELP, tmp_path, FOR_COMMANDS) == "[]"


def test_commands_on_tables_import_nothing_of_a_run(tmp_path):
    """`slices ls`, `quarantine ls`, `learners ls` and `psql` bring no source, engine or lake."""
    assert imported(TABLES, tmp_path, FOR_RUNS) == "[]"


def test_collecting_imports_nothing_that_only_counting_needs(tmp_path):
    """Slices of Amplitude, AppMetrica and of files are read and become rows without any of it."""
    assert imported(COLLECT, tmp_path, (*FOR_METRICS, *FOR_GUESSES)) == "[]"
