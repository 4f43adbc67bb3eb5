"""All tables of a course report, declared once for the workbook and the PDF."""

from __future__ import annotations

from gradeline.reports.blocks.course import ASSESSMENTS, ATTENDANCE, GRADES
from gradeline.reports.blocks.learners import AT_RISK, LEADERBOARD, LEARNERS, PLAN
from gradeline.reports.blocks.statistics import GROUPS, LEVELS, TOPICS

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
