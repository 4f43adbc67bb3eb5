"""Reports: pages, sheets and files about a course, made from its `CourseReport` alone."""

from gradeline.reports.make import LAYOUT, REPORTS, Document, Report, render_all

__all__ = ["LAYOUT", "REPORTS", "Document", "Report", "render_all"]
