"""What the data-quality block of a report says is in words of its reader."""

import re
from pathlib import Path

import pytest

import gradeline.sources
from gradeline.base.languages import LANGUAGES, language
from gradeline.records.data_quality import WaitingRecords
from gradeline.reports.data_quality import waiting_line

SOURCES = Path(gradeline.sources.__file__).parent
REASON = re.compile(r'"([a-z]+(?:_[a-z]+)+)(?:: |", f?"(?:is |holds ))')
CODES = {code for path in SOURCES.rglob("*.py") for code in REASON.findall(path.read_text())}


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_reason_of_the_quarantine_has_words_in_each_language(code):
    """A teacher reads why a record waits, not a code of the program."""
    waiting = WaitingRecords(
        source="s", stream="attempts", records=2, received=9, reasons=((code, 2),), of_course=True
    )
    for each in LANGUAGES:
        assert code not in waiting_line(waiting, language(each))
