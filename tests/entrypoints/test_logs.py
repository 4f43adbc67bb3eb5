"""The log takes what is for it, so that people read one message."""

import logging
from datetime import date

from gradeline.base.logs import close_log, open_log


def test_warnings_of_the_database_library_go_to_the_log(tmp_path, capfd):
    """A lost connection is told once, by us; the library's own words are in the log."""
    path = open_log(tmp_path, today=date(2024, 3, 1), keep_days=3)
    try:
        logging.getLogger("psycopg").warning("the connection is lost")
    finally:
        close_log()
    assert "WARNING psycopg: the connection is lost" in path.read_text()
    assert capfd.readouterr().err == ""
    assert logging.getLogger("psycopg").handlers == []


def test_a_log_that_cannot_be_written_says_so_once(tmp_path, capfd):
    """Where its disk is full one line tells of it, without a stack, and work goes on."""
    (tmp_path / "etl_2024-03-01.log").symlink_to("/dev/full")
    open_log(tmp_path, today=date(2024, 3, 1), keep_days=3)
    try:
        for _ in range(2):
            logging.getLogger("gradeline").warning("what nobody will read")
    finally:
        close_log()
    said = capfd.readouterr().err
    assert said.count("cannot be written: No space left on device.") == 1
    assert said.count("\n") == 1
