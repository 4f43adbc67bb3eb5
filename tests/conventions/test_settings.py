"""Every setting is read by somebody, unless it says that it is planned."""

import ast

import pytest

from gradeline.settings import settings_rows
from gradeline.settings.addresses import PLACES
from gradeline.settings.reading import Settings

HOLDERS = {"settings", "self", "base"}


@pytest.fixture(scope="module")
def read_somewhere(product) -> set[str]:
    """Names of settings that code takes from an object of settings."""
    taken = {
        node.attr
        for tree in product.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).rpartition(".")[2] in HOLDERS
    }
    return set(Settings.model_fields) & (taken | set(PLACES.values()))


def test_nothing_is_declared_before_it_works(read_somewhere):
    """A setting is planned exactly when no code reads it."""
    planned = {row.name.lower() for row in settings_rows() if row.planned}
    assert planned == set(Settings.model_fields) - read_somewhere


def test_every_setting_has_one_line(root):
    """A description is one line, starts with a capital and ends without a full stop."""
    said = [row.description for row in settings_rows()]
    assert [s for s in said if "\n" in s or not s[0].isupper() or s.endswith(".")] == []


def test_the_package_that_a_setting_names_exists(root):
    """A setting that is in use names a package that exists."""
    packages = {row.package for row in settings_rows() if not row.planned}
    home = root / "src" / "gradeline"
    assert [name for name in sorted(packages) if not (home / name).is_dir()] == []
