"""Messages name only commands that exist."""

import ast
import re

from docs.build_reference import command_tree

#: A command in a text: what follows `gradeline` in its quotes, or else as many words as it may have.
COMMAND = re.compile(r"`gradeline ([^`]+)`|(?<![`/\w])gradeline ((?:[a-z-]+ ?){1,3})")


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
