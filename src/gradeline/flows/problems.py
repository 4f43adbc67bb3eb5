"""What went wrong in a run, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.records.run_summary import RunProblem
from gradeline.records.slices import Slice


def problems_of(name: str, outcome: CollectOutcome) -> Iterator[RunProblem]:
    """Yield what a person must do something about, each mistake once and with its place."""
    if outcome.unread:
        yield RunProblem(what=f"{name} could not be read", reason=outcome.unread)
    yield from _grouped("failed", outcome.failed)
    yield from _grouped("held", outcome.held)


def with_reasons(state: str, slices: Iterable[tuple[Slice, str]]) -> Iterator[str]:
    """Yield a sentence for each reason, with the slices that it stopped."""
    yield from map(str, _grouped(state, slices))


def _grouped(state: str, slices: Iterable[tuple[Slice, str]]) -> Iterator[RunProblem]:
    groups: dict[str, list[Slice]] = {}
    for one, reason in slices:
        groups.setdefault(reason, []).append(one)
    for reason, same in groups.items():
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        yield RunProblem(what=f"{same[0]}{more} {state}", reason=reason)
