"""`gradeline schedules`: what the worker does and when, as a person reads and changes it."""

import json

import pytest

from gradeline.entrypoints.cli.app import main


@pytest.fixture
def call(used_home, monkeypatch, capfd):
    """Calls a command in a home; returns its exit code, what it printed and what it said."""
    monkeypatch.chdir(used_home)
    monkeypatch.setenv("SCHOOL_TIMEZONE", "Europe/Madrid")

    def called(*words: str) -> tuple[int, str, str]:
        code = main(["schedules", *words, "--home", str(used_home)])
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return called


def test_schedules_of_settings_and_own_ones_are_listed_with_their_next_three_times(call):
    """Times are the school's; a paused one has none, and is due again when it is resumed."""
    code, said, _ = call("add", "monday", "30 7 * * 1", "run", "course=maths/2024")
    assert (code, said.startswith("The schedule monday is due next at ")) == (0, True)
    call("pause", "collect")
    rows = {row["name"]: row for row in map(json.loads, call("ls", "--json")[1].splitlines())}
    assert list(rows) == ["backup", "batch", "bot_backup", "collect", "levels", "monday"]
    assert rows["collect"]["next"] == []
    assert rows["monday"]["job"] == "run course=maths/2024"
    assert {time[10:16] for time in rows["batch"]["next"]} == {"T08:00"}
    assert len(rows["batch"]["next"]) == 3
    assert "T02:00" in call("resume", "collect")[1]


def test_what_cannot_be_is_refused_with_what_can(call):
    """A job, an argument, a line and a name that do not exist end with 2 and say what does."""
    refused = {
        ("add", "x", "0 8 * * *", "bake"): "Jobs are collect, run, deliver",
        ("add", "x", "0 8 * *", "run"): "is not a cron line",
        ("add", "batch", "0 8 * * *", "run"): "Change SCHEDULE_BATCH",
        ("pause", "x"): "Known: backup, batch, bot_backup, collect, levels.",
        ("rm", "batch"): "gradeline schedules pause batch",
    }
    for words, said in refused.items():
        code, _, error = call(*words)
        assert (code, said in error) == (2, True), error
