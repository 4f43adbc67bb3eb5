"""Replay: slices with records in quarantine are read again from their raw bytes."""

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
    """Read the slices that have open records anew, by today's reader and mapping.

    A record that is understood now is loaded once and leaves quarantine; the others stay. Slices
    whose raw bytes are kept no longer are named as failed.
    """
    with parts.database.connect() as connection:
        records = quarantine.ls(connection, source=source)
        wanted = {each.slice_id for each in records}
        lost = [
            each
            for each in ledger.read_entries(connection, source=source)
            if each.slice_id in wanted and each.raw_gone_at is not None
        ]
        ledger.replan(connection, wanted - {each.slice_id for each in lost})
    for name in dict.fromkeys(each.slice.source for each in records):
        if name in parts.sources:
            with progress(f"replaying {name}") as watch:
                done = _read(parts.sources[name], parts, watch)
            unread = tuple((each.slice, _why(each)) for each in lost if each.slice.source == name)
            yield name, replace(done, failed=done.failed + unread)


def _read(source: Source, parts: Parts, watch: Watch) -> CollectOutcome:
    # A source that lists all it has says with it what its mapping is now. Others would be asked
    # for what is new as well, which may be away; what is read again lies in the lake.
    if source.lists_all:
        return collect(source, PlanRequest(), parts, watch)
    return collect_from_lake(source, parts, watch)


def _why(entry: Entry) -> str:
    """Why a slice cannot be read again."""
    why = {
        "retention": "they were older than RAW_RETENTION_DAYS",
        "forgotten": "they named an erased learner",
    }[str(entry.raw_gone_why)]
    return (
        f"the original data is no longer kept ({entry.raw_gone_at:%Y-%m-%d}: {why}), so its "
        "rejected records cannot be read again. Collect them again with `gradeline run --since`."
    )
