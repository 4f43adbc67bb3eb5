"""All tables of a course report, declared once for the workbook and the PDF."""

from __future__ import annotations

from gradeline.records.course_report import CourseReport
from gradeline.reports.blocks.course import ASSESSMENTS, ATTENDANCE, GRADES
from gradeline.reports.blocks.learners import AT_RISK, LEADERBOARD, LEARNERS, PLAN
from gradeline.reports.blocks.statistics import GROUPS, LEVELS, TOPICS
from gradeline.reports.columns import Block
from gradeline.reports.glossary import hides_names

#: Every table, in the order of the workbook's sheets.
BLOCKS = (
    ATTENDANCE,
    GRADES,
    ASSESSMENTS,
    PLAN,
    AT_RISK,
    LEADERBOARD,
    GROUPS,
    LEVELS,
    TOPICS,
    LEARNERS,
)


def blocks_of(report: CourseReport) -> tuple[Block, ...]:
    """Return the tables of a report; a copy without names has none of learners."""
    hidden = hides_names(report)
    return tuple(block for block in BLOCKS if not (hidden and block.of_learners))
