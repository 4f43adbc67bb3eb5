"""Yandex ID: only tokens of our own application, and rights by login."""

from __future__ import annotations

import pytest

from gradeline.access.permissions import Permission
from gradeline.access.yandex_id import YandexId, authorization_link
from gradeline.base.errors import SignInNeeded, SignInUnavailable
from gradeline.sandbox.yandex.twin import CLIENT_ID

VASYA, MASHA = "y0_sandbox-token-of-vasya", "y0_sandbox-token-of-masha"


@pytest.fixture
def verifier(vouching, clock, json_client) -> YandexId:
    """Asks the twin; Vasya may read, Masha may write."""
    return YandexId(
        CLIENT_ID,
        readers=["Vasya"],
        writers=["masha"],
        fetch=json_client.get,
        clock=clock,
        address=vouching.yandex_url,
    )


def test_a_token_of_ours_names_its_login(verifier, clock):
    """Write includes read, and capitals make no difference."""
    vasya, masha = verifier.identify(VASYA), verifier.identify(MASHA)
    assert (vasya.login, vasya.granted) == ("vasya", {Permission.READ_WAREHOUSE})
    assert masha.granted == {Permission.READ_WAREHOUSE, Permission.WRITE_WAREHOUSE}
    assert (vasya.principal, vasya.valid_until) == (None, clock() + 60)


def test_a_minimal_profile_is_enough(verifier, vouching):
    """A token without rights at Yandex ID still says login and application."""
    vouching.yandex.next_faults[:] = ["minimal"]
    assert verifier.identify(VASYA).login == "vasya"


@pytest.mark.parametrize(
    ("fault", "error", "said"),
    [
        ("foreign", SignInNeeded, "another application"),
        ("nameless", SignInNeeded, "does not say whose"),
        ("busy", SignInUnavailable, "429"),
        ("page", SignInUnavailable, "no profile"),
    ],
)
def test_a_wrong_answer_signs_nobody_in(verifier, vouching, fault, error, said):
    """Also where Yandex answers 200: any token of any application is valid there."""
    vouching.yandex.next_faults[:] = [fault]
    with pytest.raises(error, match=said):
        verifier.identify(VASYA)


def test_a_revoked_token_is_refused(verifier, vouching):
    """Yandex knows it no longer."""
    del vouching.yandex.tokens[VASYA]
    with pytest.raises(SignInNeeded, match="no longer"):
        verifier.identify(VASYA)


@pytest.mark.parametrize(
    "token", ["short", "with space in it", "a" * 3000, "x\r\nHost: evil", "ключ"]
)
def test_what_is_no_token_is_not_sent(clock, token):
    """Yandex is not asked."""

    def fetch(url, headers):
        raise AssertionError(url)

    with pytest.raises(SignInNeeded):
        YandexId(CLIENT_ID, fetch=fetch, clock=clock).identify(token)


def test_the_link_that_gives_a_token_names_our_application():
    """As Yandex documents it."""
    link = "https://oauth.yandex.ru/authorize?response_type=token&client_id=abc"
    assert authorization_link("abc") == link
