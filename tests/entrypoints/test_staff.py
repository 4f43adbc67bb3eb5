"""`gradeline staff`: as a person types it."""

import json

import pytest

from gradeline.entrypoints.cli.app import main


@pytest.fixture
def call(used_home, monkeypatch, capfd):
    """Calls a command in a home; returns its exit code, what it printed and what it said."""
    monkeypatch.chdir(used_home)

    def called(*words: str) -> tuple[int, str, str]:
        code = main(["staff", *words, "--home", str(used_home)])
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return called


def test_people_are_added_listed_and_removed(call):
    """By e-mail or login; a person with every right revoked is gone."""
    assert call("add", "ana@school.example", "--chat", "7")[1] == "ana@school.example is curator.\n"
    call("add", "boris", "--role", "admin", "--language", "ru")
    rows = list(map(json.loads, call("ls", "--json")[1].splitlines()))
    assert [(row["email"], row["login"], row["role"], row["language"]) for row in rows] == [
        ("ana@school.example", None, "curator", "en"),
        (None, "boris", "admin", "ru"),
    ]
    call("revoke", "boris", "--all")
    call("revoke", "7", "--all")
    assert "Nobody is of the staff." in call("ls")[1]


def test_wrong_use_says_what_to_do(call):
    """Exit 2, and a sentence."""
    refused = {
        ("revoke", "ana"): "Name groups, or give --all.",
        ("add", "ana", "--login", "anna"): "The login is given twice.",
        ("add", "ana@x.example", "--group", "A"): "A run must have read groups first.",
        ("import", "none.csv"): "It must be a CSV file in UTF-8.",
    }
    for words, said in refused.items():
        code, _, error = call(*words)
        assert (code, said in error) == (2, True), error
