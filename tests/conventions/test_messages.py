"""Messages name only commands and settings that exist, and are written in plain words."""

import ast
import re

from docs.build_reference import command_tree

from gradeline.settings import settings_rows

#: A command in a text: what follows `gradeline` in its quotes, or else as many words as it may have.
COMMAND = re.compile(r"`gradeline ([^`]+)`|(?<![`/\w])gradeline ((?:[a-z-]+ ?){1,3})")

#: A hint that names a setting, and the settings in it.
HINT, SETTING = re.compile("(Check|Correct|Set|Raise) "), re.compile(r"\b[A-Z]+(?:_[A-Z]+)+\b")
#: Words of old English, and "(s)" in place of a plural form.
OLD = re.compile(r"\b(mend|anew|nought|befall|whence|thereof)\b|\(s\)", re.IGNORECASE)


def texts(product, project_files):
    """(file, text) of every string in the product's code and of every translation."""
    for path, tree in product.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path.name, node.value
    for path in project_files:
        if path.suffix == ".po":
            yield path.name, path.read_text(encoding="utf-8").replace('"\n"', "")


def exists(command, words: list[str]) -> bool:
    """Whether a command has the subcommand that these words begin with, and their options."""
    inner = getattr(command, "commands", {})
    if inner and words and not words[0].startswith("-"):
        return words[0] in inner and exists(inner[words[0]], words[1:])
    options = {option for parameter in command.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} <= options | {"--help"}


def test_every_command_that_a_message_names_exists(product, project_files):
    """A person who reads `gradeline x y --z` in a message can type it."""
    tree = command_tree()
    named = [
        (file, (match[1] or match[2]).split())
        for file, text in texts(product, project_files)
        for match in COMMAND.finditer(text)
    ]
    assert len(named) > 20
    assert [(file, words) for file, words in named if not exists(tree, words)] == []


def test_every_setting_that_a_hint_names_exists(product, project_files):
    """`Check DATABASE_URL` names a setting that there is."""
    known = {row.name for row in settings_rows()}
    hints = [text for _, text in texts(product, project_files) if HINT.match(text)]
    named = {name for hint in hints for name in SETTING.findall(hint)}
    assert len(named) >= 5
    assert sorted(named - known) == []


def test_messages_have_no_old_words(product):
    """An error says "Fix the file", and counts have plural forms."""
    calls = [node for tree in product.values() for node in ast.walk(tree) if is_call(node)]
    given = [each for call in calls for each in (*call.args, *(k.value for k in call.keywords))]
    said = [text.value for each in given for text in ast.walk(each) if is_text(text)]
    assert [text for text in said if OLD.search(text)] == []


def is_call(node: ast.AST) -> bool:
    """Whether a node calls something."""
    return isinstance(node, ast.Call)


def is_text(node: ast.AST) -> bool:
    """Whether a node is a literal text of several words."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
