"""Lines of CSV from the database: quick where nothing is suspicious, and never a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradeline.reports.export_csv import guard_lines
from gradeline.reports.plain_text import guard_formula

_TEXTS = st.text(
    st.sampled_from("=+-@＝＋－＠\t\r\n,;\"' ab\u00a0\u200b\ufeff\u3000_x000D"), max_size=6
)


def as_postgres(row: list[str]) -> bytes:
    """A line as COPY writes it."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerow(row)
    return (target.getvalue().removesuffix("\r\n") + "\n").encode()


@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=5))
def test_each_text_is_guarded_as_everywhere(rows: list[tuple[str, str]]) -> None:
    """Whatever the texts, the cells are those that the one guard makes; numbers stay."""
    lines = [as_postgres([first, "-2.5", second]) for first, second in rows]
    pieces = list(guard_lines(lines, {0, 2}))
    content = b"".join(piece for piece, _ in pieces).decode()
    found = list(csv.reader(io.StringIO(content, newline="")))
    assert found == [[guard_formula(a), "-2.5", guard_formula(b)] for a, b in rows]
    assert sum(count for _, count in pieces) == len(rows)


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "＝1+1", "\t=1", "a;=1"])
def test_no_name_of_a_learner_runs(name: str) -> None:
    """The cell begins with an apostrophe, or what would be one of another separator does."""
    ((content, _),) = guard_lines([as_postgres([name, "1"])], {0})
    assert "'" in content.decode().replace("'/c", "").replace("'!A1", "")
