"""The command `gradeline`: its list of commands, and what it says about a wrong one."""

import json

import pytest

from gradeline.entrypoints.cli.app import COMMANDS, load_command, main


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_describes_each_command_as_it_does_itself(name):
    """The line of a command in `gradeline --help` is the first line of its own help."""
    assert load_command(name).help.splitlines()[0] == COMMANDS[name][1]


def test_a_wrong_command_is_answered_with_a_similar_one(capfd):
    """A misspelled command ends with exit code 2 and the name that was probably meant."""
    assert main(["slcies"]) == 2
    printed = capfd.readouterr().err
    assert printed.startswith("gradeline: No such command 'slcies'. Did you mean 'slices'")
    assert printed.endswith("'? See `gradeline --help`.\n")


def test_a_wrong_option_is_refused(capfd):
    """An unknown option of a command ends with exit code 2."""
    assert main(["run", "--nope"]) == 2
    assert "No such option: --nope" in capfd.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "HOME", "--json", "settings"],
        ["settings", "--home", "HOME", "--json"],
        ["--home", "other", "settings", "--json", "--home=HOME"],
    ],
)
def test_home_and_json_are_understood_before_and_after_the_command(words, capfd, tmp_path):
    """Wherever they stand, the command works in that folder and prints JSON."""
    home = str(tmp_path / "school")
    assert main([word.replace("HOME", home) for word in words]) == 0
    first = json.loads(capfd.readouterr().out.splitlines()[0])
    assert (first["name"], first["value"], first["from"]) == ("GRADELINE_HOME", home, "command")


def test_a_group_of_commands_takes_the_home_as_well(used_home, capfd):
    """`--home` may stand between `slices` and `ls`."""
    assert main(["slices", "--home", str(used_home), "ls", "--json"]) == 0
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("words", [[], ["slices"]])
def test_without_a_command_the_help_is_printed_and_where_to_start(words, capfd):
    """A bare `gradeline` ends with exit code 2, the list of commands and a first step."""
    assert main(words) == 2
    printed = capfd.readouterr()
    assert "Usage:" in printed.out
    assert printed.err == (
        "gradeline: No command was given. Start with `gradeline demo`, or with `gradeline run`.\n"
    )


def test_a_command_without_figures_answers_in_json_as_well(tmp_path, capfd):
    """`stop --json` says whether a server ran."""
    assert main(["stop", "--json", "--home", str(tmp_path)]) == 0
    assert json.loads(capfd.readouterr().out) == {"stopped": False}


def test_a_number_with_a_minus_is_told_how_to_be_written(capfd):
    """The id of a Telegram group is no option."""
    assert main(["recipients", "add", "telegram", "-1001234567890"]) == 2
    assert "Write `--` before a number that begins with a minus." in capfd.readouterr().err
