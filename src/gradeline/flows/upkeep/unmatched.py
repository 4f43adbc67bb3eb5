"""Say which rows figures leave out, as their course, learner or item is in no table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.records.data_quality import UnmatchedRows

#: What to do about such rows.
UNMATCHED_ADVICE = (
    "To count them, correct the IDs and dates in the files or the mapping, add the missing rows, "
    "or link learners with `gradeline learners link`."
)


def unmatched_sentences(found: Iterable[UnmatchedRows]) -> Iterator[str]:
    """Yield a sentence on each kind of rows of each course."""
    from gradeline.base.languages import LANGUAGES, language  # imports Babel, 20 MB
    from gradeline.reports.data_quality import unmatched_line  # so does it

    for one in found:
        sentence = unmatched_line(one, language(LANGUAGES[0]))
        alone = one.reason == "course" or not one.course_id
        yield sentence if alone else f"{one.course_id}: {sentence}"
