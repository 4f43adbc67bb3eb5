"""Each fault does on the wire what its name says, and nothing else."""

import gzip
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType

import pytest

from gradeline.base.errors import WrongUse
from gradeline.sandbox import NO_FAULTS, TRANSPORT, Pace, Request, Response, mix, named
from gradeline.sandbox.faults.draw import read_faults
from gradeline.sandbox.server.running import running

BODY = b'{"data": "' + b"0123456789" * 400 + b'"}'
GZIP = "Accept-Encoding: gzip"
SPEED = 200.0


class Plain:
    """A system with one answer."""

    name = "plain"
    faults = TRANSPORT
    settings: Mapping[str, str] = MappingProxyType({})

    def respond(self, request: Request) -> Response:
        """Always the same; in pieces where that is asked for."""
        return Response(
            body=iter([BODY[:100], BODY[100:]]) if "pieces" in dict(request.query) else BODY
        )


class CountedPace(Pace):
    """A pace that adds up the seconds of life that somebody waits."""

    waited_s = 0.0

    def scaled(self, seconds: float) -> float:
        """Count them, and shorten them as usual."""
        CountedPace.waited_s += seconds
        return super().scaled(seconds)


@pytest.fixture(scope="module")
def plain():
    """That system, two hundred times faster than life."""
    with running([Plain()], pace=CountedPace(speed=SPEED)) as there:
        yield there


@pytest.fixture
def spoilt(plain, raw):
    """Asks once with a fault, struck in the middle; gives the answer and the seconds waited."""

    def ask(name: str, *headers: str, place: float = 0.5, what: str = ""):
        plain.switch(named(name, place=place, always=True))
        CountedPace.waited_s = 0.0
        return raw(plain.port)(f"GET /plain/x{what}", *headers), CountedPace.waited_s

    yield ask
    plain.switch(NO_FAULTS)


STATUSES = {
    "too-many": 429,
    "too-many-seconds": 429,
    "too-many-date": 429,
    "too-many-absurd": 429,
    "too-many-negative": 429,
    "error-500": 500,
    "error-502": 502,
    "error-503": 503,
    "error-504": 504,
    "login-page": 200,
}


@pytest.mark.parametrize(("name", "status"), STATUSES.items())
def test_a_status_takes_the_answers_place(name, status, spoilt):
    """The answer is whole and is another one."""
    answer, _ = spoilt(name)
    assert answer.status == status
    assert len(answer.body) == answer.length
    assert answer.body != BODY


WAITS: dict[str, Callable[[str | None], bool]] = {
    "too-many": lambda said: said is None,
    "too-many-seconds": lambda said: said == "1",
    "too-many-absurd": lambda said: said == "1000000000",
    "too-many-negative": lambda said: said == "-1",
    "too-many-date": lambda said: (
        0 <= (parsedate_to_datetime(said) - datetime.now(tz=UTC)).total_seconds() + 1 <= 2
    ),
}


@pytest.mark.parametrize(("name", "holds"), WAITS.items())
def test_retry_after_is_said_in_every_way(name, holds, spoilt):
    """Seconds, a date, thirty years, less than nothing, or no word at all."""
    head = spoilt(name)[0].head
    said = re.search(r"(?im)^retry-after: (.*?)\r?$", head)
    assert holds(said and said[1])


@pytest.mark.parametrize("name", ["error-500", "login-page"])
def test_a_page_comes_as_html(name, spoilt):
    """Proxies and sign-in walls speak HTML, whatever was asked."""
    answer, _ = spoilt(name)
    assert "text/html" in answer.head
    assert answer.body.startswith(b"<!DOCTYPE html>")


def test_an_empty_answer_has_no_byte(spoilt):
    """Status 200, the right type, length 0."""
    answer, _ = spoilt("empty")
    assert (answer.status, answer.length, answer.body) == (200, 0, b"")


@pytest.mark.parametrize("name", ["gzip-cut", "gzip-wrong-sum", "gzip-garbage"])
def test_gzip_is_harmed_under_a_right_length(name, spoilt):
    """HTTP sees nothing; who reads gzip to its end does."""
    answer, _ = spoilt(name, GZIP)
    assert len(answer.body) == answer.length
    with pytest.raises((EOFError, OSError)):
        gzip.decompress(answer.body)


@pytest.mark.parametrize("name", ["gzip-cut", "gzip-wrong-sum", "gzip-garbage"])
def test_gzip_is_not_forced_on_anyone(name, spoilt):
    """A client that takes no gzip gets the plain answer."""
    assert spoilt(name)[0].body == BODY


