"""What a reader has to know of the data: what is in no figure, and what may be wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gradeline.base.languages import Language, message, plural
from gradeline.records.course_report import CourseReport
from gradeline.records.data_quality import (
    ExampleId,
    FailedSlices,
    GuessedEncoding,
    UnmatchedRows,
    WaitingRecords,
)
from gradeline.reports.plain_text import clip

HEADING = message("Data quality")
_ADVICE = message("Ask the person who looks after the data to correct this.")

_ROWS: Mapping[str, tuple[str, str]] = {
    "attempts": plural("{n} attempt", "{n} attempts"),
    "events": plural("{n} event", "{n} events"),
    "memberships": plural("{n} membership", "{n} memberships"),
}
_LEARNERS = plural("{n} learner", "{n} learners")
_ITEMS = plural("{n} assessment", "{n} assessments")
_UNMATCHED: Mapping[str, str] = {
    "course": message(
        "Course {examples} is in no row of courses, so nothing of it is counted: {rows}."
    ),
    "no_course": message("In no course: {rows} of {ids} without a course ID ({examples})."),
    "learner": message(
        "In no rate of the course: {rows} of {ids} whom no row of learners or memberships names "
        "({examples})."
    ),
    "enrolment": message(
        "In no rate of the course: {rows} of {ids} without a membership of the course ({examples})."
    ),
    "unlisted": message(
        "Counted as enrolled, though no row of learners names them: {ids} with {rows} ({examples})."
    ),
    "item": message(
        "In no rate of assessments: {rows} at {ids} that no row of items names ({examples})."
    ),
    "no_item": message(
        "In no rate of assessments: {rows} of {ids} without an item ID ({examples})."
    ),
    "future": message("Dated after today, so not counted yet: {rows} ({examples})."),
}
_LONGEST_ID = 60  #: letters
_LONGEST_REASON = 300  #: letters
_MOST_FILES = 3  #: named in one sentence
_SIMILAR = message("'{id}' looks like '{other}'")

_OF_COURSE = plural(
    "{n} of {all} records of this course waits in quarantine ({source}, {stream}): {reasons}.",
    "{n} of {all} records of this course wait in quarantine ({source}, {stream}): {reasons}.",
)
_OF_SOURCE = plural(
    "{n} of {all} records of {source} waits in quarantine ({stream}): {reasons}.",
    "{n} of {all} records of {source} wait in quarantine ({stream}): {reasons}.",
)
_HELD = plural(
    "On hold, since {n} of {all} records of {source} is invalid ({stream}): {reasons}.",
    "On hold, since {n} of {all} records of {source} are invalid ({stream}): {reasons}.",
)
_FAILED = plural(
    "{n} slice of {source} ({stream}, {windows}) could not be loaded.",
    "{n} slices of {source} ({stream}, {windows}) could not be loaded.",
)
_FAILED_WHY = plural(
    "{n} slice of {source} ({stream}, {windows}) could not be loaded: {reason}",
    "{n} slices of {source} ({stream}, {windows}) could not be loaded: {reason}",
)
_GUESSED = message(
    "The encoding of {file} ({source}) was guessed as {encoding}; letters may be wrong."
)

_NO_VALUE = message("a value is missing")
_NO_NUMBER = message("not a number")
_NO_TIME = message("not a valid day or time")
_NO_CHOICE = message("a value that is not allowed")
_NO_RANGE = message("a number that is out of range")
_TWICE = message("the same ID twice")
_UNKNOWN = message("points at something unknown")
_UNREADABLE = message("cannot be read")
_ERROR_VALUE = message("an error value of Excel")
_INEXACT = message("a number that Excel cannot hold exactly")
_NOT_COMPUTED = message("a formula without a value")
_BAD_TEXT = message("characters that are not text")
_TOO_LONG = message("too long")
_TOO_NESTED = message("too many names or levels in a record")
_SAME_NAME = message("the same name twice in a record")
_HEADER_AGAIN = message("the header is repeated")
_ENDS_EARLY = message("an end before the start")
_CONTRADICTION = message("values that contradict each other")
_OUTSIDE = message("a time outside the hours that were asked for")
_CODES: Mapping[str, tuple[str, ...]] = {
    _NO_VALUE: ("missing",),
    _NO_NUMBER: ("bad_number",),
    _NO_TIME: ("bad_instant", "bad_day", "bad_date", "bad_time", "impossible_day"),
    _NO_CHOICE: (
        *("bad_choice", "bad_flag", "bad_value", "bad_field", "bad_id", "bad_uuid"),
        "bad_passback",
    ),
    _NO_RANGE: ("out_of_range",),
    _TWICE: ("duplicate_key", "duplicate_uuid"),
    _UNKNOWN: (
        *("unknown_course", "unknown_group", "unknown_item", "unknown_learner"),
        *("unknown_level", "ambiguous"),
    ),
    _UNREADABLE: (
        *("does_not_parse", "bad_json", "not_json", "not_object", "not_an_object"),
        *("wrong_width", "open_quote", "unsafe_archive", "unsafe_xml"),
    ),
    _ERROR_VALUE: ("error_value",),
    _INEXACT: ("inexact_number",),
    _NOT_COMPUTED: ("no_value",),
    _BAD_TEXT: ("bad_text", "bad_encoding", "nul_character"),
    _TOO_LONG: ("too_long",),
    _TOO_NESTED: ("too_deep", "too_many_names"),
    _SAME_NAME: ("duplicate_name",),
    _HEADER_AGAIN: ("header_again",),
    _ENDS_EARLY: ("ends_before_start",),
    _CONTRADICTION: ("contradiction", "overlap"),
    _OUTSIDE: ("outside_window",),
}
#: Code of a reject reason → its words; other codes are printed as they are.
REASON_WORDS: Mapping[str, str] = {code: words for words, codes in _CODES.items() for code in codes}


def quality_lines(report: CourseReport, language: Language) -> list[str]:
    """Return sentences on the data of a course, the last with what to do; empty if all is well."""
    lines = [
        *(waiting_line(one, language) for one in report.waiting),
        *(unmatched_line(one, language) for one in report.unmatched),
        *(failed_line(one, language) for one in report.failed),
        *_guessed_lines(report.guessed, language),
    ]
    return [*lines, language.say(_ADVICE)] if lines else []


def unmatched_line(found: UnmatchedRows, language: Language) -> str:
    """Return a sentence on rows that figures leave out."""
    ids = _ITEMS if found.reason == "item" else _LEARNERS
    alone = found.reason in ("course", "future")
    values = {} if alone else {"ids": language.say_n(ids, n=found.ids)}
    return language.say(
        _UNMATCHED[found.reason],
        rows=language.say_n(_ROWS[found.table], n=found.rows),
        examples=_examples(found.examples, found.ids, language),
        **values,
    )


def waiting_line(found: WaitingRecords, language: Language) -> str:
    """Return a sentence on records in quarantine."""
    forms = _HELD if found.held else _OF_COURSE if found.of_course else _OF_SOURCE
    return language.say_n(
        forms,
        n=found.records,
        all=language.number(found.received),
        source=found.source,
        stream=found.stream,
        reasons=_reasons(found.reasons, language),
    )


def failed_line(found: FailedSlices, language: Language) -> str:
    """Return a sentence on slices that could not be loaded; its reason is in English."""
    values = {"reason": clip(found.reason, _LONGEST_REASON)} if found.reason else {}
    return language.say_n(
        _FAILED_WHY if found.reason else _FAILED,
        n=len(found.windows),
        source=found.source,
        stream=found.stream,
        windows=_some(found.windows),
        **values,
    )


def _guessed_lines(found: Iterable[GuessedEncoding], language: Language) -> Iterator[str]:
    """Yield a sentence for each encoding that files of a source were guessed to have."""
    files: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in found:
        files[one.source, one.encoding].append(one.file)
    for (source, encoding), names in files.items():
        yield language.say(_GUESSED, file=_some(names), source=source, encoding=encoding)


def _some(names: Sequence[str]) -> str:
    """Return the first names; `…` stands for the others."""
    more = ["…"] if len(names) > _MOST_FILES else []
    return ", ".join([*names[:_MOST_FILES], *more])


def _examples(examples: Iterable[ExampleId], ids: int, language: Language) -> str:
    shown = [
        f"'{clip(one.missing, _LONGEST_ID)}'"
        if one.similar is None
        else language.say(
            _SIMILAR, id=clip(one.missing, _LONGEST_ID), other=clip(one.similar, _LONGEST_ID)
        )
        for one in examples
    ]
    return ", ".join([*shown, "…"] if ids > len(shown) else shown)


def _reasons(reasons: Iterable[tuple[str, int]], language: Language) -> str:
    """Return why records wait, most first; an unknown reason is printed as its code."""
    counts: Counter[str] = Counter()
    for code, records in reasons:
        counts[language.say(REASON_WORDS.get(code, code))] += records
    return ", ".join(f"{words} ({language.number(n)})" for words, n in counts.most_common())
