"""Make the pictures of the README from the demo's own documents.

Needs poppler-utils and LibreOffice beside the locked packages:

    make demo ONCE=1 && .venv/bin/python docs/make_pictures.py data/demo
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

_IMAGES = Path(__file__).parent / "images"
_DPI = 70
_GAP = 14  # pixels between pages
_BACK = (226, 231, 236)


def main(home: Path) -> None:
    """Draw the first pages of both courses' PDF, and sheets of both workbooks."""
    reports = home / "reports"
    courses = [
        reports / "Ciencias Sociales/sociedad-y-datos-2013",
        reports / "Общественные науки/obshchestvo-i-dannye-2014",
    ]
    with tempfile.TemporaryDirectory() as folder:
        spool = Path(folder)
        pdfs = [course / "course_report.pdf" for course in courses]
        pages = [_page(pdfs[0], 1, spool), _page(pdfs[0], 2, spool), _page(pdfs[1], 1, spool)]
        _side_by_side(pages).save(_IMAGES / "course_report.png", optimize=True)
        books = [_printed(course / "course_report.xlsx", spool) for course in courses]
        sheets = [_page(books[0], 1, spool), _page(books[0], 2, spool), _page(books[1], 4, spool)]
        _side_by_side(sheets).save(_IMAGES / "course_report_xlsx.png", optimize=True)


def _page(pdf: Path, number: int, spool: Path) -> Image.Image:
    """One page of a PDF as a picture."""
    target = spool / f"{pdf.parent.name}-{pdf.stem}-{number}"
    subprocess.run(
        [
            *("pdftoppm", "-r", str(_DPI), "-png", "-singlefile"),
            *("-f", str(number), "-l", str(number), str(pdf), str(target)),
        ],
        check=True,
    )
    return Image.open(target.with_suffix(".png"))


def _printed(book: Path, spool: Path) -> Path:
    """A workbook printed to PDF by LibreOffice."""
    folder = spool / f"book-{book.parent.name}"
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "course_report.pdf"


def _side_by_side(pages: list[Image.Image]) -> Image.Image:
    width = sum(page.width for page in pages) + _GAP * (len(pages) + 1)
    height = max(page.height for page in pages) + 2 * _GAP
    sheet = Image.new("RGB", (width, height), _BACK)
    left = _GAP
    for page in pages:
        sheet.paste(page, (left, _GAP))
        left += page.width + _GAP
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]))
