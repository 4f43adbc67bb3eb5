"""Every code with which a record is rejected has words for the readers of reports."""

import re
from collections.abc import Iterator
from pathlib import Path

from gradeline.records.tables import CANONICAL
from gradeline.reports.data_quality import REASON_WORDS
from gradeline.sources.product_events.answer_values import NO_FIT, NUMBERS
from gradeline.sources.tabular.checks import row_checks, typed_columns
from gradeline.sources.tabular.streams import content_schema

SOURCES = Path(__file__).parents[2] / "src" / "gradeline" / "sources"
#: The begin of a text like `bad_number: score is 'abc'`, in Python or SQL.
REASON = re.compile(r"""["']([a-z_]{3,}): """)
CODE = re.compile(r'code="([a-z_]+)"')


def written_codes() -> Iterator[tuple[str, str]]:
    """Yield (file, code) of each reason that stands in the code of sources."""
    for path in sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("*.sql")]):
        text = path.read_text(encoding="utf-8")
        for found in (*REASON.finditer(text), *CODE.finditer(text)):
            yield path.name, found[1]


def checked_codes() -> Iterator[str]:
    """Yield the codes of the checks that are made from the canonical tables."""
    for name, table in CANONICAL.items():
        given = {field.name: "VARCHAR" for field in content_schema(name)}
        known = {column: "known" for column, _, _ in table.references}
        checks = [*row_checks(name, given, known), *typed_columns(name, given)[1]]
        yield from (check.code for check in checks)
    yield from (NO_FIT[0], *(rule.code for rule in NUMBERS.values()))


def test_every_reject_code_has_words():
    """Reports print no code such as `error_value`."""
    written = {code for _, code in written_codes()}
    assert {"error_value", "bad_encoding", "outside_window", "missing"} <= written
    assert (written | set(checked_codes())) - REASON_WORDS.keys() == set()


def test_no_words_stand_for_a_code_that_is_never_written():
    """A code that left the code takes its words along."""
    assert (
        REASON_WORDS.keys() - {code for _, code in written_codes()} - set(checked_codes()) == set()
    )
