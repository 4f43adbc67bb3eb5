"""What went wrong in a run, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.records.slices import Slice


def problems_of(name: str, outcome: CollectOutcome) -> Iterator[str]:
    """Yield what a person must do something about, each mistake once and with its place."""
    if outcome.unread:
        yield f"{name} could not be read: {outcome.unread}"
    yield from with_reasons("failed", outcome.failed)
    yield from with_reasons("held", outcome.held)


def with_reasons(state: str, slices: Iterable[tuple[Slice, str]]) -> Iterator[str]:
    """Yield a sentence for each reason, with the slices that it stopped."""
    groups: dict[str, list[Slice]] = {}
    for one, reason in slices:
        groups.setdefault(reason, []).append(one)
    for reason, same in groups.items():
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        yield f"{same[0]}{more} {state}: {reason}"
