"""What the planification source needs of other rooms: people's files, and the courses there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gradeline.flows.courses.cursos_yml import Choices
from gradeline.lake import Lake
from gradeline.sources.planification.source import PlanificationSource
from gradeline.warehouse import Database
from gradeline.warehouse.slices import ledger

_FOLDER = "planification/"


def open_planification(
    lake: Lake, database: Database, choices: Choices
) -> PlanificationSource | None:
    """The plans that people wrote; null where nobody wrote one."""
    if not any(_is_plan(each.key) for each in lake.list(_FOLDER)):
        return None
    return PlanificationSource(
        plan_files(lake), lambda: known_courses(database, choices), choices.book
    )


def plan_files(lake: Lake) -> Callable[[], Mapping[str, bytes]]:
    """What gives every plan file by its name under planification/."""

    def files() -> Mapping[str, bytes]:
        keys = sorted(each.key for each in lake.list(_FOLDER) if _is_plan(each.key))
        return {key.removeprefix(_FOLDER): lake.get(key) for key in keys}

    return files


def known_courses(database: Database, choices: Choices) -> Iterable[str]:
    """The courses that facts or cursos.yml name, as the facts spell them."""
    with database.connect() as connection:
        facts = ledger.snapshot(connection)
    named = {course_id for each in facts for course_id in each.courses or ()}
    return sorted(named | {each.course_id for each in choices.book.courses})


def _is_plan(key: str) -> bool:
    return key.count("/") == 2 and key.lower().endswith(".csv")
