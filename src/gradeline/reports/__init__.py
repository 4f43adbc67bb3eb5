"""Reports: pages, sheets and files about a course or group, made from its `CourseReport` alone."""

from gradeline.reports.make import GROUP_REPORTS, LAYOUT, REPORTS, Document, Report, render_all

__all__ = ["GROUP_REPORTS", "LAYOUT", "REPORTS", "Document", "Report", "render_all"]
