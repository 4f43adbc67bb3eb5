"""Keys by URL: rotated, away, useless, and asked for no more often than needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest

from gradeline.access.keys import PublicKeys
from gradeline.base.errors import SignInUnavailable


@pytest.fixture
def asked() -> list[str]:
    """What was fetched."""
    return []


@pytest.fixture
def keys(vouching, clock, asked, json_client) -> PublicKeys:
    """The keys that the twin publishes."""

    def fetch():
        asked.append(vouching.jwks_url)
        return json_client.get(vouching.jwks_url)

    return PublicKeys(fetch, clock)


def test_a_new_key_is_found_and_the_old_one_stays(keys, vouching):
    """A rotation is noticed at the first token of the new key."""
    old = vouching.jwks.key().key_id
    assert keys.find("RS256", old) is not None
    vouching.jwks.rotate()
    assert keys.find("RS256", vouching.jwks.key().key_id) is not None
    assert keys.find("RS256", old) is not None


def test_a_withdrawn_key_ends_after_five_minutes(keys, vouching, clock):
    """A key that is published no more verifies no more."""
    old = vouching.jwks.key().key_id
    keys.find("RS256", old)
    vouching.jwks.rotate()
    vouching.jwks.keeps_old_keys = False
    clock.go_on(301)
    assert keys.find("RS256", old) is None


def test_whoever_comes_during_the_first_fetch_waits_for_it(vouching, clock, json_client):
    """Nobody with a valid token is refused because somebody else came a moment before."""
    asking, answered = Event(), Event()

    def fetch():
        asking.set()
        answered.wait(5)
        return json_client.get(vouching.jwks_url)

    keys, key_id = PublicKeys(fetch, clock), vouching.jwks.key().key_id
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(keys.find, "RS256", key_id)
        asking.wait(5)
        second = pool.submit(keys.find, "RS256", key_id)
        wait([second], timeout=0.1)
        answered.set()
        assert None not in (first.result(), second.result())


def test_unknown_ids_ask_once_a_minute(keys, clock, asked):
    """A flood of made-up key ids is no flood at the server."""
    found = [keys.find("RS256", f"made-up-{number}") for number in range(50)]
    assert (set(found), len(asked)) == ({None}, 2)
    clock.go_on(61)
    keys.find("RS256", "made-up")
    assert len(asked) == 3


@pytest.mark.parametrize("fault", ["busy", "empty", "page", "moved"])
def test_old_keys_serve_while_their_server_is_away(keys, vouching, clock, fault):
    """For a day; then nobody signs in by them."""
    key_id = vouching.jwks.key().key_id
    keys.find("RS256", key_id)
    vouching.jwks.next_faults[:] = [fault] * 2
    clock.go_on(301)
    assert keys.find("RS256", key_id) is not None
    clock.go_on(86_400)
    with pytest.raises(SignInUnavailable):
        keys.find("RS256", key_id)


def test_without_a_server_nobody_is_told_that_a_token_is_bad(clock, json_client):
    """What cannot be verified now is unavailable, and asked for again after 5 s."""
    asked = []

    def fetch():
        asked.append(1)
        return json_client.get("http://127.0.0.1:9/keys")

    keys = PublicKeys(fetch, clock)
    for _ in range(3):
        with pytest.raises(SignInUnavailable, match="does not answer"):
            keys.find("RS256", None)
    clock.go_on(6)
    with pytest.raises(SignInUnavailable):
        keys.find("RS256", None)
    assert len(asked) == 2


def test_without_an_id_the_only_key_is_meant(clock):
    """Of two keys neither is; keys for other uses, and secret ones, are none."""
    from gradeline.sandbox.jwks.twin import signing_key

    first, second = (signing_key("ES256", number).public() for number in (1, 2))
    useless = [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "secret"},
        {**second, "use": "enc"},
        {**second, "alg": "RS256"},
        {**second, "x": "AA"},
        "no key",
    ]
    one = PublicKeys(lambda: (200, {"keys": [first, *useless]}), clock)
    two = PublicKeys(lambda: (200, {"keys": [first, second]}), clock)
    assert one.find("ES256", None) is not None
    assert two.find("ES256", None) is None
    assert one.find("HS256", "secret") is None
