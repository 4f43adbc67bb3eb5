"""Tables with a learner in each row: plan, at risk, leaderboard, all learners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradeline.base.languages import Language, message
from gradeline.records.course_report import CourseReport, LearnerStanding
from gradeline.reports.columns import Block, Kind, column, measure_columns
from gradeline.reports.glossary import DAYS_BEHIND, REASONS, reasons

_PERSON = (
    column(
        "learner_id",
        message("Learner ID"),
        Kind.TEXT,
        message("ID as source:ID, e.g. files:oulad:111512."),
        width=18,
    ),
    column(
        "name",
        message("Name"),
        Kind.TEXT,
        message("The learner's name, if the source has it."),
        width=24,
    ),
)

_GROUP = column(
    "group",
    message("Group"),
    Kind.TEXT,
    message("The learner's groups in this course, current ones first."),
    value=lambda row, _language: ", ".join(row.group_names) or None,
    width=24,
)

_PROGRESS = (
    column(
        "due", message("Due so far"), Kind.COUNT, message("Assessments of the plan due by today.")
    ),
    column(
        "done", message("Completed"), Kind.COUNT, message("Due assessments that are completed.")
    ),
    column(
        "missing",
        message("Overdue"),
        Kind.COUNT,
        message("Due assessments that are not completed."),
    ),
    column("days_behind", message("Days behind"), Kind.COUNT, DAYS_BEHIND),
)

_LAST_ACTIVE = column(
    "last_active_on", message("Last active"), Kind.DAY, message("The last day with activity.")
)

_SCORE = column(
    "score", message("Points"), Kind.NUMBER, message("Sum of best score × weight over assessments.")
)

_RANK = column(
    "rank", message("Rank"), Kind.COUNT, message("Place by points; ties share a rank."), width=8
)


def _on_plan(report: CourseReport) -> list[LearnerStanding]:
    """Learners enrolled today, those furthest behind first."""
    enrolled = [learner for learner in report.learners if learner.enrolled_today]
    return sorted(enrolled, key=lambda row: (-row.days_behind, -row.missing, row.learner_id))


PLAN = Block(
    name=message("Plan"),
    of_learners=True,
    columns=(
        *_PERSON,
        _GROUP,
        *_PROGRESS,
        column("pace", message("Plan completed"), Kind.RATE, message("Completed ÷ due so far.")),
        column(
            "forecast_on",
            message("Expected finish"),
            Kind.DAY,
            message("When the learner will finish at the rate of the last 28 days."),
        ),
        _LAST_ACTIVE,
    ),
    rows=_on_plan,
)


def _at_risk(report: CourseReport) -> list[LearnerStanding]:
    """Learners at risk: most reasons first, then most overdue, then by id."""
    listed = [learner for learner in report.learners if learner.at_risk]
    return sorted(
        listed, key=lambda row: (-len(row.at_risk), -row.missing, -row.days_behind, row.learner_id)
    )


def _has_reason(code: str) -> Callable[[Any, Language], object]:
    return lambda row, _language: code in row.at_risk


AT_RISK = Block(
    name=message("At risk"),
    of_learners=True,
    columns=(
        *_PERSON,
        _GROUP,
        column(
            "reasons",
            message("Reasons"),
            Kind.TEXT,
            message("Why the learner is on the list."),
            value=lambda row, language: reasons(row.at_risk, language),
            width=34,
        ),
        *(
            column(
                code,
                label,
                Kind.YES_NO,
                message("Whether this reason holds."),
                value=_has_reason(code),
            )
            for code, label in REASONS.items()
        ),
        *_PROGRESS,
        _LAST_ACTIVE,
    ),
    rows=_at_risk,
)

LEADERBOARD = Block(
    name=message("Leaderboard"),
    of_learners=True,
    columns=(_RANK, *_PERSON, _SCORE),
    rows=lambda report: report.leaderboard,
)


LEARNERS = Block(
    name=message("Learners"),
    of_learners=True,
    columns=(
        *_PERSON,
        column(
            "email",
            message("Email"),
            Kind.TEXT,
            message("The learner's email, if the source has it."),
            width=24,
        ),
        _GROUP,
        column(
            "enrolled_today",
            message("Currently enrolled"),
            Kind.YES_NO,
            message("Whether the learner is still in the course."),
        ),
        column(
            "submitted",
            message("Submitted"),
            Kind.COUNT,
            message("Active assessments with a submission."),
        ),
        column(
            "completed",
            message("Completed, all"),
            Kind.COUNT,
            message("Active assessments completed."),
        ),
        *measure_columns(
            "average_grade",
            message("Average grade"),
            Kind.GRADE,
            message("Mean best grade over completed assessments."),
        ),
        *measure_columns(
            "avg_accuracy",
            message("Correct answers"),
            Kind.RATE,
            message("Correct attempts ÷ graded attempts."),
        ),
        *_PROGRESS,
        _LAST_ACTIVE,
        column(
            "reasons",
            message("At risk", context="reasons"),
            Kind.TEXT,
            message("Why the learner is on the list."),
            value=lambda row, language: reasons(row.at_risk, language),
            width=28,
        ),
        _SCORE,
        _RANK,
    ),
    rows=lambda report: report.learners,
)
