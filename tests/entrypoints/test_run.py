"""What `gradeline run` says when something could not be read."""

from gradeline.entrypoints.cli.run import finish
from gradeline.entrypoints.cli.screen import Screen
from gradeline.flows.collect.outcome import CollectOutcome
from gradeline.flows.run import RunResult
from gradeline.records.slices import Slice

SLICES = [Slice(source="files:school", stream=name, window="a.csv") for name in ("items", "plan")]


def test_one_mistake_is_told_once(capfd):
    """Slices that one empty file stopped are counted, not named with the same words each."""
    failed = tuple((each, "a.csv is empty.") for each in SLICES)
    done = CollectOutcome(slices=2, failed=failed)
    code = finish(RunResult(collected=(("files:school", done),)), Screen(json=False))
    told = capfd.readouterr().err
    assert code == 1
    assert told.count("is empty") == 1
    assert "items/a.csv and 1 more failed" in told


def test_a_source_that_cannot_be_read_says_why_once(capfd):
    """The reason stands in one line, beside the count that nothing was read."""
    done = CollectOutcome(unread="The folder is not there.")
    finish(RunResult(collected=(("files:school", done),)), Screen(json=False))
    heard = capfd.readouterr()
    assert heard.out == "files:school: nothing was read.\n"
    assert heard.err == "files:school could not be read: The folder is not there.\n"
