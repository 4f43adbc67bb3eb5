"""What comes from elsewhere commands neither a terminal nor a log."""

import logging
from datetime import date

import pytest

from gradeline.base.logs import close_log, open_log
from gradeline.base.printable import one_line, printable

#: Text → as it is shown.
SHOWN = {
    "Ann\x1b]52;c;cm0=\x07": "Ann\\x1b]52;c;cm0=\\x07",
    "a\x9b31mred": "a\\x9b31mred",
    "two\r\nlines\tand a tab": "two\\x0d\nlines\tand a tab",
    "\u202eevil\u2066": "\\u202eevil\\u2066",
    "Мария Núñez 👩‍🎓": "Мария Núñez 👩‍🎓",
}


@pytest.mark.parametrize("text", SHOWN)
def test_what_a_terminal_would_obey_is_written_out(text):
    """Letters of every script, emoji and line ends stay."""
    assert printable(text) == SHOWN[text].replace("\\x0d", "\\r")


def test_a_message_in_a_log_is_one_line(tmp_path):
    """A line end that a system sends begins no line of its own in our log."""
    open_log(tmp_path, today=lambda: date(2026, 12, 1), keep_days=3)
    logging.getLogger("gradeline").error("it said %s", "x\n2026-12-01 INFO forged\x1b[1m")
    close_log()
    (line,) = (tmp_path / "etl_2026-12-01.log").read_text().splitlines()
    assert line.endswith(one_line("it said x\n2026-12-01 INFO forged\x1b[1m"))
