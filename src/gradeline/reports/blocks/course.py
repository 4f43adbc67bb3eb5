"""Tables about the course as a whole: weeks, grades, assessments."""

from __future__ import annotations

from collections.abc import Iterable

from gradeline.base.languages import Language, message
from gradeline.records.course_report import Band, CourseReport
from gradeline.reports.columns import Block, Kind, column, measure_columns, of
from gradeline.reports.glossary import KPIS

ATTENDANCE = Block(
    name=message("Attendance"),
    columns=(
        column("starts_on", message("Week starting"), Kind.DAY, message("The week's first day.")),
        column(
            "attended",
            message("Active"),
            Kind.COUNT,
            message("Learners enrolled in the week and active in it."),
        ),
        column(
            "enrolled",
            message("Enrolled"),
            Kind.COUNT,
            message("Learners enrolled on at least one day of the week."),
        ),
        *measure_columns(
            "attendance_rate",
            message("Attendance"),
            Kind.RATE,
            message("Active learners ÷ enrolled learners."),
        ),
    ),
    rows=lambda report: report.weeks,
)


def band_name(band: Band, language: Language) -> str:
    """Return the name of a grade band, e.g. `50–60`."""
    if band.low is None or band.high is None:
        return language.say(message("Not completed"))
    return f"{language.number(band.low)}–{language.number(band.high)}"


def _band_rows(report: CourseReport) -> Iterable[tuple[Band, float | None]]:
    total = sum(band.pairs for band in report.bands)
    return [(band, round(band.pairs / total, 9) if total else None) for band in report.bands]


GRADES = Block(
    name=message("Grades"),
    columns=(
        column(
            "band",
            message("Grade, %"),
            Kind.TEXT,
            message("Best grade, in percent."),
            value=lambda row, language: band_name(row[0], language),
            width=16,
        ),
        column(
            "pairs",
            message("Expected submissions"),
            Kind.COUNT,
            message("One for each learner and assessment."),
            value=lambda row, _language: row[0].pairs,
        ),
        column(
            "share",
            message("Share"),
            Kind.RATE,
            message("Expected submissions in the band ÷ all of them."),
            value=lambda row, _language: row[1],
        ),
    ),
    rows=_band_rows,
)

ASSESSMENTS = Block(
    name=message("Assessments"),
    columns=(
        column(
            "item_id",
            message("Assessment ID"),
            Kind.TEXT,
            message("ID of the assessment."),
            width=16,
        ),
        column(
            "title", message("Assessment"), Kind.TEXT, message("The assessment's title."), width=28
        ),
        column(
            "topic",
            message("Topic"),
            Kind.TEXT,
            message("The topic it belongs to."),
            value=of("topic_id"),
        ),
        column(
            "level",
            message("Level"),
            Kind.TEXT,
            message("The level it belongs to."),
            value=of("level_id"),
        ),
        column("kind", message("Kind"), Kind.TEXT, message("What sort of assessment it is.")),
        column("due_on", message("Due date"), Kind.DAY, message("Last day to hand it in.")),
        column(
            "weight", message("Weight"), Kind.WEIGHT, message("Weight in the points; 1 if not set.")
        ),
        *measure_columns(
            "response_rate",
            KPIS["response_rate"].label,
            Kind.RATE,
            message("Learners with a submission ÷ enrolled learners."),
        ),
        *measure_columns(
            "completion_rate",
            KPIS["completion_rate"].label,
            Kind.RATE,
            message("Learners who completed it ÷ enrolled learners."),
        ),
        *measure_columns(
            "average_grade",
            message("Average grade"),
            Kind.GRADE,
            message("Mean best grade of those who completed it."),
        ),
    ),
    rows=lambda report: report.item_standings,
)
