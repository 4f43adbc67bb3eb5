"""The course report as a workbook."""
