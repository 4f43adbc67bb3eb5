"""Tests of settings see only the settings that they write."""

import pytest

from gradeline.settings import settings_rows


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    """No setting comes from the machine that runs the tests."""
    monkeypatch.chdir(tmp_path)
    for row in settings_rows():
        monkeypatch.delenv(row.name, raising=False)
