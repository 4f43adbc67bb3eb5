"""The command `gradeline`: its list of commands, and what it says about a wrong one."""

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
    assert "No such option: --nope. See `gradeline --help`." in capfd.readouterr().err
