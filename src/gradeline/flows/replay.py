"""Replay: read slices with records in quarantine again from their raw bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gradeline.flows.collect.collect import Watch, collect, collect_from_lake
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.parts import Parts
from gradeline.flows.run import Progress
from gradeline.sources.source import PlanRequest, Source
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry


def replay(
    parts: Parts, source: str | None, progress: Progress
) -> Iterator[tuple[str, CollectOutcome]]:
    """Read slices with open rejected records again, by today's reader and mapping.

    A record that is understood now is loaded once and leaves quarantine; the others stay. Slices
    whose raw bytes are no longer kept are named as failed.

    Args:
        parts: the wired Gradeline.
        source: only slices of this source; None = of all.
        progress: shows how far each source is.

    Yields:
        The name of each source with such slices, and what became of them.
    """
    with parts.database.connect() as connection:
        records = quarantine.ls(connection, source=source)
        affected = {record.slice_id for record in records}
        lost = [
            entry
            for entry in ledger.read_entries(connection, source=source)
            if entry.slice_id in affected and entry.raw_gone_at is not None
        ]
        ledger.replan(connection, affected - {entry.slice_id for entry in lost})
    for name in dict.fromkeys(record.slice.source for record in records):
        if name in parts.sources:
            with progress(f"replaying {name}") as watch:
                outcome = _read(parts.sources[name], parts, watch)
            failed = tuple(
                (entry.slice, _reason(entry)) for entry in lost if entry.slice.source == name
            )
            yield name, replace(outcome, failed=outcome.failed + failed)


def _read(source: Source, parts: Parts, watch: Watch) -> CollectOutcome:
    # Only by planning does a source that lists all it has tell what its mapping is now. Others
    # would be asked for what is new as well, and may be away; the raw bytes are in the lake.
    if source.lists_all:
        return collect(source, PlanRequest(), parts, watch)
    return collect_from_lake(source, parts, watch)


def _reason(entry: Entry) -> str:
    """Say why a slice cannot be read again."""
    why = {
        "retention": "they were older than RAW_RETENTION_DAYS",
        "forgotten": "they named an erased learner",
    }[str(entry.raw_gone_why)]
    return (
        f"the original data is no longer kept ({entry.raw_gone_at:%Y-%m-%d}: {why}), so its "
        "rejected records cannot be read again. Collect them again with `gradeline run --since`."
    )
