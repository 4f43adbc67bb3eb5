"""What a run did, printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from typing import Any

from gradeline.base.plurals import count
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.problems import with_reasons
from gradeline.flows.run import RunResult
from gradeline.flows.upkeep.unmatched import UNMATCHED_ADVICE, unmatched_sentences
from gradeline.records.counts import Counts, LineCounts
from gradeline.records.data_quality import UnmatchedRows
from gradeline.warehouse.slices.quarantine import Kind

#: Notes about lines that a run prints of one source.
_NOTES_MAX = 20
_REJECTED_ADVICE = (
    "They are in no figure. Correct the data or the mapping and run again; "
    "`gradeline quarantine ls` lists each record."
)
#: Kinds of rows that no figure counts, and of records in quarantine, that are printed for people.
_SHOWN = 20


def print_result(result: RunResult, screen: Screen) -> int:
    """Print what a run did and return its exit code."""
    for name, outcome in result.collected:
        screen.answer(_summary(name, outcome), source=name, **_counts(outcome))
        _print_notes(name, outcome, screen)
    if result.groups and not screen.json:
        screen.answer(result.groups)
    _print_rejected(result.rejected, screen)
    _print_analysis(result, screen)
    _print_copy(result, screen)
    _print_unmatched(result.unmatched, screen)
    _print_delivery(result, screen)
    if result.problems:
        lines = "\n".join(f"- {problem}" for problem in result.problems)
        screen.say(f"{count(len(result.problems), 'problem')} to fix:\n{lines}")
    return 1 if result.failed else 0


def _print_notes(name: str, outcome: CollectOutcome, screen: Screen) -> None:
    """Print what is good to know and needs nobody."""
    for note in with_reasons("not ready yet", outcome.not_ready):
        screen.say(note)
    for note in _line_notes(name, outcome.lines):
        screen.say(note)
    if outcome.gone:
        some = ", ".join(map(str, outcome.gone[:3])) + (", …" if len(outcome.gone) > 3 else "")
        screen.say(
            f"No longer in {name}, but still included: {count(len(outcome.gone), 'slice')} "
            f"({some}). To remove them, run `gradeline slices drop SLICE`."
        )
    if outcome.left:
        screen.say(f"{count(outcome.left, 'slice')} of {name} left for the next run.")


def _line_notes(name: str, lines: Iterable[LineCounts]) -> Iterator[str]:
    """Yield what is to say of lines that gave no row, or several; the longest list is cut."""
    notes = [note for each in lines for note in _line_note(each)]
    for note in notes[:_NOTES_MAX]:
        yield f"{name}: {note}."
    if len(notes) > _NOTES_MAX:
        yield f"{name}: {len(notes) - _NOTES_MAX} more notes of this kind; `--json` has them all."


def _line_note(each: LineCounts) -> Iterator[str]:
    if each.without_row:
        yield f"{count(each.without_row, 'line')} of {each.file} gave no row of {each.stream}"
    if each.with_several:
        rows = f"{count(each.rows, 'row')} of {each.stream}"
        yield f"{count(each.with_several, 'line')} of {each.file} gave {rows}"


def _counts(outcome: CollectOutcome) -> dict[str, Any]:
    """Return the figures of a collection; for lists of slices, how many there are."""
    figures: dict[str, Any] = {}
    for field in fields(outcome):
        value = getattr(outcome, field.name)
        if isinstance(value, Counts):
            figures |= asdict(value)
        elif field.name == "lines":
            figures[field.name] = [asdict(each) for each in outcome.lines]
        else:
            figures[field.name] = len(value) if isinstance(value, tuple) else value
    return figures


def _summary(name: str, outcome: CollectOutcome) -> str:
    """Describe a collection in a sentence, without what is zero."""
    counts = _counts(outcome)
    ended = sum(counts[key] for key in ("done", "shared", "failed", "held", "not_ready", "left"))
    states = {
        "read": outcome.done,
        "read by another run": outcome.shared,
        "failed": counts["failed"],
        "held": counts["held"],
        "not ready yet": counts["not_ready"],
        "as before": outcome.slices - ended,
    }
    parts = ", ".join(f"{number} {state}" for state, number in states.items() if number)
    if outcome.unread:
        return f"{name}: nothing was read."
    slices = count(outcome.slices, "slice")
    records = outcome.counts
    if not records.received:
        return f"{name}: {slices}, {parts or 'nothing to do'}."
    return (
        f"{name}: {slices}, {parts}. {count(records.received, 'record')} received = "
        f"{records.stored:,} stored + {records.already_there:,} already there + "
        f"{records.quarantined:,} in quarantine; {count(outcome.objects, 'object')} written to the "
        "lake."
    )


def _print_rejected(found: Sequence[Kind], screen: Screen) -> None:
    """Print what is in quarantine, file by file and reason by reason, and what to do about it."""
    if screen.json:
        for one in found:
            screen.answer("", **asdict(one))
        return
    if not found:
        return
    lines = [f"{count(sum(one.records for one in found), 'record')} in quarantine:"]
    for one in found[:_SHOWN]:
        several = f"{count(one.records, 'record')}, the first " if one.records > 1 else ""
        lines.append(f"- {one.source}: {several}{one.place}: {one.reason}")
    if len(found) > _SHOWN:
        lines.append(f"- {count(len(found) - _SHOWN, 'more kind')}")
    screen.answer("\n".join([*lines, _REJECTED_ADVICE]))


def _print_unmatched(found: Sequence[UnmatchedRows], screen: Screen) -> None:
    """Print which rows no figure counts, and what to do about it."""
    shown = found if screen.json else found[:_SHOWN]
    for one, sentence in zip(shown, unmatched_sentences(shown), strict=True):
        screen.answer(sentence, **asdict(one))
    if len(found) > len(shown):
        more = count(len(found) - len(shown), "more kind")
        screen.answer(f"{more} of rows that no figure counts: see `gradeline doctor`.")
    if found:
        screen.say(UNMATCHED_ADVICE)


def _print_analysis(result: RunResult, screen: Screen) -> None:
    refreshed, reported = result.refresh, result.report
    if refreshed is not None:
        courses = len(refreshed.courses)
        screen.answer(
            f"Recalculated {count(courses, 'course')} (build {refreshed.build_id})."
            if courses
            else "Nothing to recalculate: no course changed since the last run.",
            courses=sorted(refreshed.courses),
            build=refreshed.build_id,
        )
    if reported is not None:
        verb = "was" if 1 in (reported.left, reported.courses) else "were"
        screen.answer(
            f"Wrote {count(len(reported.written), 'document')}; {reported.left} of "
            f"{count(reported.courses, 'course')} {verb} already up to date.",
            documents=list(reported.written),
            left=reported.left,
        )
        if reported.misnamed:
            some = ", ".join(reported.misnamed[:3]) + (", …" if len(reported.misnamed) > 3 else "")
            screen.say(
                f"{count(len(reported.misnamed), 'course')} ({some}): the id is not "
                "category/course. The documents lie in a folder called !. Correct course_id in "
                "the mapping, in all tables."
            )


def _print_copy(result: RunResult, screen: Screen) -> None:
    """Print what was copied to the cloud; nothing where the lake has no copy."""
    if result.copy is not None:
        screen.answer(
            f"Copied {count(result.copy.copied, 'object')} to the cloud"
            f" and deleted {result.copy.deleted:,} there.",
            copied=result.copy.copied,
            deleted=result.copy.deleted,
        )


def _print_delivery(result: RunResult, screen: Screen) -> None:
    """Print what was sent; nothing where no channel is set up and nobody is to get anything."""
    delivery = result.delivery
    if delivery is None or not (delivery.sent or delivery.waiting or delivery.problems):
        return
    channels = ", ".join(f"{number} by {name}" for name, number in sorted(delivery.sent.items()))
    sent = f"Sent {count(delivery.total, 'message')}{f' ({channels})' if channels else ''}"
    left = f"; {delivery.waiting} wait for the next run" if delivery.waiting else ""
    screen.answer(f"{sent}{left}.", sent=delivery.sent, waiting=delivery.waiting)
