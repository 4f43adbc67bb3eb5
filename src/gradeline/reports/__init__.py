"""Reports: pages, sheets and files about a course, made from its `CourseReport` alone."""

from gradeline.reports.make import REPORTS, Document, Report, render_all

__all__ = ["REPORTS", "Document", "Report", "render_all"]
