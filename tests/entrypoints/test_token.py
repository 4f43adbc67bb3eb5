"""`gradeline token`: as a person types it, and what the token then signs in as."""

import json

import pytest

from gradeline.access.permissions import Permission, Role
from gradeline.base.errors import SignInNeeded
from gradeline.entrypoints.cli.app import main
from gradeline.settings import read_settings
from gradeline.wiring.database import wire_database
from gradeline.wiring.sign_in import wire_sign_in


@pytest.fixture
def call(used_home, monkeypatch, capfd):
    """Calls a command in a home; returns its exit code, what it printed and what it said."""
    monkeypatch.chdir(used_home)

    def called(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--home", str(used_home)])
        printed = capfd.readouterr()
        return code, printed.out.strip(), printed.err

    return called


def test_a_token_signs_in_until_it_is_revoked(call, used_home):
    """It is printed once; the list and the log have how it begins, and no more."""
    call("staff", "add", "boris", "--role", "admin")
    token = call("token", "add", "nightly", "--as", "boris", "--warehouse", "read")[1]
    (row,) = map(json.loads, call("token", "ls", "--json")[1].splitlines())
    assert (row["token"], row["acts as"], row["state"]) == (token[:11], "boris", "valid")
    settings = read_settings(home=used_home)
    with wire_database(settings, print) as database:
        principal = wire_sign_in(settings, database).principal_of(token)
        assert (principal.role, principal.login) == (Role.ADMIN, "boris")
        assert principal.may(Permission.READ_WAREHOUSE)
        assert "is revoked" in call("token", "revoke", "nightly")[1]
        with pytest.raises(SignInNeeded, match="was revoked"):
            wire_sign_in(settings, database).principal_of(token)
    kept = [path for path in used_home.rglob("*.log") if token in path.read_text(errors="replace")]
    assert kept == []


def test_wrong_use_says_what_to_do(call):
    """Exit 2, and a sentence."""
    refused = {
        ("add", "x"): "Give --as, --role or --warehouse.",
        ("add", "x", "--role", "learner"): "No token has the role learner.",
        ("revoke", "gl_nothing"): "There is no such token.",
        (): "Give a command (add, ls, revoke), or --link.",
    }
    for words, said in refused.items():
        code, _, error = call("token", *words)
        assert (code, said in error) == (2, True), error


def test_a_link_is_printed_alone(call):
    """A program can read it; a person reads what it is."""
    code, printed, said = call("token", "--link")
    assert (code, printed.partition("=")[0]) == (0, "http://127.0.0.1:8000/sign-in?link")
    assert "within half an hour" in said
