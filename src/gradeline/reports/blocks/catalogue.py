"""All tables of reports, declared once for the workbook and the PDF."""

from __future__ import annotations

from dataclasses import replace

from gradeline.records.course_report import CourseReport
from gradeline.reports.blocks.course import ASSESSMENTS, ATTENDANCE, GRADES
from gradeline.reports.blocks.groups import COMPARISON, LEARNER_GRADES
from gradeline.reports.blocks.learners import AT_RISK, LEADERBOARD, LEARNERS, PLAN
from gradeline.reports.blocks.statistics import GROUPS, LEVELS, TOPICS
from gradeline.reports.columns import Block
from gradeline.reports.glossary import hides_names

#: Every table of a course report, in the order of the workbook's sheets.
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
#: The same of the report of a group, whose learners need no column that says so.
GROUP_BLOCKS = tuple(
    replace(block, columns=tuple(one for one in block.columns if one.name != "group"))
    for block in (
        *(AT_RISK, LEARNERS, ATTENDANCE, PLAN, LEARNER_GRADES, LEADERBOARD, COMPARISON),
        *(LEVELS, TOPICS),
    )
)


def blocks_of(report: CourseReport) -> tuple[Block, ...]:
    """Return the tables of a report; a copy without names has none of learners."""
    if report.group is not None and hides_names(report):
        return (COMPARISON,)
    blocks = BLOCKS if report.group is None else GROUP_BLOCKS
    return tuple(block for block in blocks if not (hides_names(report) and block.of_learners))
