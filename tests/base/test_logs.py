"""The log takes what is for it, so that people read one message."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

from gradeline.base.logs import close_log, log_ids, open_log, share_log_ids
from gradeline.base.masking import SECRETS

DAY = date(2024, 3, 1)
NAME = "etl_2024-03-01.log"


@contextmanager
def log(folder, today=lambda: DAY, **options):
    """A log that is open for the block; gives Gradeline's logger."""
    open_log(folder, today=today, keep_days=3, **options)
    try:
        yield logging.getLogger("gradeline.flows.run")
    finally:
        close_log()


def test_warnings_of_the_database_library_go_to_the_log(tmp_path, capfd):
    """A lost connection is reported once, by us; the library's own words are in the log."""
    with log(tmp_path):
        logging.getLogger("psycopg").warning("the connection is lost")
    assert "WARNING psycopg: the connection is lost" in (tmp_path / NAME).read_text()
    assert capfd.readouterr().err == ""
    assert logging.getLogger("psycopg").handlers == []


def test_a_log_that_cannot_be_written_says_so_once(tmp_path, capfd):
    """If its disk is full one line says so, without a stack trace, and work goes on."""
    (tmp_path / NAME).symlink_to("/dev/full")
    with log(tmp_path) as logger:
        for _ in range(2):
            logger.warning("a line that is lost")
    output = capfd.readouterr().err
    assert output.count("cannot be written: No space left on device.") == 1
    assert output.count("\n") == 1


def test_each_line_has_the_id_of_its_run(tmp_path):
    """Ids stand behind the message, those of the inner block too, and end with their block."""
    with log(tmp_path) as logger:
        with log_ids(run="8f14e45f"), log_ids(job="7"):
            logger.info("in a job")
        logger.info("after it")
    first, second = (tmp_path / NAME).read_text().splitlines()
    assert first.endswith("Z INFO gradeline.flows.run: in a job run=8f14e45f job=7")
    assert second.endswith("INFO gradeline.flows.run: after it")


def test_threads_of_a_pool_log_the_ids_of_who_started_it(tmp_path):
    """A line logged while fetching in a thread names the run it belongs to."""
    with (
        log(tmp_path) as logger,
        log_ids(run="8f14e45f"),
        ThreadPoolExecutor(1, initializer=share_log_ids()) as pool,
    ):
        pool.submit(logger.info, "fetched").result()
    assert (tmp_path / NAME).read_text().endswith("fetched run=8f14e45f\n")


def test_a_line_is_json_where_that_is_set(tmp_path):
    """A JSON line has time, level, logger, message, ids and the stack trace of an error."""
    with log(tmp_path, as_json=True) as logger, log_ids(run="8f14e45f"):
        try:
            int("wrong")
        except ValueError:
            logger.exception("it failed: «%s»", "ñ")
    line = json.loads((tmp_path / NAME).read_text())
    assert line.pop("exception").endswith("base 10: 'wrong'")
    assert len(line.pop("time")) == len("2024-03-01T00:00:00Z")
    assert line == {
        "level": "ERROR",
        "logger": "gradeline.flows.run",
        "message": "it failed: «ñ»",
        "run": "8f14e45f",
    }


def test_secrets_are_masked(tmp_path):
    """A secret that an error quotes is not written; a word that only contains it is."""
    SECRETS.add(["hunter22", "ab"])
    with log(tmp_path) as logger:
        logger.error("refused: token=hunter22 for hunter2200 ab")
    assert "refused: token=*** for hunter2200 ab" in (tmp_path / NAME).read_text()


def test_a_new_day_has_a_new_file(tmp_path):
    """A process that lives past midnight goes on in the next day's file, and drops old ones."""
    days = [DAY]
    (tmp_path / "etl_2024-02-27.log").touch()
    with log(tmp_path, today=lambda: days[-1]) as logger:
        logger.info("first")
        days.append(date(2024, 3, 2))
        logger.info("second")
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, "etl_2024-03-02.log"]
    assert (tmp_path / "etl_2024-03-02.log").read_text().endswith("second\n")


def test_a_file_of_a_day_that_does_not_exist_is_left_alone(tmp_path):
    """Somebody's `etl_2024-02-30.log` ends no run and is not deleted."""
    strange = tmp_path / "etl_2024-02-30.log"
    strange.touch()
    with log(tmp_path) as logger:
        logger.info("first")
    assert strange.exists()


def test_debug_writes_more(tmp_path):
    """Records of level DEBUG are written only where that is set."""
    for debug in (False, True):
        with log(tmp_path, debug=debug) as logger:
            logger.debug("details")
    assert (tmp_path / NAME).read_text().count("details") == 1
