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
