"""What is posted is a slice like any other: metrics, views, replay and forgetting know it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from proofs.rig.in_process import parts_in
from tests.flows.learners.conftest import no_progress, terms

from gradeline.flows.collect.collect import collect_from_lake
from gradeline.flows.collect.load import SliceFacts, load_slice
from gradeline.flows.learners.forget import forget
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import canonical_session
from gradeline.lake import FactWriter, digest_of
from gradeline.records.counts import Counts
from gradeline.records.slices import PlannedSlice, Slice
from gradeline.records.streams import Stream
from gradeline.sources.appmetrica.fields import EVENTS, FACTS
from gradeline.sources.appmetrica.tables import product_event_tables
from gradeline.sources.product_events.field_mappings import read_mappings
from gradeline.sources.source import Reading
from gradeline.warehouse import Database
from gradeline.warehouse.schema.views import ensure_views
from gradeline.warehouse.slices import ledger
from gradeline.wiring.posting import PostLoader, post_parts, wire_posted


@pytest.fixture
def parts(tmp_path: Path, warehouse: Database) -> Parts:
    """A Gradeline without sources."""
    return parts_in(tmp_path, warehouse)


def post(parts: Parts, table: str, *rows: Mapping[str, object]) -> list[str]:
    """Post rows; their ids."""
    posting = PostLoader(post_parts(parts.database, parts.lake, parts.engine, parts.spool))
    body = parts.spool / "sent"
    body.write_text(json.dumps({"data": rows}))
    posted = posting(
        table, body, extension="json", digest=digest_of(body), login="wes", request_id=""
    )
    with posted.ids as ids:
        return json.loads(b"[" + ids.read() + b"]")


def answer(number: int, learner: str, **more: object) -> dict[str, object]:
    """An event that is an answer."""
    return {
        "uuid": f"00000000-0000-0000-0000-{number:012}",
        "event_type": "quiz_answer",
        "event_time": f"2024-02-01T13:00:{number:02}Z",
        "user_id": learner,
        "course_id": "M/c1",
        "item_id": "q",
        "score": 0.5,
        **more,
    }


def canonical(parts: Parts) -> dict[str, list[dict]]:
    """The learners, events and attempts of the facts."""
    with canonical_session(parts) as (session, tables):
        return {
            name: session.run(tables[name].order_by(key)).to_pylist()
            for name, key in (("learners", "learner_id"), ("attempts", "attempt_id"))
        }


def test_posted_answers_are_attempts(parts: Parts) -> None:
    """Each as it was posted last, in the metrics and in the views alike."""
    post(parts, "events_part", answer(1, "ann"), answer(2, "bob"), answer(3, "", ehr_id="cy"))
    post(parts, "events_part", answer(2, "bob", score=1))
    found = canonical(parts)
    assert [row["learner_id"] for row in found["learners"]] == [
        "posted:ann",
        "posted:bob",
        "posted:cy",
    ]
    scores = {row["learner_id"]: float(row["score"]) for row in found["attempts"]}
    assert scores == {"posted:ann": 0.5, "posted:bob": 1.0, "posted:cy": 0.5}
    ensure_views(parts.database)
    statement = "select learner_id, score::float from attempts"
    with parts.database.connect() as connection:
        assert dict(connection.execute(statement).fetchall()) == scores


@pytest.fixture
def collected(parts: Parts) -> None:
    """An answer of dee in course M/c1, as AppMetrica's events are loaded."""
    tables = (EVENTS, *product_event_tables(read_mappings()))
    stream = Stream(name="events", schema=FACTS, tables=tables, version=1)
    planned = PlannedSlice(
        slice=Slice(source="appmetrica", stream="events", window="d"), fingerprint="1"
    )
    at = datetime(2024, 2, 1, 13, tzinfo=UTC)
    sent = {"event_name": "quiz_answer", "event_timestamp": 1, "event_receive_timestamp": 1}
    event = {"uuid": answer(1, "")["uuid"], "event_at": at, "profile_id": "dee", **sent}
    event |= {"slice": str(planned.slice), "position": 0, "course_id": "M/c1", "item_id": "q"}
    path = parts.spool / "facts.parquet"
    with FactWriter(path, FACTS) as writer:
        writer.write(pa.RecordBatch.from_pylist([event], schema=FACTS))
    parts.lake.put_new("lake/facts/1.parquet", path)
    counts = Counts(received=1, stored=1)
    reading = Reading(counts=counts, broken=(), checksum="1", courses=frozenset({"M/c1"}))
    facts = SliceFacts(reading=reading, path=path, key="lake/facts/1.parquet")
    with parts.database.connect() as connection:
        (entry,) = ledger.plan(connection, [planned])
        load_slice(connection, parts.engine, entry, stream, facts)


def test_an_event_that_was_collected_and_posted_counts_once(parts: Parts, collected) -> None:
    """As it was posted, in the metrics and in the views alike; its old course is computed again."""
    post(parts, "events_part", answer(1, "ann", course_id="M/c2", score=1), answer(2, "bob"))
    found = canonical(parts)
    assert [row["learner_id"] for row in found["learners"]] == ["posted:ann", "posted:bob"]
    attempts = [(row["course_id"], float(row["score"])) for row in found["attempts"]]
    assert attempts == [("M/c2", 1.0), ("M/c1", 0.5)]
    ensure_views(parts.database)
    with parts.database.connect() as connection:
        (seen,) = connection.execute("select count(*) from attempts").fetchone()
        facts = {fact.slice.source: fact.courses for fact in ledger.snapshot(connection)}
    assert (seen, facts["posted"]) == (2, None)


def test_a_replay_gives_the_same_rows(parts: Parts) -> None:
    """What is in the lake is read again, by a source that asks nobody."""
    post(parts, "events_part", answer(1, "ann"), answer(2, "bob"))
    post(parts, "permanent_user_properties", {"ehr_id": "ann", "properties": {"a": 1}})
    statement = "select * from events_part order by uuid"
    with parts.database.connect() as connection:
        before = connection.execute(statement).fetchall()
        entries = ledger.read_entries(connection)
        assert ledger.replan(connection, [entry.slice_id for entry in entries]) == 2
    (source,) = wire_posted(parts.database).values()
    done = collect_from_lake(source, parts, lambda *_: None)
    assert (done.done, done.failed) == (2, ())
    with parts.database.connect() as connection:
        assert connection.execute(statement).fetchall() == before


def test_who_is_forgotten_is_gone_and_stays_away(parts: Parts, home: Path) -> None:
    """From rows, facts and raw bytes; a later post has the other rows alone, and all ids."""
    sent = [answer(1, "ann"), answer(2, "bob")]
    post(parts, "events_part", *sent)
    everything = replace(parts, sources=wire_posted(parts.database))
    forget(everything, "posted:ann", terms(), no_progress, lambda _words: None)
    post(parts, "events_part", *sent, answer(4, "cy"))
    with parts.database.connect() as connection:
        rows = connection.execute("select user_id from events_part order by uuid").fetchall()
    assert [user_id for (user_id,) in rows] == ["bob", "cy"]
    stored = [path for path in parts.spool.parent.rglob("*") if path.is_file()]
    assert not any(b"ann" in path.read_bytes() for path in stored if "lake" in path.parts)
    again = post(parts, "events_part", *sent, answer(5, "ann"))
    assert [each[-1] for each in again] == ["1", "2", "5"]
