"""What a command prints, and where."""

import json

import pytest

from gradeline.entrypoints.cli.screen import Screen


@pytest.fixture
def terminal(monkeypatch):
    """Standard error is taken for a terminal of 120 columns."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.usefixtures("terminal")
def test_progress_shows_what_is_done_the_rate_and_an_estimate(capfd):
    """Slices done of all, how many in a minute, and when it will be over."""
    with Screen(json=False).progress("Collecting") as move:
        for done in range(1, 6):
            move(done, 10, "grader/attempts/2024-01-11T05")
    output = capfd.readouterr().err
    assert "5/10" in output
    assert "/min" in output
    assert "grader/attempts/2024-01-11T05" in output


def test_machines_see_no_progress(capfd):
    """With --json nothing but answers is printed."""
    screen = Screen(json=True)
    with screen.progress("Collecting") as move:
        move(1, 2, "x")
    screen.answer("One slice.", slices=1)
    printed = capfd.readouterr()
    assert (json.loads(printed.out), printed.err) == ({"slices": 1}, "")


def test_words_of_a_source_are_no_markup(capfd):
    """What looks like a style is printed as it is."""
    Screen(json=False).say("[red]held[/red] 'a' [1]")
    assert "[red]held[/red] 'a' [1]" in capfd.readouterr().err


def test_no_text_of_a_source_commands_the_terminal(capfd):
    """Notices, answers and cells write out what would fill a clipboard or hide a line."""
    screen, evil = Screen(json=False), "\x1b]52;c;cm0=\x07"
    screen.say(evil)
    screen.answer(evil)
    screen.table(("slice",), [(evil,)])
    printed = capfd.readouterr()
    assert (printed.out + printed.err).count("\\x1b]52;c;cm0=\\x07") == 3
    assert "\x1b" not in printed.out + printed.err


def test_the_last_column_of_a_table_is_not_padded(capfd):
    """A line ends with its last text, however long that column is in other rows."""
    Screen(json=False).table(("slice", "reason"), [("a", "x" * 300), ("b", None)])
    assert capfd.readouterr().out == f"slice  reason\na      {'x' * 300}\nb\n"


def test_notices_are_not_wrapped_into_a_pipe(capfd):
    """Where standard error is no terminal, a long notice is one line."""
    notice = "To remove them, run `gradeline slices drop SLICE`. " * 9
    Screen(json=False).say(notice)
    assert capfd.readouterr().err == f"{notice}\n"
