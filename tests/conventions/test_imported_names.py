"""Tests, proofs, benchmarks and the scripts of docs name only what exists."""

import ast
import importlib
import importlib.util
from pathlib import Path

import pytest

OURS = {"bench", "gradeline", "proofs", "tests"}


def imported_names(tree: ast.Module) -> list[tuple[str, str]]:
    """Module and name of every `from ours import name`."""
    return [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        if node.module.partition(".")[0] in OURS
        for alias in node.names
    ]


def exists(module: str, name: str) -> bool:
    """Whether a module has that name, or a package that module."""
    try:
        found = importlib.import_module(module)
    except ImportError:
        return False
    if hasattr(found, name):
        return True
    return hasattr(found, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None


@pytest.mark.parametrize("folder", ["bench", "docs", "proofs", "tests"])
def test_every_imported_name_exists(folder, code, root):
    """A name that code beside the product imports is there after every renaming."""
    trees = {path: tree for path, tree in code.items() if root / folder in path.parents}
    wanted: dict[tuple[str, str], Path] = {}
    for path, tree in trees.items():
        wanted |= dict.fromkeys(imported_names(tree), path)
    missing = [f"{path}: {name}" for name, path in wanted.items() if not exists(*name)]
    assert missing == []
