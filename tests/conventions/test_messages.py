"""Messages name only commands and settings that exist, and are written in plain words."""

import ast
import re

import pytest
from docs.build_reference import command_tree

from gradeline.settings import settings_rows

COMMAND = re.compile(r"`gradeline ((?:[a-z-]+ ?)+)")
SETTING = re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")
#: Words of old English, and "(s)" in place of a plural form.
OLD = re.compile(r"\b(mend|anew|nought|befall|whence|thereof)\b|\(s\)")
#: Names in capitals that no setting has: values, codes and files of other programs.
OTHER_NAMES = {"PG_VERSION", "CHANNEL_BINDING"}


@pytest.fixture(scope="module")
def messages(root) -> list[str]:
    """What the code says to people: arguments of errors, their hints, and texts on the screen."""
    calls = [
        node
        for path in (root / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    texts = [each for call in calls for each in (*call.args, *(k.value for k in call.keywords))]
    return [found for found in map(text, texts) if " " in found]


def text(node: ast.expr) -> str:
    """The text of a string, `…` where a value is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text(part) for part in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return "…" if isinstance(node, ast.FormattedValue) else ""


def test_every_command_that_a_message_names_exists(messages):
    """A hint such as `gradeline slices ls` can be run."""
    named = {found.strip() for message in messages for found in COMMAND.findall(message)}
    assert len(named) >= 5
    assert sorted(found for found in named if not exists(found.split())) == []


def exists(words: list[str]) -> bool:
    """Whether there is a command of these words, its options too."""
    command = command_tree()
    for word in words:
        if word.startswith("--"):
            return word in {"--help", *(name for each in command.params for name in each.opts)}
        command = getattr(command, "commands", {}).get(word)
        if command is None:
            return False
    return True


def test_every_setting_that_a_hint_names_exists(messages):
    """`Check DATABASE_URL` names a setting that there is."""
    known = {row.name for row in settings_rows()} | OTHER_NAMES
    hints = [message for message in messages if re.match(r"(Check|Correct|Set|Raise) ", message)]
    named = {name for hint in hints for name in SETTING.findall(hint)}
    assert len(named) >= 5
    assert sorted(name for name in named if name not in known) == []


def test_messages_have_no_old_words(messages):
    """Nobody is told to mend a file or that something is counted anew."""
    assert [message for message in messages if OLD.search(message)] == []