@pytest.mark.parametrize(("name", "waited_s"), [("delay", 5.0), ("drip", 30.0)])
def test_a_late_answer_is_whole(name, waited_s, spoilt):
    """Late or in drops, every byte comes."""
    answer, waited = spoilt(name)
    assert answer.body == BODY
    assert waited == waited_s


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("cut", 0.0),
        ("cut", 0.1),
        ("cut", 0.9),
        ("cut", 1.0),
        ("half-open", 0.0),
        ("half-open", 1.0),
    ],
)
def test_a_part_is_a_beginning(name, place, spoilt):
    """What comes is the beginning of the answer, never all of it."""
    got = spoilt(name, place=place)[0].line
    whole = spoilt("delay")[0].line
    assert whole[: len(got)] == got
    assert len(got) == min(len(whole) - 1, int(len(whole) * place))


def test_a_cut_line_ends_in_good_order(spoilt):
    """The client sees the end of the stream."""
    assert not spoilt("cut")[0].torn


def test_a_reset_tears_the_line(spoilt):
    """The client sees an error, not an end."""
    assert spoilt("reset")[0].torn


def test_a_black_hole_lasts_a_minute_of_life(spoilt):
    """Nothing comes; who waits is not kept for ever, and sees an error."""
    answer, waited = spoilt("black-hole")
    assert (answer.line, answer.torn, waited) == (b"", True, 60.0)


@pytest.mark.parametrize("what", ["", "?pieces"])
def test_a_length_promises_too_much(what, spoilt):
    """All bytes come, fewer than promised, and the line ends."""
    answer, _ = spoilt("longer-length", what=what)
    assert answer.body == BODY
    assert len(BODY) < answer.length <= len(BODY) + 4096


@pytest.mark.parametrize("what", ["", "?pieces"])
def test_a_length_promises_too_little(what, spoilt):
    """More bytes come than promised."""
    answer, _ = spoilt("shorter-length", what=what)
    assert answer.body == BODY
    assert len(BODY) - 64 <= answer.length < len(BODY)


def test_an_answer_comes_twice(spoilt):
    """The same bytes once more, unasked, then the line ends."""
    got = spoilt("twice")[0].line
    assert got[: len(got) // 2] * 2 == got
    assert gzip.decompress(spoilt("twice", GZIP)[0].body.partition(b"HTTP/1.1")[0]) == BODY


def test_every_fault_is_tried_here():
    """No fault is offered that this page does not know."""
    lines = {"delay", "drip", "cut", "reset", "black-hole", "half-open", "twice"}
    lying = {"longer-length", "shorter-length"}
    harmed = {"empty", "gzip-cut", "gzip-wrong-sum", "gzip-garbage"}
    assert set(TRANSPORT) == set(STATUSES) | lines | lying | harmed


def drawn(faults, asked: str, times: int = 30) -> list[str | None]:
    """The names of the faults that what is asked meets, in order."""
    found = (faults.draw("plain", TRANSPORT, asked, n) for n in range(times))
    return [fault and fault.name for fault in found]


def test_a_seed_decides_everything():
    """The same seed draws the same faults at the same places; another one draws others."""
    asked = [f"{n}" for n in range(50)]
    first = [mix(7).draw("plain", TRANSPORT, each, 0) for each in asked]
    again = [mix(7).draw("plain", TRANSPORT, each, 0) for each in asked]
    assert [f and (f.name, f.place) for f in first] == [f and (f.name, f.place) for f in again]
    assert [drawn(mix(7), each) for each in asked] != [drawn(mix(8), each) for each in asked]


def test_a_mix_draws_every_kind():
    """Over enough questions each fault comes, and many answers come unspoilt."""
    names = [name for n in range(400) for name in drawn(mix(1), f"{n}", 5)]
    assert set(names) == {*TRANSPORT, None}
    assert names.count(None) > len(names) / 2


@pytest.mark.parametrize("faults", [mix(3), named("cut", "reset", seed=3)])
def test_three_tries_are_always_enough(faults):
    """Never are more than two answers in a row spoilt for what is asked."""
    spoilt = ["".join("x" if name else "." for name in drawn(faults, f"{n}")) for n in range(300)]
    assert not [line for line in spoilt if "xxx" in line]


def test_a_mix_leaves_out_what_a_system_calls_a_meaning():
    """A fault that a twin keeps out of the mix comes only by its name."""
    can = {"cut": True, "shuffled": False}
    found = {fault.name for n in range(99) if (fault := mix(1).draw("plain", can, str(n), 0))}
    assert found == {"cut"}
    assert named("shuffled").draw("plain", can, "a", 0)


def test_a_fault_that_does_not_exist_is_wrong_use():
    """A wrong name ends in a message with the right ones."""
    with pytest.raises(WrongUse, match=r"'cutt'.*cut, delay"):
        read_faults("cut, cutt", 1, TRANSPORT)
