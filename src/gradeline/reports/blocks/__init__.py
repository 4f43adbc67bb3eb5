"""Tables of a course report, for the workbook and the PDF."""
