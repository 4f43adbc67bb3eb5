"""Signing in: kinds of tokens, what is remembered, what is refused, who has to wait."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from gradeline.access.api_tokens import make_token
from gradeline.access.expiring import ExpiringCache
from gradeline.access.guesses import Guesses, name_of_client
from gradeline.access.identities import Identity
from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal
from gradeline.access.sign_in import SignIn, TokenKind, kind_of
from gradeline.base.errors import SignInNeeded, TooManyRequests

ADMIN = Principal(role=Role.ADMIN, login="ada")
READ = frozenset({Permission.READ_WAREHOUSE})


@dataclass
class Verifying:
    """Knows tokens of one kind, and counts how often it is asked."""

    clock: object
    known: dict[str, Identity] = field(default_factory=dict)
    asked: int = 0

    def identify(self, token: str) -> Identity:
        """See `Verifier`."""
        self.asked += 1
        if token not in self.known:
            raise SignInNeeded("No such token.")
        return replace(self.known[token], valid_until=self.clock() + 60)


@pytest.fixture
def verifying(clock) -> Verifying:
    """Knows one token with claims, one of the staff, one of a stranger."""
    known = {
        "a-token-with-claims": Identity(login="ada", principal=ADMIN, valid_until=0),
        "a-token-of-vasya": Identity(login="vasya", granted=READ, valid_until=0),
        "a-token-of-a-stranger": Identity(login="stranger", granted=READ, valid_until=0),
    }
    return Verifying(clock, known)


@pytest.fixture
def sign_in(verifying, staff, clock) -> SignIn:
    """Takes the tokens of one verifier, and one link."""
    links = {"link": "a token"}
    return SignIn(
        {TokenKind.YANDEX: verifying, TokenKind.JWT: verifying},
        staff=staff,
        redeem=lambda digest: links.pop("link", None),
        hint="Get one.",
        clock=clock,
    )


def test_a_token_shows_its_kind_by_its_form():
    """Prefix, three parts, or else Yandex."""
    tokens = {make_token().text: TokenKind.API_TOKEN, "a.b.c": TokenKind.JWT}
    tokens |= {"y0_AgAAAA": TokenKind.YANDEX, "": TokenKind.YANDEX, "a.b": TokenKind.YANDEX}
    assert {token: kind_of(token) for token in tokens} == tokens


def test_claims_win_and_the_staff_fills_in(sign_in, staff):
    """Who is nobody's has what was granted by name alone."""
    assert sign_in.principal_of("a-token-with-claims") == ADMIN
    assert staff.asked == 0
    vasya = sign_in.principal_of("a-token-of-vasya")
    assert (vasya.role, vasya.groups, vasya.login) == (Role.CURATOR, {"groups:A"}, "vasya")
    assert vasya.may(Permission.READ_WAREHOUSE)
    stranger = sign_in.principal_of("a-token-of-a-stranger")
    assert (stranger.role, stranger.granted) == (Role.GUEST, READ)


def test_what_is_known_is_not_asked_again(sign_in, verifying, staff, clock):
    """The verifier once a minute, the staff every five seconds."""
    for _ in range(10):
        sign_in.principal_of("a-token-of-vasya")
    assert (verifying.asked, staff.asked) == (1, 1)
    clock.go_on(6)
    sign_in.principal_of("a-token-of-vasya")
    assert (verifying.asked, staff.asked) == (1, 2)
    clock.go_on(60)
    sign_in.principal_of("a-token-of-vasya")
    assert verifying.asked == 2


def test_a_right_that_is_taken_away_ends_in_seconds(sign_in, staff, clock):
    """The staff's word counts, and not the token's age."""
    sign_in.principal_of("a-token-of-vasya")
    staff.people.clear()
    clock.go_on(6)
    assert sign_in.principal_of("a-token-of-vasya").role is Role.GUEST


@pytest.mark.parametrize("bearer", ["", "ключ", "a\tb", "x" * 9000, "\udc80", "gl_x"])
def test_what_signs_nobody_in_says_how_to_get_a_token(sign_in, bearer):
    """The hint is that of the wiring; a kind that is not set is named."""
    with pytest.raises(SignInNeeded) as refused:
        sign_in.principal_of(bearer)
    assert refused.value.hint == "Get one."


