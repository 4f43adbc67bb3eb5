"""Each step of the wiring opens what it names, and nothing else."""

from gradeline.base.logs import log_ids
from gradeline.settings import read_settings
from gradeline.warehouse.slices import ledger
from gradeline.wiring.database import wire_database


def test_the_database_opens_without_the_sources(used_home):
    """A folder of FILES_DATASETS that is not there does not stop commands that only list."""
    missing = {"FILES_DATASETS": "school=no-mapping@no-data"}
    settings = read_settings(home=used_home, overrides=missing)
    with (
        wire_database(settings, lambda _: None) as database,
        database.connect() as connection,
    ):
        assert list(ledger.read_entries(connection)) == []


def test_an_error_that_ends_the_work_is_logged_without_secrets(used_home):
    """The log of the home has the message with the id of its run, a password in it masked."""
    settings = read_settings(home=used_home, overrides={"SENDER_PASSWORD": "hunter22"})
    try:
        with log_ids(run="8f14e45f"), wire_database(settings, lambda _: None):
            int("hunter22 is not a number")
    except ValueError:
        (log,) = (used_home / "logs").iterdir()
    text = log.read_text(encoding="utf-8")
    assert "ERROR gradeline.wiring.home: an unexpected error run=8f14e45f" in text
    assert text.endswith("'*** is not a number'\n")
