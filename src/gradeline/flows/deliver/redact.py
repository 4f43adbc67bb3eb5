"""Redact: of what a run tells and of daily figures, what one principal may see."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal
from gradeline.base.languages import Language, message
from gradeline.records.run_summary import RunProblem
from gradeline.records.small_cells import FEWEST_LEARNERS
from gradeline.warehouse.results.daily import DailyStatistics

_OF_THE_SCHOOL = message("Some of the school's data could not be read, or are not complete.")
_ASK = message("Whoever runs Gradeline was told why.")


def sees_all_problems(principal: Principal) -> bool:
    """Whether problems are told word for word, those of no single course included."""
    sees_the_school = principal.may(Permission.SCHOOL_FIGURES) and principal.scope.is_everything
    return sees_the_school and principal.sees_names


def visible_problems(
    problems: Sequence[RunProblem], principal: Principal, language: Language
) -> tuple[str, ...]:
    """Return the problems that a principal may know of, as sentences.

    A reason may quote a row of data, so it is for those who see names. A problem of no single
    course may be about any, so with a scope it is told without its name.
    """
    if sees_all_problems(principal):
        return tuple(map(str, problems))
    sentences = [
        str(one) if principal.sees_names else f"{one.what}. {language.say(_ASK)}"
        for one in problems
        if one.course_id and principal.scope.covers(one.course_id)
    ]
    if any(not one.course_id for one in problems):
        sentences.append(f"{language.say(_OF_THE_SCHOOL)} {language.say(_ASK)}")
    return tuple(sentences)


def shows_day(row: DailyStatistics, principal: Principal) -> bool:
    """Whether a principal may see the figures of a day: a reader not those of very few learners."""
    return principal.sees_names or not 0 < row.unique_users < FEWEST_LEARNERS
