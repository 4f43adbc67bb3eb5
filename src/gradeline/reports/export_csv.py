"""Lines of CSV that the database wrote, with no cell that can run as a formula.

The database writes a million lines in seconds. All but a few hold nothing that could begin a
formula, which one search over a thousand lines shows; only the others are taken apart.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from gradeline.records.ids import BLANK
from gradeline.reports.plain_text import guard_formula

#: Python's writer quotes a cell with either of these signs, as PostgreSQL does, if lines end so.
_END = "\r\n"
#: Lines that are searched at once.
_LINES = 1_000
#: Whatever `guard_formula` would change is found by it; it may find more.
_SUSPICIOUS = re.compile(
    rf'(?:^|[",;\t\r\n])(?:{BLANK})?[=+\-@＝＋－＠]|\t|"[ \u00a0\ufeff\u200b]*[\r\n]', re.MULTILINE
)


def guard_lines(lines: Iterable[bytes], texts: Collection[int]) -> Iterator[tuple[bytes, int]]:
    """Yield the lines in pieces, each with the number of its lines; texts in them are guarded.

    Args:
        lines: each one record in UTF-8, quoted as by PostgreSQL, and with its line end.
        texts: the places of the columns that hold texts of people; others are numbers and days.
    """
    source = iter(lines)
    while chunk := list(islice(source, _LINES)):
        whole = b"".join(chunk)
        if _SUSPICIOUS.search(whole.decode()):
            whole = "".join(_guarded(line.decode(), texts) for line in chunk).encode()
        yield whole, len(chunk)


def _guarded(line: str, texts: Collection[int]) -> str:
    if not _SUSPICIOUS.search(line):
        return line
    (cells,) = csv.reader([line], strict=True)
    target = io.StringIO(newline="")
    guarded = [guard_formula(cell) if at in texts else cell for at, cell in enumerate(cells)]
    csv.writer(target, lineterminator=_END).writerow(guarded)
    return target.getvalue().removesuffix(_END) + "\n"
