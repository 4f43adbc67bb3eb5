"""All that is kept of a learner can be handed over; what is kept too long goes."""

import json
from datetime import timedelta

import pyarrow as pa

from gradeline.base.clock import now
from gradeline.flows.learners.erase_slice import read_fact_rows
from gradeline.flows.learners.export import export_learner
from gradeline.flows.learners.identity import Person
from gradeline.flows.replay import replay
from gradeline.flows.upkeep.sweep import Retention, sweep_storage
from gradeline.lake import FactWriter, open_lake
from gradeline.records.slices import Slice, State
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.slices.entry import Entry

from .conftest import dump, no_progress


def test_an_export_holds_all_of_one_person(school, tmp_path):
    """Canonical rows, source rows, raw and broken records, results; nobody else's."""
    done = export_learner(school, "files:s:17", tmp_path / "out", no_progress)
    assert done.records["canonical_attempts"] == 10
    assert done.records["rows_files_s_attempts"] == 10
    assert done.records["raw_files_s_attempts"] == 11
    assert done.records["quarantine"] == 1
    assert done.records["results_progress_summary"] == 1
    raw = json.loads((tmp_path / "out" / "raw_files_s_learners.json").read_text())
    assert [each["raw"] for each in raw] == ['17,"Person, 17",Mail17@School.example,M/c2\r']


def test_only_the_owner_can_read_an_export(school, tmp_path):
    """The folder is 0700, each file 0600."""
    folder = export_learner(school, "files:s:17", tmp_path / "out", no_progress).folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_facts_of_a_bucket_are_downloaded_into_the_spool(tmp_path):
    """What a killed export leaves lies where a sweep finds it, not in the system's temp folder."""
    spool, lake = tmp_path / "spool", open_lake("memory:")
    spool.mkdir()
    with FactWriter(tmp_path / "facts", pa.schema({"learner_id": pa.string()})) as writer:
        writer.write(pa.record_batch({"learner_id": ["17", "18"]}))
    lake.put_new("lake/facts/x.parquet", tmp_path / "facts")
    person = Person(learner_id="s:17", ids={"s": frozenset({"17"})}, emails=frozenset())
    rows = read_fact_rows(entry_of("s", "lake/facts/x.parquet"), person, lake, spool)
    assert next(rows).to_pylist() == [{"learner_id": "17"}]
    assert [folder.name.partition("-")[0] for folder in spool.iterdir()] == ["forget"]
    assert list(rows) == list(spool.iterdir()) == []


def entry_of(source: str, fact_key: str) -> Entry:
    """A loaded slice with these facts."""
    return Entry(
        slice_id=1,
        slice=Slice(source=source, stream="learners", window="x"),
        state=State.LOADED,
        planned_fingerprint="1",
        fact_key=fact_key,
        planned_at=now(),
        updated_at=now(),
    )


def test_raw_bytes_past_their_days_go_and_facts_stay(school, home):
    """The ledger says since when and why, rows stay, and a replay says that it cannot."""
    rows = dump(school)["files_attempts"]
    assert sweep_storage(school, Retention(raw_days=30), lambda _words: None).expired_raws == 0
    assert sweep_storage(school, Retention(raw_days=0), lambda _words: None).expired_raws > 0
    assert not [path for path in (home / "lake/raw").rglob("*") if path.is_file()]
    assert dump(school)["files_attempts"] == rows
    with school.database.connect() as connection:
        entries = ledger.read_entries(connection)
    assert {each.raw_gone_why for each in entries} == {"retention"}
    ((_, done),) = replay(school, None, no_progress)
    assert "RAW_RETENTION_DAYS" in done.failed[0][1]


def test_a_sweep_leaves_what_the_ledger_names(school, home):
    """An unnamed object waits for its day; folders of dead processes go."""
    stray = home / "lake/raw/files!3As/file/x.csv/0.csv"
    stray.parent.mkdir(parents=True)
    stray.write_text("left by a killed run")
    (home / "spool/fetch-dead").mkdir()
    done = sweep_storage(school, Retention(), lambda _words: None)
    assert (done.objects.deleted, done.objects.waiting, done.folders) == (0, 1, 1)
    with school.database.connect() as connection:
        named = ledger.named_keys(connection)
        gone = ledger.release_raws(connection, now() - timedelta(days=1))
    assert not gone
    assert all(map(school.lake.exists, named))
