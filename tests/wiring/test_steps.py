"""Each step of the wiring opens what it names, and nothing else."""

import pytest

from gradeline.base.errors import InputMissing, SourceError, WrongSetting
from gradeline.base.logs import log_ids
from gradeline.settings import read_settings
from gradeline.sources.source import PlanRequest, Source
from gradeline.warehouse.slices import ledger
from gradeline.wiring.database import wire_database
from gradeline.wiring.run import wire_run
from gradeline.wiring.unopened import open_apart

FILES = {"FILES_DATASETS": "b=builtin:oulad@builtin:aaa"}
TABLE = "a=no-mapping@postgresql://u@h/d#t?cursor=id"
AMPLITUDE = {"AMPLITUDE_WEB_API_KEY": "key", "AMPLITUDE_WEB_SECRET_KEY": "secret"}


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


def test_a_run_opens_with_a_source_whose_folder_is_missing(used_home):
    """The other sources can be collected; only reading this one fails."""
    datasets = {"FILES_DATASETS": "a=builtin:oulad@builtin:aaa;b=no-mapping@no-data"}
    settings = read_settings(home=used_home, overrides=datasets)
    with wire_run(settings, lambda _: None) as parts:
        assert len(parts.sources["files:a"].plan(PlanRequest()).slices) > 0
        with pytest.raises(InputMissing, match="no-data that FILES_DATASETS names"):
            parts.sources["files:b"].plan(PlanRequest())


@pytest.mark.parametrize(
    ("name", "setting", "message"),
    [
        ("postgres:a", {"POSTGRES_TABLES": TABLE}, "no-mapping that POSTGRES_TABLES names"),
        ("amplitude", AMPLITUDE, "field_mappings.yaml"),
    ],
)
def test_a_source_that_cannot_be_opened_stops_no_other(used_home, name, setting, message):
    """The run opens; only reading this source fails, with the reason."""
    (used_home / "field_mappings.yaml").write_text("[")
    settings = read_settings(home=used_home, overrides={**FILES, **setting})
    with wire_run(settings, lambda _: None) as parts:
        assert parts.sources["files:b"].plan(PlanRequest()).slices
        with pytest.raises(SourceError, match=message):
            parts.sources[name].plan(PlanRequest())


def test_an_unexpected_error_while_opening_ends_one_source():
    """A bug in one source is its own reason; a wrong setting is still told at once."""

    def fail(error: Exception) -> list[Source]:
        raise error

    (unopened,) = open_apart("odd", lambda: fail(KeyError("x")))
    with pytest.raises(SourceError, match="An unexpected error, KeyError: 'x'"):
        unopened.plan(PlanRequest())
    with pytest.raises(WrongSetting):
        list(open_apart("odd", lambda: fail(WrongSetting("no"))))
