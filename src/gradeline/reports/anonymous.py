"""A course report without names: figures alone, for readers outside the course's own staff."""

from __future__ import annotations

from dataclasses import replace

from gradeline.records.course_report import CourseReport


def without_names(course: CourseReport) -> CourseReport:
    """Return the report without anything about single learners."""
    return replace(course, learners=(), leaderboard=(), grades=())
