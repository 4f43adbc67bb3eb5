"""`gradeline install` and `gradeline schema`, as far as they need no server."""

from __future__ import annotations

import pytest

from gradeline.entrypoints.cli.app import main


@pytest.fixture
def call(tmp_path, monkeypatch, capfd):
    """Calls a command whose home does not exist; returns its exit code and all that it said."""
    monkeypatch.chdir(tmp_path)

    def called(*words: str) -> tuple[int, str]:
        code = main([*words, "--home", str(tmp_path / "home")])
        printed = capfd.readouterr()
        return code, printed.out + printed.err

    return called


def test_a_plan_for_nothing_makes_nothing(call, tmp_path):
    """Where there is no database, `--plan` says that it would be made, and makes no folder."""
    code, said = call("install", "--plan", "--all-stages")
    assert (code, "Would make the database" in said) == (0, True)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("install", "--stage", "9.9"), "Stages are 1.0, 1.1"),
        (("install", "--stage", "1.0", "--all-stages"), "contradict each other"),
        (("schema", "picture", "schema.gif"), "end in .svg or .png"),
        (("schema", "picture", "--only", "cats"), "Topics are bot, collecting"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_made(call, words, why, tmp_path):
    """A wrong stage, file or topic ends with 2, and there is no home."""
    code, said = call(*words)
    assert (code, why in said) == (2, True), said
    assert not (tmp_path / "home").exists()