def test_who_guesses_has_to_wait_longer_each_time(sign_in, clock):
    """Ten wrong tokens are free; valid ones in use go on meanwhile."""
    sign_in.principal_of("a-token-with-claims", "192.0.2.1")
    for number in range(10):
        with pytest.raises(SignInNeeded):
            sign_in.principal_of(f"guess-number-{number}", "192.0.2.1")
    with pytest.raises(TooManyRequests) as waiting:
        sign_in.principal_of("a-token-of-vasya", "192.0.2.1")
    assert waiting.value.retry_after_s == 1
    assert sign_in.principal_of("a-token-with-claims", "192.0.2.1") == ADMIN
    assert sign_in.principal_of("a-token-of-vasya", "192.0.2.2").login == "vasya"
    clock.go_on(1)
    with pytest.raises(SignInNeeded):
        sign_in.principal_of("guess-number-11", "192.0.2.1")
    with pytest.raises(TooManyRequests) as waiting:
        sign_in.principal_of("guess-number-12", "192.0.2.1")
    assert waiting.value.retry_after_s == 2


def test_who_guesses_locks_nobody_else_out(sign_in, verifying, clock):
    """Behind the same address a token that was valid today goes on, and so does any JWT."""
    sign_in.principal_of("a-token-of-vasya", "192.0.2.1")
    clock.go_on(3600)
    for number in range(12):
        with pytest.raises((SignInNeeded, TooManyRequests)):
            sign_in.principal_of(f"guess-number-{number}", "192.0.2.1")
    assert sign_in.principal_of("a-token-of-vasya", "192.0.2.1").login == "vasya"
    with pytest.raises(TooManyRequests):
        sign_in.principal_of("a-token-of-a-stranger", "192.0.2.1")
    verifying.known["a.new.jwt"] = verifying.known["a-token-with-claims"]
    assert sign_in.principal_of("a.new.jwt", "192.0.2.1") == ADMIN
    with pytest.raises(TooManyRequests):
        sign_in.principal_of("a.wrong.jwt", "192.0.2.1")


def test_an_old_token_in_a_script_locks_nobody_out(sign_in, verifying):
    """The same wrong token again is no guess, and is not looked at."""
    for _ in range(50):
        with pytest.raises(SignInNeeded):
            sign_in.principal_of("the-same-old-token", "192.0.2.1")
    assert verifying.asked == 1
    assert sign_in.principal_of("a-token-of-vasya", "192.0.2.1").login == "vasya"


def test_guesses_at_one_token_are_counted_wherever_they_come_from(sign_in):
    """The beginning of a token of ours is no secret, so it is a name, too."""
    for number in range(10):
        with pytest.raises(SignInNeeded):
            sign_in.principal_of(f"gl_abcdefgh{number}", f"192.0.2.{number}")
    with pytest.raises(TooManyRequests):
        sign_in.principal_of("gl_abcdefgh-another", "192.0.2.77")


def test_an_operator_reads_of_guesses_once(sign_in, caplog):
    """The log has the address, and nothing of what was guessed."""
    for number in range(30):
        with pytest.raises((SignInNeeded, TooManyRequests)):
            sign_in.principal_of(f"guess-number-{number}", "192.0.2.1")
    assert len(caplog.messages) == 1
    assert "192.0.2.1" in caplog.text
    assert "guess-number" not in caplog.text


def test_a_link_signs_in_once_and_guesses_at_links_wait(sign_in):
    """After that it is like a link that never was."""
    assert sign_in.redeem("link", "192.0.2.1") == "a token"
    for _ in range(10):
        with pytest.raises(SignInNeeded, match="used already"):
            sign_in.redeem("link", "192.0.2.1")
    with pytest.raises(TooManyRequests):
        sign_in.redeem("link", "192.0.2.1")


def test_one_network_of_ipv6_is_one_client():
    """Whoever has one address of it has all."""
    assert name_of_client("2001:db8::1") == name_of_client("2001:db8::ffff:2")
    assert name_of_client("2001:db8::1") != name_of_client("2001:db8:0:1::1")
    assert name_of_client("::ffff:192.0.2.1") != name_of_client("::ffff:192.0.2.2")
    assert (name_of_client(""), name_of_client("testclient")) == ((), ("client testclient",))


def test_waits_end_and_are_forgotten(clock):
    """Five minutes at most, and after a quarter of an hour one begins again."""
    guesses = Guesses(clock)
    for _ in range(40):
        guesses.note("a")
    with pytest.raises(TooManyRequests) as waiting:
        guesses.check("a")
    assert waiting.value.retry_after_s == 300
    clock.go_on(901)
    guesses.note("a")
    assert guesses.check("a") is None


def test_caches_and_counts_stay_bounded(clock):
    """The oldest entry makes room."""
    cache = ExpiringCache(clock, most=3)
    for number in range(10):
        cache.put(number, str(number), until=clock() + 1)
    assert (len(cache), cache.get(6), cache.get(9)) == (3, None, "9")
    clock.go_on(1)
    assert cache.get(9) is None
