"""The log of a home: the school's day, in the folder that a setting names."""

from __future__ import annotations

import logging

import pytest

from gradeline.base.clock import now, school_day
from gradeline.settings import read_settings
from gradeline.wiring.home import open_home


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_log_is_of_the_school_s_day(tmp_path, zone):
    """These two zones are never in the same day; each has its own file, in LOG_DIR."""
    written = {"SCHOOL_TIMEZONE": zone, "LOG_DIR": str(tmp_path / "elsewhere")}
    settings = read_settings(home=tmp_path / "home", overrides=written)
    with open_home(settings):
        logging.getLogger("gradeline.test").info("a line")
    (file,) = (tmp_path / "elsewhere").iterdir()
    assert file.name == f"etl_{school_day(now(), zone)}.log"
    assert not (tmp_path / "home" / "logs").exists()


def test_old_logs_are_deleted_after_the_days_that_are_set(tmp_path):
    """LOG_RETENTION_DAYS=3 by default: what is older goes when a command starts."""
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "etl_2020-01-01.log").touch()
    (logs / "notes.txt").touch()
    with open_home(read_settings(home=tmp_path, overrides={})):
        logging.getLogger("gradeline.test").info("a line")
    assert sorted(path.name for path in logs.iterdir()) == [
        f"etl_{school_day(now(), 'UTC')}.log",
        "notes.txt",
    ]
